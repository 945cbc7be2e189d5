"""Property, plant and equipment: what depreciation is taken off, and what is left.

A balance sheet with one such difference has the gross amount, the depreciation and the net amount in it, whatever the
captions say. Of several groups (owned and leased, in the air and on the ground) only the total of all is the net one.
"""

from collections.abc import Sequence
from typing import NamedTuple

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
_TOTAL = expression(r"^\W*(?:total|net)\b|\bnet\W*$")
_MOST = 4
"""So many rows below what is left after depreciation are looked at for a total with other property."""
_MOST_PARTS = 10
"""So many rows above depreciation are looked at for the parts that it is taken off."""


class _Difference(NamedTuple):
    """The rows of a gross amount, of what is taken off and of what is left."""

    gross: int
    taken_off: int
    net: int


def read_property(statement: Statement) -> dict[int, Verdict]:
    """Return the verdicts on the property, plant and equipment of a balance sheet by row."""
    items = statement.items
    found = [difference for row in range(1, len(items)) if (difference := _difference(items, row)) is not None]
    if not found:
        return _of_several(items)
    if any(_OF_ITS_OWN.search(text) for rows in found for i in rows for text in _texts(items[i])):
        return {}
    total = _total(items, found)
    if total is None and len(found) > 1:
        return {}
    verdicts: dict[int, Verdict] = {}
    if len(found) > 1:
        of_a_part = Verdict(None, "of a part of the property")
        verdicts = {row: of_a_part for rows in found for row in (rows.taken_off, rows.net)}
    elif any(_PROPERTY.search(text) for i in found[0] for text in _texts(items[i])):
        gross, taken_off, net = found[0]
        verdicts = {
            gross: Verdict(_GROSS, "what depreciation is taken off"),
            taken_off: Verdict(_DEPRECIATION, "the depreciation taken off"),
            net: Verdict(_NET if total is None else None, "what is left after depreciation"),
        }
    if total is not None:
        verdicts[total] = Verdict(_NET, "all property after depreciation")
    return verdicts


def _texts(item: LineItem) -> tuple[str, ...]:
    return tuple(wording(text).lowered for text in (item.label, *item.sections[-1:]))


def _difference(items: Sequence[LineItem], row: int) -> _Difference | None:
    """Return the difference in which depreciation in a row is taken off the row above, if there is one."""
    if not _TAKEN_OFF.match(wording(items[row].label).lowered) or items[row - 1].unit is not UnitKind.MONETARY:
        return None
    signs = {1 if figure.value > 0 else -1 for figure in items[row].figures if figure is not None and figure.value}
    for net in range(row + 1, min(row + 3, len(items))) if len(signs) == 1 else ():
        if adds_up(items, net, {row - 1: 1, row: -max(signs)}):
            return _Difference(row - 1, row, net)
    return None


def _of_several(items: Sequence[LineItem]) -> dict[int, Verdict]:
    """Return the verdict on the one row without a caption that is left of several after depreciation."""
    left: list[int] = []
    for row in range(2, len(items) - 1):
        texts, net = _texts(items[row]), row + 1
        if items[net].label or not _TAKEN_OFF.match(texts[0]) or not _PROPERTY.search(texts[-1]):
            continue
        if not _OF_ITS_OWN.search(texts[-1]) and _is_left(items, net, row):
            left.append(net)
    return {left[0]: Verdict(_NET, "what is left of all rows of property after depreciation")} if len(left) == 1 else {}


def _is_left(items: Sequence[LineItem], net: int, row: int) -> bool:
    """Whether the `net` amount is left when depreciation in a `row` is taken off several rows above."""
    signs = {1 if figure.value > 0 else -1 for figure in items[row].figures if figure is not None and figure.value}
    if len(signs) != 1:
        return False
    parts = {row: -max(signs)}
    for part in range(row - 1, max(row - 1 - _MOST_PARTS, -1), -1):
        if items[part].sections != items[row].sections or items[part].unit is not UnitKind.MONETARY:
            return False
        parts[part] = 1
        if len(parts) > 2 and adds_up(items, net, parts):
            return True
    return False


def _total(items: Sequence[LineItem], found: Sequence[_Difference]) -> int | None:
    """Return the row of all property: what is left of each group, and the rows between and behind these."""
    inner = {row for rows in found for row in (rows.gross, rows.taken_off)}
    last = found[-1].net
    for row in range(last + 1, min(last + 1 + _MOST, len(items))):
        text, section = wording(items[row].label).lowered, _texts(items[row])[-1]
        bare = not text and row > last + 1 and items[row].sections == items[last].sections
        if (bare or _TOTAL.search(text)) and (_PROPERTY.search(text) or _PROPERTY.search(section)):
            parts = {i: 1 for i in range(found[0].net, row) if i not in inner}
            return row if adds_up(items, row, parts) else None
    return None
