"""Map the rows of other tables like the rows of the statements with the same captions."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from converter.mapping import MappedStatement, Mapping
from converter.statements import StatementKind, find_qualifier
from converter.vocabulary import expression, wording

_MIN_CONFIDENCE = 0.8
"""The least confidence of the mapper in a row that no statement has."""
_ADJUSTED = expression(r"\badjusted\b|\bexcluding\b|\bbefore\s+special\b|\bnumerator\b|\bdenominator\b", re.I)

_MappingsByCaption = dict[tuple[StatementKind, str], Mapping | None]


def map_by_captions(
    tables: Sequence[MappedStatement], statements: Sequence[MappedStatement]
) -> tuple[MappedStatement, ...]:
    """Replace the mappings of tables by those of the statements' rows with the same caption.

    Captions are compared within a kind of statement; a caption of rows with different concepts is not used. A row
    whose caption is in no statement keeps its own mapping if that is certain. A row without a concept is left out of
    the report, as is one of adjusted or pro forma figures.
    """
    mappings_by_caption = _mappings_by_caption(statements)
    return tuple(
        replace(
            table,
            mappings=tuple(
                _mapping(mappings_by_caption, table.statement.kind, item.label, mapping)
                for item, mapping in zip(table.statement.items, table.mappings, strict=True)
            ),
        )
        for table in tables
    )


def _mappings_by_caption(statements: Sequence[MappedStatement]) -> _MappingsByCaption:
    """Map kind and caption to the mapping of the statements' rows, to None if they have different concepts."""
    mappings: dict[tuple[StatementKind, str], Mapping | None] = {}
    concepts: dict[tuple[StatementKind, str], set[str | None]] = {}
    for mapped in statements:
        for item, mapping in zip(mapped.statement.items, mapped.mappings, strict=True):
            key = (mapped.statement.kind, wording(item.label).bare)
            concepts.setdefault(key, set()).add(mapping.concept)
            mappings[key] = mapping if len(concepts[key]) == 1 else None
    return mappings


def _mapping(
    mappings_by_caption: _MappingsByCaption,
    kind: StatementKind,
    label: str,
    own_mapping: Mapping,
) -> Mapping:
    key = (kind, wording(label).bare)
    statement_mapping = mappings_by_caption.get(key)
    if statement_mapping is not None:
        return replace(statement_mapping, evidence=("caption of a statement's row", *statement_mapping.evidence))
    is_certain = (
        key not in mappings_by_caption
        and own_mapping.confidence >= _MIN_CONFIDENCE
        and not _ADJUSTED.search(label)
        and not find_qualifier(label)
    )
    return own_mapping if is_certain else replace(own_mapping, concept=None)
