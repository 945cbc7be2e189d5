"""The concept of each row of proven quarters: that of the statement's row whose year they add up to.

A row that adds up to no row of a statement, as gross profit where the statement has none, and earnings per share, which
need not add up, have the mapper's concept, if it is sure of it and the year of the statements does not contradict it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from converter.asides.periods import AnnualRow, AnnualRows, is_of_other_figures, rounding, same_words, share_words
from converter.asides.quarters.proof import Proof, Tie, quarters_of_item, sum_of_quarters
from converter.mapping import Mapping as RowMapping
from converter.statements import Figure, LineItem, StatementKind, UnitKind
from converter.vocabulary import Duration, expression

_MIN_CONFIDENCE = 0.8
"""The least confidence of the mapper in a row that ties to none of the statements."""
_RESULT = expression(r"Earnings|Income|Loss")
_TOLERANCE = 4
"""The sum of four quarters per share may differ by a fourth, as the number of shares changes."""


class QuarterMapping(NamedTuple):
    """The mapping of a row, and the proven years whose quarters are those of its concept."""

    mapping: RowMapping
    years: frozenset[Duration]


def map_quarters(proof: Proof, own_mappings: Sequence[RowMapping], annual: AnnualRows) -> tuple[QuarterMapping, ...]:
    """Map the rows of a table of quarters; `own_mappings` are the mapper's for the table by itself.

    Of several rows with one concept, only those that add up to the statement's row keep it.
    """
    by_concept: dict[str, list[AnnualRow]] = {}
    for row in annual.rows:
        if row.kind is StatementKind.INCOME and row.mapping.concept is not None:
            by_concept.setdefault(row.mapping.concept, []).append(row)
    tied = [
        _by_sums(item, ties, own, proof.years)
        for item, ties, own in zip(proof.items, proof.ties, own_mappings, strict=True)
    ]
    sure = {mapping.concept for mapping in tied if mapping is not None}
    others = Counter(own.concept for own, mapping in zip(own_mappings, tied, strict=True) if mapping is None)
    result = []
    for item, own, mapping in zip(proof.items, own_mappings, tied, strict=True):
        chosen = mapping or own
        rows = by_concept.get(chosen.concept or "", ())
        years = frozenset(year for year in proof.years if _is_of_year(proof, item, year, rows, chosen.sign))
        if mapping is None and not (
            own.concept not in sure
            and others[own.concept] == 1
            and len(years) == len(proof.years)
            and _is_certain(item, own, rows, by_concept)
        ):
            chosen = replace(own, concept=None)
        result.append(QuarterMapping(chosen, years))
    return tuple(result)


def _by_sums(
    item: LineItem, ties: Mapping[Duration, tuple[Tie, ...]], own: RowMapping, years: Sequence[Duration]
) -> RowMapping | None:
    """The mapping of the statement's row that the quarters add up to in each proven year, if the captions agree."""
    if is_of_other_figures(item):
        return None
    with_ties = [ties[year] for year in years if ties[year]]
    if not with_ties:
        return None
    signs = [{id(match.row): match.sign for match, _ in of_year} for of_year in with_ties]
    candidates = [
        match
        for match, _ in with_ties[0]
        if all(found.get(id(match.row)) == match.sign for found in signs) and match.row.mapping.concept is not None
    ]
    same_caption = [c for c in candidates if same_words(c.row.item.label, item.label)]
    same_concept = [c for c in candidates if c.row.mapping.concept == own.concept]
    alike = [c for c in candidates if share_words(item.label, c.row) and own.confidence < _MIN_CONFIDENCE]
    chosen = next(iter(same_caption or same_concept or alike), None)
    if chosen is None:
        return None
    mapping = chosen.row.mapping
    evidence = ("four quarters add up to the year of the statement's row", *mapping.evidence)
    return replace(mapping, sign=mapping.sign * chosen.sign, evidence=evidence)


def _is_certain(
    item: LineItem, own: RowMapping, rows: Sequence[AnnualRow], by_concept: Mapping[str, Sequence[AnnualRow]]
) -> bool:
    """Whether the mapper is sure of a row that adds up to none of the statements."""
    if own.concept is None or own.confidence < _MIN_CONFIDENCE or is_of_other_figures(item):
        return False
    if item.unit is UnitKind.SHARES:
        return bool(rows)
    return bool(rows) or not (_RESULT.search(own.concept) and _has_per_share(by_concept, item))


def _is_of_year(proof: Proof, item: LineItem, year: Duration, rows: Sequence[AnnualRow], sign: int) -> bool:
    """Whether the quarters of a row can be those of the statements' rows with its concept, if there are any.

    Without any, there must be all four.
    """
    figures = quarters_of_item(proof.layout, item, year)
    known = [row for row in rows if year in row.figures]
    if not known:
        return not figures or figures.keys() >= {1, 2, 3, 4}
    return not figures or any(_agrees(figures, row.figures[year], row, sign) for row in known)


def _agrees(figures: Mapping[int, Figure], annual: Figure, row: AnnualRow, sign: int) -> bool:
    """Whether the quarters can be those of the year: money adds up, per share nearly; shares are about as many."""
    value = annual.value * row.mapping.sign * sign
    total, tolerance = sum_of_quarters(figures)
    if row.item.unit is UnitKind.MONETARY:
        return abs(total - value) <= tolerance + rounding(annual)
    quarters = [figure.value for quarter, figure in figures.items() if quarter]
    if row.item.unit is UnitKind.SHARES:
        return all(value <= 2 * quarter and quarter <= 2 * value for quarter in quarters)
    return abs(total - value) <= tolerance + rounding(annual) + sum(map(abs, quarters), Decimal(0)) / _TOLERANCE


def _has_per_share(by_concept: Mapping[str, Sequence[AnnualRow]], item: LineItem) -> bool:
    """Whether a row is per share, and the statements have others, which say what is called so."""
    is_per_share = item.unit is UnitKind.PER_SHARE
    return is_per_share and any(row.item.unit is item.unit for rows in by_concept.values() for row in rows)
