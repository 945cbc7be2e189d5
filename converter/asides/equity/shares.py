"""Columns of shares: whether they are in thousands or millions, and what is counted, as other counts prove."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from converter.mapping import MappedStatement
from converter.statements import ONE, Component, Origin, StatementKind, UnitKind
from converter.vocabulary import Instant

_FACTORS = (ONE, Decimal(1000), Decimal(1_000_000))
_STOCKS = {
    "CommonStockSharesIssued": ("CommonStockMember", "SharesIssued"),
    "CommonStockSharesOutstanding": ("CommonStockMember", "SharesOutstanding"),
    "PreferredStockSharesIssued": ("PreferredStockMember", "SharesIssued"),
    "PreferredStockSharesOutstanding": ("PreferredStockMember", "SharesOutstanding"),
    "TreasuryStockShares": ("TreasuryStockMember", "TreasuryStockShares"),
}
_TREASURY = "TreasuryStockMember"
_NEAR = 3
"""The shares at the end of a year and their average differ by this factor at most."""
_Balances = Mapping[date, Decimal]


class ShareCounts:
    """What balance sheets and income statements say of numbers of shares."""

    def __init__(self, statements: Sequence[MappedStatement]) -> None:
        self._counts: dict[tuple[str, str], dict[date, set[Decimal]]] = {}
        self._averages: list[Decimal] = []
        for mapped in statements:
            statement = mapped.statement
            if statement.qualifier is not None:
                continue
            for item, mapping in zip(statement.items, mapped.mappings, strict=True):
                if item.unit is not UnitKind.SHARES:
                    continue
                stock = _STOCKS.get(mapping.concept or "")
                for column, figure in zip(statement.columns, item.figures, strict=True):
                    if figure is None:
                        continue
                    if stock is not None and isinstance(column.period, Instant):
                        days = self._counts.setdefault(stock, {})
                        days.setdefault(column.period.day, set()).add(abs(figure.value))
                    elif (
                        statement.kind is StatementKind.INCOME
                        and statement.origin is Origin.PRIMARY
                        and figure.value > 0
                    ):
                        self._averages.append(figure.value)

    def factor(self, tracks: Sequence[tuple[Component, _Balances]], money: Decimal) -> Decimal | None:
        """Return the factor from printed to whole shares of all columns of a table, None if it is not certain."""
        proven = {
            factor
            for stock, own in tracks
            for factor in _FACTORS
            if factor <= money or factor == ONE
            for concept in ("SharesIssued", "SharesOutstanding", "TreasuryStockShares")
            if self._agrees(stock.member, concept, own, factor)
        }
        if len(proven) == 1:
            return proven.pop()
        if proven:
            return None
        common = [
            max(map(abs, own.values()), default=Decimal(0))
            for stock, own in tracks
            if stock.member == "CommonStockMember"
        ]
        largest = max(common, default=Decimal(0))
        near = [
            f for f in _FACTORS if any(average / _NEAR <= largest * f <= average * _NEAR for average in self._averages)
        ]
        return near[0] if len(near) == 1 else None

    def concept(self, stock: Component, own: _Balances, factor: Decimal) -> str | None:
        """Return the concept of the balances of a column; None if they are none of those that are known."""
        if stock.member == _TREASURY:
            return "TreasuryStockShares" if self._may_be(stock.member, "TreasuryStockShares", own, factor) else None
        for concept in ("SharesOutstanding", "SharesIssued"):
            if self._agrees(stock.member, concept, own, factor):
                return concept
        possible = [c for c in ("SharesOutstanding", "SharesIssued") if self._may_be(stock.member, c, own, factor)]
        return possible[0] if possible else None

    def _agrees(self, member: str, concept: str, own: _Balances, factor: Decimal) -> bool:
        """Whether all balances of days that are known are those known, and there are some."""
        checks = list(self._checks(member, concept, own, factor))
        return bool(checks) and all(checks)

    def _may_be(self, member: str, concept: str, own: _Balances, factor: Decimal) -> bool:
        return all(self._checks(member, concept, own, factor))

    def _checks(self, member: str, concept: str, own: _Balances, factor: Decimal) -> Iterator[bool]:
        for day, known in self._counts.get((member, concept), {}).items():
            if own.get(day):
                yield any(abs(abs(own[day]) * factor - count) <= factor for count in known)
