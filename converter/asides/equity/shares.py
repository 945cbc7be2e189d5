"""Columns of shares: whether they are in thousands or millions, and what is counted, as other counts prove."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from converter.mapping import MappedStatement
from converter.statements import ONE, Component, LineItem, Origin, Statement, StatementKind, UnitKind
from converter.vocabulary import Instant

_FACTORS = (ONE, Decimal(1000), Decimal(1_000_000))
_STOCKS = {
    "CommonStockSharesIssued": ("CommonStockMember", "SharesIssued"),
    "CommonStockSharesOutstanding": ("CommonStockMember", "SharesOutstanding"),
    "PreferredStockSharesIssued": ("PreferredStockMember", "SharesIssued"),
    "PreferredStockSharesOutstanding": ("PreferredStockMember", "SharesOutstanding"),
    "TreasuryStockShares": ("TreasuryStockMember", "TreasuryStockShares"),
}
_PAR_VALUES = {
    "CommonStockParOrStatedValuePerShare": "CommonStockMember",
    "PreferredStockParOrStatedValuePerShare": "PreferredStockMember",
}
_CERTAIN = 20  # an amount of so many units is no accident
_TREASURY = "TreasuryStockMember"
_NEAR = 3
"""The shares at the end of a year and their average differ by this factor at most."""
_Balances = Mapping[date, Decimal]


class ShareCounts:
    """What balance sheets and income statements say of numbers of shares."""

    def __init__(self, statements: Sequence[MappedStatement]) -> None:
        self._counts: dict[tuple[str, str], dict[date, list[Decimal]]] = {}
        self._averages: list[Decimal] = []
        self._par_values: dict[str, set[Decimal]] = {}
        for mapped in statements:
            for item, mapping in zip(mapped.statement.items, mapped.mappings, strict=True):
                if mapped.statement.qualifier is None:
                    self._add(mapped.statement, item, mapping.concept or "")

    def _add(self, statement: Statement, item: LineItem, concept: str) -> None:
        stock = _STOCKS.get(concept)
        is_income = statement.kind is StatementKind.INCOME and statement.origin is Origin.PRIMARY
        for column, figure in zip(statement.columns, item.figures, strict=True):
            if figure is None:
                continue
            if concept in _PAR_VALUES:
                self._par_values.setdefault(_PAR_VALUES[concept], set()).add(figure.value)
            elif item.unit is not UnitKind.SHARES:
                continue
            elif stock is not None and isinstance(column.period, Instant):
                days = self._counts.setdefault(stock, {})
                days.setdefault(column.period.day, []).append(abs(figure.value))
            elif is_income and figure.value > 0:
                self._averages.append(figure.value)

    def factor(
        self, columns: Sequence[tuple[Component, _Balances]], amounts: Mapping[str, _Balances], money: Decimal
    ) -> Decimal | None:
        """Return the factor from printed to whole shares of all columns of a table, None if it is not certain.

        `amounts` are the balances of components in whole units, `money` is the factor of the amounts.
        """
        if money == ONE:
            return ONE
        possible = [factor for factor in _FACTORS if factor <= money]
        for evidence in (self._has_count, partial(self._has_par_value, amounts, money), self._has_average):
            proven = [factor for factor in possible if any(evidence(stock, own, factor) for stock, own in columns)]
            if proven:
                return proven[0] if len(proven) == 1 else None
        return None

    def _has_count(self, stock: Component, own: _Balances, factor: Decimal) -> bool:
        concepts = ("SharesIssued", "SharesOutstanding", "TreasuryStockShares")
        return any(self._agrees(stock.member, concept, own, factor) for concept in concepts)

    def _has_par_value(
        self, amounts: Mapping[str, _Balances], money: Decimal, stock: Component, own: _Balances, factor: Decimal
    ) -> bool:
        """Whether the shares times their par value are the amounts of the stock, on all days that have both."""
        of_stock = amounts.get(stock.member, {})
        days = [day for day in own.keys() & of_stock.keys() if own[day]]
        return bool(days) and any(
            all(abs(own[day] * factor * par - of_stock[day]) <= money for day in days)
            and any(of_stock[day] > _CERTAIN * money for day in days)
            for par in self._par_values.get(stock.member, ())
        )

    def _has_average(self, stock: Component, own: _Balances, factor: Decimal) -> bool:
        count = max(map(abs, own.values()), default=Decimal(0)) * factor
        is_common = stock.member == "CommonStockMember"
        return is_common and any(average / _NEAR <= count <= average * _NEAR for average in self._averages)

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
                whole = abs(own[day]) * factor
                yield any(abs(whole - count) <= factor for count in (*known, sum(known, Decimal(0))))
