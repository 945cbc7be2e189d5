"""Admit figures stated in sentences: the printed statements always prevail."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from converter.asides.prose.reading import related_concepts
from converter.filing import Filing
from converter.report import Context, Fact, Ledger, MappedRow, Unit, consistent, format_value, line_number, mapped_facts
from converter.taxonomy import CAPTION_AXIS
from converter.vocabulary import Code, Finding, Severity


def admit_prose(filing: Filing, rows: Sequence[MappedRow], ledger: Ledger) -> Iterator[Finding]:
    """Enter stated figures that the statements do not have; yield a finding for each that contradicts them.

    A figure is not entered if the statements have a figure of its period and unit that rounds to it, under any
    concept. If they have another figure of its concept or of a related one, that is a contradiction.
    """
    printed = _by_plain_context(ledger.facts().values()) if rows else {}
    for row in rows:
        for index, stated in mapped_facts(row):
            candidates = printed.get((stated.context, stated.unit), ())
            if any(_agree(fact, stated) for fact in candidates):
                continue
            contradicting = _contradicting_fact(stated, candidates)
            if contradicting is not None:
                yield _disagreement(filing, stated, contradicting)
            else:
                ledger.enter(index, stated)


def _by_plain_context(facts: Iterable[Fact]) -> Mapping[tuple[Context, Unit | None], Sequence[Fact]]:
    """Group facts by unit and by context without caption, in order."""
    groups: dict[tuple[Context, Unit | None], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((_without_caption(fact.context), fact.unit), []).append(fact)
    return groups


def _contradicting_fact(stated: Fact, candidates: Sequence[Fact]) -> Fact | None:
    """Return the candidate with the concept closest to that of the stated figure, None if none is related."""
    concepts = related_concepts(stated.concept)
    related = [fact for fact in candidates if fact.concept in concepts]
    return min(related, key=lambda fact: concepts.index(fact.concept), default=None)


def _without_caption(context: Context) -> Context:
    dimensions = tuple(dimension for dimension in context.dimensions if dimension.axis != CAPTION_AXIS)
    return context if dimensions == context.dimensions else Context(context.period, dimensions)


def _agree(fact: Fact, stated: Fact) -> bool:
    """Whether the figures are consistent; the sign does not count if the fact has a dimension."""
    if not isinstance(fact.value, Decimal) or not isinstance(stated.value, Decimal):
        return False
    return consistent(fact, stated) or (
        bool(fact.context.dimensions) and consistent(_absolute(fact), _absolute(stated))
    )


def _absolute(fact: Fact) -> Fact:
    return replace(fact, value=abs(fact.value)) if isinstance(fact.value, Decimal) else fact


def _disagreement(filing: Filing, stated: Fact, printed: Fact) -> Finding:
    message = (
        f"the text states {format_value(stated.value)} for {stated.label!r} ({stated.context.name}), "
        f"{printed.label!r} (line {line_number(filing, printed.source)}) says {format_value(printed.value)}; "
        "the statement stands"
    )
    source = stated.source
    start, end = (None, None) if source is None else (source.start, source.end)
    return Finding(Severity.WARNING, Code.PROSE_DISAGREES, message, line_number(filing, source), start, end)
