"""Rows that are the whole of something because no other row has the rest: inventories, intangible assets, stock."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from msgspec import Struct

from converter.mapping.captions import normalize_caption
from converter.mapping.structure.model import Bar, Verdict
from converter.statements import LineItem, Statement, UnitKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary import Instant, expression, wording

_BEFORE = date(2002, 12, 15)
"""FAS 142 (paragraphs 43 and 48): goodwill is a separate row in fiscal years beginning after December 15, 2001."""
_ALL_INTANGIBLES = "IntangibleAssetsNetIncludingGoodwill"
_INTANGIBLES = expression(
    r"^\W*(?:net |total )?intangible assets?\b(?! (?:other|excluding|subject|not)\b)|^\W*intangibles\b"
)
_TOTAL_INTANGIBLES = expression(r"^\W*total intangible")
_GOODWILL = expression(
    r"\bgood\s?will\b|\b(?:cost|price|investments?)s? (?:in excess|over)\b|"
    r"\bexcess (?:of )?(?:cost|purchase|acquisition)"
)
_WITH_GOODWILL = expression(
    r"^\W*(?:net |total )*(?:"
    r"goodwill(?:,| and)(?: other| purchased| acquired| identifiable| net)*,? intangibles?\b|"
    r"(?:other |identifiable |acquired )*intangibles?(?: assets?)?(?:,? net)?,? (?:and|including) goodwill\b)"
)
_AMORTIZED = Bar(
    "before FAS 142 all intangible assets were amortized",
    denied=frozenset(name for name in load_taxonomy().ranks["bs"] if "IndefiniteLived" in name),
)
_NO_PREFERRED = expression(
    r"^\W*(?:serial |cumulative )?prefer(?:red|ence)\b.{0,200}\b(?:none|no shares)\b.{0,80}\bcommon (?:stock|shares)\b"
)
_INVENTORIES = expression(
    r"^\W*(?:total |net )?(?:merchandise |retail |product )?inventor(?:y|ies)\b(?! (?:of|for|held)\b)"
)
_IN_INVENTORIES = expression(r"\binventor|\braw materials?\b|\bwork[ -]in[ -]pro|\bfinished (?:goods|products)\b")
_ALL_PROPERTY = frozenset(
    {"fixed assets", "plant and equipment", "property and equipment", "property plant and equipment"}
)
_IN_PROPERTY = expression(r"\bpropert|\bplants?\b|\bequipment\b|\bfixed assets\b|\bbuildings?\b|\bdepreciation\b")


def read_wholes(statement: Statement) -> dict[int, Verdict]:
    """Return the verdicts on the rows of a balance sheet that are all inventories, intangible assets or stock."""
    rows = [
        (row, item, wording(item.label).lowered)
        for row, item in enumerate(statement.items)
        if item.unit is UnitKind.MONETARY and any(item.figures)
    ]
    return dict([*_intangibles(statement, rows), *_inventories(rows), *_property(rows), *_stock(rows)])


def bars_before_amortization_ended(statement: Statement) -> Iterator[tuple[int, Bar]]:
    """Yield what no row can be before FAS 142: until then all intangible assets were amortized (APB 17)."""
    if (day := _last_day(statement)) is not None and day < _BEFORE:
        yield from ((row, _AMORTIZED) for row in range(len(statement.items)))


def _last_day(statement: Statement) -> date | None:
    days = [column.period.day for column in statement.columns if isinstance(column.period, Instant)]
    return max(days, default=None)


class _Named(Struct, frozen=True):
    """What a caption or a heading has words for."""

    goodwill: bool
    inventories: bool
    property: bool


@lru_cache(maxsize=8192)
def _named_in(text: str) -> _Named:
    return _Named(*[form.search(text) is not None for form in (_GOODWILL, _IN_INVENTORIES, _IN_PROPERTY)])


_Rows = list[tuple[int, LineItem, str]]
"""Rows, their items and captions."""


def _intangibles(statement: Statement, rows: _Rows) -> Iterator[tuple[int, Verdict]]:
    """Yield the verdict on the row of intangible assets, which are with goodwill if it is among them, or has no row."""
    named = [row for row, _, text in rows if _INTANGIBLES.search(text)]
    goodwill = [row for row, item, text in rows if any(_named_in(each).goodwill for each in (text, *_headings(item)))]
    day = _last_day(statement)
    if goodwill:
        total = next((row for row, _, text in rows if row > goodwill[0] and _TOTAL_INTANGIBLES.search(text)), None)
        both = [row for row, _, text in rows if _WITH_GOODWILL.search(text)]
        if total is not None:
            yield total, Verdict(_ALL_INTANGIBLES, "the total of goodwill and others")
        elif len(both) == 1:
            yield both[0], Verdict(_ALL_INTANGIBLES, "the caption names goodwill and other intangible assets")
    elif named and day is not None and day < _BEFORE:
        reason = "no row is goodwill, and before FAS 142 none had to be"
        yield named[-1], Verdict(_ALL_INTANGIBLES, reason)


def _inventories(rows: _Rows) -> Iterator[tuple[int, Verdict]]:
    """Yield the verdict on the only row of inventories: it is no part of them."""
    of_them = [
        (row, text) for row, item, text in rows if any(_named_in(each).inventories for each in (text, *_headings(item)))
    ]
    if len(of_them) == 1 and _INVENTORIES.match(of_them[0][1]):
        yield of_them[0][0], Verdict("InventoryNet", "no other row has inventories")


def _property(rows: _Rows) -> Iterator[tuple[int, Verdict]]:
    """Yield the verdict on the only row of property: no depreciation is taken off it, so that it is the net amount."""
    of_it = [
        (row, normalize_caption(item.label).phrase)
        for row, item, text in rows
        if any(_named_in(each).property for each in (text, *_headings(item)))
    ]
    if len(of_it) == 1 and of_it[0][1] in _ALL_PROPERTY:
        yield of_it[0][0], Verdict("PropertyPlantAndEquipmentNet", "no other row has property or its depreciation")


def _stock(rows: _Rows) -> Iterator[tuple[int, Verdict]]:
    """Yield the verdict on a row of preferred and common stock of which no preferred stock is issued."""
    for row, _, text in rows:
        if _NO_PREFERRED.search(text):
            yield row, Verdict("CommonStockValue", "no preferred stock is issued")


def _headings(item: LineItem) -> list[str]:
    return [wording(heading).lowered for heading in item.sections]
