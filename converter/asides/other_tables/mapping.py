"""The concepts of the rows of a table beside the statements: those of the statements' rows with the same captions."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from converter.mapping import MappedStatement, Mapping
from converter.statements import StatementKind, find_qualifier
from converter.vocabulary import wording

_SURE = 0.8
"""How confident the mapper must be of a row that no statement has."""
_OTHERWISE = re.compile(r"\badjusted\b|\bexcluding\b|\bbefore\s+special\b|\bnumerator\b|\bdenominator\b", re.I)


def map_like(tables: Sequence[MappedStatement], statements: Sequence[MappedStatement]) -> tuple[MappedStatement, ...]:
    """Tables, mapped each by itself, with the mappings of the statements' rows of the same caption, else a sure one.

    Captions are compared within a kind of statement; one that two rows share with other concepts tells nothing. A row
    without a concept here is left out of the report, as is one of adjusted or pro forma figures.
    """
    known = dict(_known(statements))
    return tuple(
        replace(
            table,
            mappings=tuple(
                _mapping(known, table.statement.kind, item.label, mapping)
                for item, mapping in zip(table.statement.items, table.mappings, strict=True)
            ),
        )
        for table in tables
    )


def _known(statements: Sequence[MappedStatement]) -> Iterator[tuple[tuple[StatementKind, str], Mapping | None]]:
    """StatementKind and caption -> mapping, None from where on two rows of one caption have different ones."""
    seen: dict[tuple[StatementKind, str], set[str | None]] = {}
    for mapped in statements:
        for item, mapping in zip(mapped.statement.items, mapped.mappings, strict=True):
            key = (mapped.statement.kind, wording(item.label).bare)
            seen.setdefault(key, set()).add(mapping.concept)
            yield key, mapping if len(seen[key]) == 1 else None


def _mapping(
    known: dict[tuple[StatementKind, str], Mapping | None], kind: StatementKind, label: str, own: Mapping
) -> Mapping:
    key = (kind, wording(label).bare)
    like = known.get(key)
    if like is not None:
        return replace(like, evidence=("caption of a statement's row", *like.evidence))
    sure = key not in known and own.confidence >= _SURE and not _OTHERWISE.search(label) and not find_qualifier(label)
    return own if sure else replace(own, concept=None)
