"""Property, plant and equipment: what depreciation is taken off, and what is left.

A balance sheet with one such difference has the gross amount, the depreciation and the net amount in it, whatever the
captions say. Of several groups (owned and leased, in the air and on the ground) only the total of all is the net one.
"""

from collections.abc import Sequence
from typing import NamedTuple

from converter.mapping.signs import printed_sign
from converter.mapping.structure.adding import adds_up
from converter.mapping.structure.model import Verdict
from converter.statements import LineItem, Statement, UnitKind
from converter.vocabulary import expression, wording

_GROSS, _NET = "PropertyPlantAndEquipmentGross", "PropertyPlantAndEquipmentNet"
_DEPRECIATION = "AccumulatedDepreciationDepletionAndAmortizationPropertyPlantAndEquipment"
_LOSS = r"(?:depreciation|amortization|depletion|depr\.?|amort\.?)"
_TAKEN_OFF = expression(
    rf"^\W*(?:less\b\W*)?(?:accumulated|allowances? for|reserves? for) {_LOSS}(?:(?:,|,? and) {_LOSS}){{0,2}}\W*$"
)
_PROPERTY = expression(r"\bpropert(?:y|ies)\b|\bplants?\b|\bequipment\b|\bfixed assets\b|\bbuildings?\b")
_OF_ITS_OWN = expression(
    r"\butilit|\belectric|\bgas\b|\boil\b|real estate|intangible|software|goodwill|mineral|timber|leased to|"
    r"operating leases|rental (?:propert|equipment|vehicle)|revenue equipment|investment propert|\bvessels?\b"
)
_LEASED = expression(r"\bcapital(?:ized)? leases?\b|\bunder leases?\b|^\W*leased\b")
_INTANGIBLE = expression(r"\bintangible|\bfranchise|\bgoodwill|\blicen[sc]e|\bsubscriber|\bexcess of\b|\bdeferred\b")
_TOTAL = expression(r"^\W*(?:total|net)\b|\bnet\W*$")
_OF_A_PART = Verdict(None, "of a part of the property")
_MOST = 4
"""So many rows below what is left after depreciation are looked at for a total with other property."""
_MOST_PARTS = 10
"""So many rows above depreciation are looked at for the parts that it is taken off."""


class _Difference(NamedTuple):
    """The row of a gross amount, or the first of several; of what is taken off; and of what is left."""

    gross: int
    taken_off: int
    net: int


def read_property(statement: Statement) -> dict[int, Verdict]:
    """Return the verdicts on the property, plant and equipment of a balance sheet by row."""
    items = statement.items
    found = [difference for row in range(1, len(items)) if (difference := _difference(items, row)) is not None]
    if not found or any(_OF_ITS_OWN.search(text) for rows in found for i in rows for text in _texts(items[i])):
        return {}
    leased = [rows for rows in found if any(_LEASED.search(text) for i in rows for text in _texts(items[i]))]
    owned = [rows for rows in found if rows not in leased]
    total = _total(items, found)
    verdicts = _of_leases(leased)
    if total is not None:
        verdicts[total] = Verdict(_NET, "all property after depreciation")
        if len(found) > 1:
            verdicts |= {row: _OF_A_PART for rows in owned for row in (rows.taken_off, rows.net)}
            return verdicts
    if len(owned) == 1 and any(_PROPERTY.search(text) for i in owned[0] for text in _texts(items[i])):
        gross, taken_off, net = owned[0]
        verdicts[taken_off] = Verdict(_DEPRECIATION, "the depreciation taken off")
        verdicts[net] = Verdict(_NET if total is None else None, "what is left after depreciation")
        if adds_up(items, net, {gross: 1, taken_off: -printed_sign(items[taken_off])}):
            verdicts[gross] = Verdict(_GROSS, "what depreciation is taken off")
    return verdicts


def _of_leases(found: Sequence[_Difference]) -> dict[int, Verdict]:
    """Return the verdicts on property under capital leases, which is a part of all; of several, none is all of it."""
    if len(found) != 1:
        return {row: _OF_A_PART for rows in found for row in rows}
    gross, taken_off, net = found[0]
    return {
        gross: Verdict("CapitalLeasedAssetsGross", "under capital leases"),
        taken_off: _OF_A_PART,
        net: Verdict("CapitalLeasesBalanceSheetAssetsByMajorClassNet", "under capital leases, what is left"),
    }


def _texts(item: LineItem) -> tuple[str, ...]:
    return tuple(wording(text).lowered for text in (item.label, *item.sections[-1:]))


def _difference(items: Sequence[LineItem], row: int) -> _Difference | None:
    """Return the difference in which depreciation in a row is taken off the row or rows above, if there is one."""
    if not _TAKEN_OFF.match(wording(items[row].label).lowered) or items[row - 1].unit is not UnitKind.MONETARY:
        return None
    sign = printed_sign(items[row])
    for net in range(row + 1, min(row + 3, len(items))) if sign else ():
        parts = {row: -sign}
        for part in range(row - 1, max(row - 1 - _MOST_PARTS, -1), -1):
            if items[part].unit is not UnitKind.MONETARY or (parts.keys() - {row} and not _is_beside(items, part, row)):
                break
            parts[part] = 1
            if adds_up(items, net, parts):
                return _Difference(part, row, net)
    return None


def _is_beside(items: Sequence[LineItem], part: int, row: int) -> bool:
    """Whether two rows stand below one heading."""
    return bool(items[row].sections) and items[part].sections == items[row].sections


def _total(items: Sequence[LineItem], found: Sequence[_Difference]) -> int | None:
    """Return the row of all property: what is left of each group, and the rows between and behind these."""
    inner = {row for rows in found for row in range(rows.gross, rows.taken_off + 1)}
    last = found[-1].net
    for row in range(last + 1, min(last + 1 + _MOST, len(items))):
        text, section = wording(items[row].label).lowered, _texts(items[row])[-1]
        bare = not text and row > last + 1 and items[row].sections == items[last].sections
        if (bare or _TOTAL.search(text)) and (_PROPERTY.search(text) or _PROPERTY.search(section)):
            parts = {i: 1 for i in range(found[0].net, row) if i not in inner}
            mixed = any(_INTANGIBLE.search(wording(items[i].label).lowered) for i in parts)
            return row if not mixed and adds_up(items, row, parts) else None
    return None
