"""The concept of each row of a table of years: that of the statement's row whose figures it repeats."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from converter.asides.periods import is_of_other_figures, same_words
from converter.asides.selected.proof import RowTie, TableProof
from converter.mapping import Mapping as RowMapping
from converter.statements import LineItem, StatementKind
from converter.taxonomy import load_taxonomy

_MIN_CONFIDENCE = 0.8
"""The least confidence of the mapper in a row that is in no statement."""


class SelectedRow(NamedTuple):
    """A row as one of a kind of statement, with its mapping."""

    kind: StatementKind
    item: LineItem
    mapping: RowMapping


def map_years(
    proof: TableProof, own_mappings: Mapping[StatementKind, Sequence[RowMapping]], *, plausible: bool
) -> Iterator[SelectedRow]:
    """Yield the rows of a table that are rows of a statement by their figures and by their captions.

    `own_mappings` are the mapper's for the rows as those of each statement. With `plausible`, also yield rows that no
    statement has, if the mapper is sure of them.
    """
    for i in range(len(proof.layout.rows)):
        kinds = list(proof.items)
        if any(is_of_other_figures(proof.items[kind][i]) for kind in kinds):
            continue
        tied = [(tie, kind) for kind in kinds if (tie := _tie(proof, kind, i, own_mappings[kind][i])) is not None]
        if tied:
            (match, _), kind = max(tied, key=lambda pair: pair[0].bits)
            mapping = match.row.mapping
            evidence = ("the figures of the statement's row", *mapping.evidence)
            mapping = replace(mapping, sign=mapping.sign * match.sign, evidence=evidence)
            yield SelectedRow(match.row.kind, proof.items[kind][i], mapping)
        elif plausible and not any(proof.ties[kind][i] for kind in kinds):
            sure = [(own_mappings[kind][i], kind) for kind in kinds if _is_sure(own_mappings[kind][i], kind)]
            if sure:
                mapping, kind = max(sure, key=lambda pair: pair[0].confidence)
                yield SelectedRow(kind, proof.items[kind][i], mapping)


def _tie(proof: TableProof, kind: StatementKind, row: int, own: RowMapping) -> RowTie | None:
    """The tie of a row to one of a statement with its caption, or with the concept that the mapper gives it."""
    label = proof.items[kind][row].label
    ties = [tie for tie in proof.ties[kind][row] if tie.match.row.mapping.concept is not None]
    named = [tie for tie in ties if same_words(tie.match.row.item.label, label)]
    meant = [tie for tie in ties if tie.match.row.mapping.concept == own.concept]
    concepts = {tie.match.row.mapping.concept for tie in named}
    if len(concepts) > 1:
        named = [tie for tie in named if tie in meant]
    return next(iter(named or meant), None)


def _is_sure(mapping: RowMapping, kind: StatementKind) -> bool:
    if mapping.concept is None or mapping.confidence < _MIN_CONFIDENCE:
        return False
    return kind.value in load_taxonomy().concepts[mapping.concept].statements
