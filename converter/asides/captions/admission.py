"""Admit what captions state of shares: rows of the statements prevail, and captions that contradict each other go."""

from collections.abc import Iterator, Sequence

from converter.filing import Filing
from converter.report import (
    Fact,
    FactKey,
    IndexedFact,
    Ledger,
    MappedRow,
    consistent,
    format_value,
    key_of,
    line_number,
    mapped_facts,
)
from converter.vocabulary import Code, Finding, Severity


def admit_share_data(filing: Filing, rows: Sequence[MappedRow], ledger: Ledger) -> Iterator[Finding]:
    """Enter what neither a row of a statement nor another caption contradicts; yield a finding for each other one."""
    stated: dict[FactKey, list[IndexedFact]] = {}
    for row in rows:
        for indexed in mapped_facts(row):
            stated.setdefault(key_of(indexed.fact), []).append(indexed)
    for facts in stated.values():
        first = facts[0].fact
        existing = ledger.existing(first)
        other = existing if existing is not None and not consistent(existing, first) else None
        other = other or next((fact for _, fact in facts if not consistent(first, fact)), None)
        if other is not None:
            yield _contradiction(filing, first, other)
            continue
        for index, fact in facts:
            ledger.enter(index, fact)


def _contradiction(filing: Filing, fact: Fact, other: Fact) -> Finding:
    message = (
        f"{fact.concept} {fact.context.name}: a caption says {format_value(fact.value)}, line "
        f"{line_number(filing, other.source)} says {format_value(other.value)}; what the caption says is left out"
    )
    source = fact.source
    start, end = (None, None) if source is None else (source.start, source.end)
    return Finding(Severity.WARNING, Code.CAPTION_DISAGREES, message, line_number(filing, source), start, end)
