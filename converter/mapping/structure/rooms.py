"""The part of a statement that a row stands in, and the concepts that can stand there."""

import re
from collections.abc import Iterator
from functools import lru_cache

from converter.mapping.structure.activities import activities_of
from converter.mapping.structure.model import Bar
from converter.mapping.structure.presentation import directly_below
from converter.mapping.structure.sectors import bars_of_sectors
from converter.mapping.structure.sides import sides_of
from converter.statements import Statement, StatementKind, UnitKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary import expression, wording

_HEADINGS = {
    StatementKind.BALANCE_SHEET: (
        (expression(r"^\W*(?:merchandise )?inventor(?:y|ies)\b"), ("InventoryNetAbstract",)),
        (
            expression(
                r"^\W*(?:(?:net )?propert(?:y|ies)\b(?! held)|"
                r"(?:(?:utility|electric|gas|telephone|water) )?plant\b|land, )"
            ),
            (
                "PropertyPlantAndEquipmentAbstract",
                "PublicUtilitiesPropertyPlantAndEquipmentAbstract",
                "RealEstateInvestmentPropertyAbstract",
            ),
        ),
    ),
    StatementKind.INCOME: (
        (
            expression(
                r"^\W*(?:(?:provision|benefit|credit)\b(?:\W*\b(?:for|on|from)\b)?\W*)?(?:federal |federal and state )?"
                r"income tax(?:es)?\b|^\W*taxes on income"
            ),
            ("IncomeTaxAbstract",),
        ),
        (expression(r"^\W*interest (?:costs?|expenses?|charges)\b"), ("InterestExpenseAbstract",)),
    ),
}
"""Headings, and where in the presentation the parts of what they name stand."""

_INTEREST = expression(r"\W*interest\W*$", re.I)
_PART_OF_INTEREST = Bar(
    "a part of interest expense",
    allowed=directly_below(StatementKind.INCOME, ("InterestExpenseAbstract",)) - {"InterestExpense"},
)


def _credits(names: frozenset[str]) -> frozenset[str]:
    """Those that are no costs: excise taxes and returns stand among revenues as what is taken off them."""
    return frozenset(name for name in names if load_taxonomy().concepts[name].balance != "debit")


_SIDES_OF_INCOME = (
    (
        expression(r"^\W*(?:total |net |operating |sales and )*(?:revenues?|sales)\b(?!.{0,80}(?:expens|cost))", re.I),
        Bar(
            "a row of the revenues",
            denied=directly_below(StatementKind.INCOME, ("CostOfRevenueAbstract", "OperatingExpensesAbstract")),
            shared=True,
        ),
    ),
    (
        expression(
            r"^\W*(?:total |operating |other )*(?:costs?|expenses?|deductions)\b(?!.{0,80}(?:income|revenue|gain))",
            re.I,
        ),
        Bar(
            "a row of the expenses",
            denied=_credits(directly_below(StatementKind.INCOME, ("RevenuesAbstract",))),
            shared=True,
        ),
    ),
)
_TOTAL = expression(r"^\W*(?:net|total)\b|^\W*$", re.I)


def bars_of(statement: Statement) -> Iterator[tuple[int, Bar]]:
    """Yield what the rows of a statement cannot be because of the part of it in which they stand."""
    if statement.kind is not StatementKind.BALANCE_SHEET:
        yield from _of_assets_sold(statement)
    if statement.kind is StatementKind.CASH_FLOW:
        yield from activities_of(statement)
        return
    yield from _of_headings(statement)
    if statement.kind is StatementKind.INCOME:
        yield from _below_revenues(statement)
    yield from bars_of_sectors(statement)
    if statement.kind is StatementKind.BALANCE_SHEET:
        yield from sides_of(statement)


def _of_headings(statement: Statement) -> Iterator[tuple[int, Bar]]:
    """Yield the rows under headings of which the parts are known, up to the total of the heading."""
    ended = ""
    for row, item in enumerate(statement.items):
        heading = item.sections[-1] if item.sections else ""
        if item.unit is not UnitKind.MONETARY or not heading or heading == ended:
            continue
        if _TOTAL.search(item.label) or _is_net_of(item.label, heading):
            ended = heading
            continue
        if statement.kind is StatementKind.INCOME and _INTEREST.match(heading) and "interest" not in item.label.lower():
            yield row, _PART_OF_INTEREST
        yield from ((row, bar) for bar in _bars_below(statement.kind, heading))


def _is_net_of(caption: str, heading: str) -> bool:
    """Whether a row is what is left of its heading: "Property under capital lease, net"."""
    return caption.rstrip(" .:").lower().endswith(" net") and caption.lower().startswith(heading.lower())


_GAIN, _SALE = r"\(?(?:gains?|loss(?:es)?)\)?", r"(?:sales?|disposals?|dispositions?|retirements?)"
_SOLD = expression(
    rf"^\W*(?:net )?{_GAIN}(?: (?:or )?{_GAIN})?(?:, net)? (?:on|from) (?:the )?{_SALE}(?: (?:and|or) {_SALE})? of "
    r"(?:the |fixed |capital |property |plant |and |equipment |other )*"
    r"(?:assets?|property|plant|equipment)\W*(?:net\W*)?$"
)
_OF_FIXED_ASSETS = Bar(
    "the gain or loss on fixed assets sold",
    allowed=frozenset(
        {
            "GainLossOnDispositionOfAssets",
            "GainLossOnDispositionOfOtherAssets",
            "GainLossOnDispositionOfProperty",
            "GainLossOnSaleOfOtherAssets",
            "GainLossOnSaleOfProperties",
            "GainLossOnSaleOfPropertyPlantEquipment",
            "GainsLossesOnSalesOfAssets",
            "GainsLossesOnSalesOfOtherAssets",
        }
    ),
)


_TOTAL_REVENUES = expression(r"^\W*total (?:net |operating )*revenues?\W*$")
_BELOW_REVENUES = Bar(
    "a row below the total of revenues",
    denied=frozenset(
        name
        for name in directly_below(StatementKind.INCOME, ("RevenuesAbstract",))
        if not re.search(
            r"^Revenues|^SalesRevenueNet$|^OilAndGasRevenue$|Interest|Dividend|Investment|Other|Royalt", name
        )
    ),
    shared=True,
)


def _below_revenues(statement: Statement) -> Iterator[tuple[int, Bar]]:
    """Yield the rows below the only total of revenues: they are none."""
    totals = [row for row, item in enumerate(statement.items) if _TOTAL_REVENUES.match(wording(item.label).lowered)]
    if len(totals) == 1:
        for row in range(totals[0] + 1, len(statement.items)):
            if statement.items[row].unit is UnitKind.MONETARY:
                yield row, _BELOW_REVENUES


def _of_assets_sold(statement: Statement) -> Iterator[tuple[int, Bar]]:
    for row, item in enumerate(statement.items):
        text = wording(item.label).lowered
        if "of" in text and _SOLD.match(text):
            yield row, _OF_FIXED_ASSETS


@lru_cache(maxsize=1024)
def _bars_below(kind: StatementKind, heading: str) -> tuple[Bar, ...]:
    """Return what a heading says of the rows below it."""
    lowered = heading.lower()
    parts = [parents for pattern, parents in _HEADINGS[kind] if pattern.search(lowered)]
    sides = _SIDES_OF_INCOME if kind is StatementKind.INCOME else ()
    return (
        *(Bar(f"a part of {heading!r}", allowed=directly_below(kind, parents)) for parents in parts),
        *(bar for pattern, bar in sides if pattern.match(lowered)),
    )
