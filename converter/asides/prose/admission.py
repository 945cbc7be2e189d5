"""Figures that sentences state against the printed statements, which always win."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from converter.asides.prose.reading import related
from converter.filing import Filing
from converter.report import Context, Fact, Ledger, MappedRow, Unit, consistent, line_number, mapped_fact, shown
from converter.taxonomy import CAPTION_AXIS
from converter.vocabulary import Code, Finding, Severity


def admit_prose(filing: Filing, rows: Sequence[MappedRow], ledger: Ledger) -> Iterator[Finding]:
    """Enter what is news beside the statements; a sentence that contradicts them is a finding."""
    printed = _by_plain_context(ledger.facts().values()) if rows else {}
    for row in rows:
        for place, figure in row.figures:
            fact = mapped_fact(row, place, figure)
            if fact is None:
                continue
            news, finding = _compared(filing, fact, printed)
            if finding is not None:
                yield finding
            if news:
                ledger.enter(place, fact)


def _by_plain_context(facts: Iterable[Fact]) -> Mapping[tuple[Context, Unit | None], Sequence[Fact]]:
    """Facts by their unit and their context without a caption, in order."""
    found: dict[tuple[Context, Unit | None], list[Fact]] = {}
    for fact in facts:
        found.setdefault((_plain(fact.context), fact.unit), []).append(fact)
    return found


def _compared(
    filing: Filing, stated: Fact, facts: Mapping[tuple[Context, Unit | None], Sequence[Fact]]
) -> tuple[bool, Finding | None]:
    """Whether a stated figure is news beside these `facts` of the statements, and what is to be said of it.

    It is none where the statements have a figure of its period and unit that rounds to it, under whatever concept, or
    where they have another figure of its concept or of one that is reported in its stead: that is a contradiction.
    """
    there = facts.get((stated.context, stated.unit), ())
    if any(_agree(fact, stated) for fact in there):
        return False, None
    names = related(stated.concept)
    others = [fact for fact in there if fact.concept in names]
    if not others:
        return True, None
    other = min(others, key=lambda fact: names.index(fact.concept))
    return False, _disagreement(filing, stated, other)


def _plain(context: Context) -> Context:
    """The context without a caption."""
    rest = tuple(dimension for dimension in context.dimensions if dimension.axis != CAPTION_AXIS)
    return context if rest == context.dimensions else Context(context.period, rest)


def _agree(fact: Fact, stated: Fact) -> bool:
    if not isinstance(fact.value, Decimal) or not isinstance(stated.value, Decimal):
        return False
    return consistent(fact, stated) or (
        bool(fact.context.dimensions) and consistent(_absolute(fact), _absolute(stated))
    )


def _absolute(fact: Fact) -> Fact:
    return replace(fact, value=abs(fact.value)) if isinstance(fact.value, Decimal) else fact


def _disagreement(filing: Filing, stated: Fact, other: Fact) -> Finding:
    message = (
        f"the text states {shown(stated.value)} for {stated.label!r} ({stated.context.name}), "
        f"{other.label!r} (line {line_number(filing, other.source)}) says {shown(other.value)}; the statement stands"
    )
    source = stated.source
    start, end = (None, None) if source is None else (source.start, source.end)
    return Finding(Severity.WARNING, Code.PROSE_DISAGREES, message, line_number(filing, source), start, end)
