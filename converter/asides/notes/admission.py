"""Admit what sentences of the notes state: a fact of a statement always prevails."""

from collections.abc import Iterator, Sequence

from converter.filing import Filing
from converter.report import Context, Fact, Ledger, MappedRow, Unit, consistent, format_value, line_number, mapped_facts
from converter.vocabulary import Code, Finding, Severity

_FAMILIES = (
    "AdvertisingExpense",
    "InterestPaid",
    "IncomeTaxesPaid",
    "ResearchAndDevelopment",
    "InterestCostsCapitalized",
    "Depreciation",
    "AllowanceForDoubtful",
)
"""Concepts that begin alike differ in what they leave out: an amount, rounded or not, is one fact."""


def admit_notes(filing: Filing, rows: Sequence[MappedRow], ledger: Ledger) -> Iterator[Finding]:
    """Enter the amounts that no fact contradicts and that stand under no related concept; others are findings."""
    related: dict[tuple[str, Context, Unit | None], list[Fact]] = {}
    for fact in ledger.facts().values() if rows else ():
        if family := _family(fact.concept):
            related.setdefault((family, fact.context, fact.unit), []).append(fact)
    for row in rows:
        for index, stated in mapped_facts(row):
            existing = ledger.existing(stated)
            if existing is not None and not consistent(existing, stated):
                message = (
                    f"a sentence states {format_value(stated.value)} for {stated.label!r} ({stated.context.name}), "
                    f"line {line_number(filing, existing.source)} says {format_value(existing.value)}, which stands"
                )
                source = stated.source
                start, end = (None, None) if source is None else (source.start, source.end)
                yield Finding(Severity.WARNING, Code.PROSE_DISAGREES, message, line_number(filing, source), start, end)
            elif existing is not None or not any(
                consistent(fact, stated)
                for fact in related.get((_family(stated.concept), stated.context, stated.unit), ())
            ):
                ledger.enter(index, stated)


def _family(concept: str) -> str:
    return next((family for family in _FAMILIES if concept.startswith(family)), "")
