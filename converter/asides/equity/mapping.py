"""The concept and sign of each figure of a statement of equity."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from converter.asides.equity.layout import Placed
from converter.asides.equity.proof import amount_of, balances
from converter.asides.equity.reading import ReadTable, ReadTrack
from converter.asides.equity.wording import TAX_OF_OTHER, before_tax, concept_before_reclassification, concepts_of
from converter.mapping import MappedStatement
from converter.mapping import Mapping as RowMapping
from converter.statements import Origin, StatementKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary import Period

_CONFIDENCE, _CERTAIN = 0.9, 0.99
_RESULTS = ("NetIncomeLoss", "ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic")
_OF_COMPREHENSIVE = ("OtherComprehensiveIncome", "ComprehensiveIncome")
_EARNED = "RetainedEarnings"
_ALL_INCOME = "ComprehensiveIncomeNetOfTax"
_WITH_ALL = "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"
_OF_OTHERS = "NoncontrollingInterestMember"
_TREASURY = "TreasuryStockMember"
_PAID_OUT = (
    "PartnersCapitalAccountDistributions",
    "MinorityInterestDecreaseFromDistributionsToNoncontrollingInterestHolders",
)
"""Concepts of the cash flow statement, where what is paid is a credit."""
_TAKEN_AWAY = (
    "StockRepurchasedDuringPeriodShares",
    "StockRepurchasedAndRetiredDuringPeriodShares",
    "TreasuryStockSharesAcquired",
    "TreasuryStockSharesRetired",
    "StockIssuedDuringPeriodSharesRestrictedStockAwardForfeited",
)
"""Concepts of shares that the company takes back: they make the shares outstanding fewer."""


class RowMapper:
    """Gives the figures of a statement of equity their concepts, so that they agree with the income statement."""

    def __init__(self, statements: Sequence[MappedStatement]) -> None:
        self._results: dict[Period, dict[str, set[Decimal]]] = {}
        for mapped in statements:
            statement = mapped.statement
            if (
                statement.kind is not StatementKind.INCOME
                or statement.qualifier
                or statement.origin is not Origin.PRIMARY
            ):
                continue
            for item, mapping in zip(statement.items, mapped.mappings, strict=True):
                if mapping.concept not in _RESULTS:
                    continue
                for column, figure in zip(statement.columns, item.figures, strict=True):
                    if figure is not None and statement.qualifier is None and column.qualifier is None:
                        of_period = self._results.setdefault(column.period, {})
                        of_period.setdefault(mapping.concept, set()).add(figure.value * mapping.sign)

    def balance(self, track: ReadTrack) -> str | None:
        """Return the concept of a balance."""
        return track.concept or None

    def event(self, read: ReadTable, placed: Placed, period: Period, track: ReadTrack) -> str | None:
        """Return the concept of what a row says happened in a period, None if there is none."""
        row = read.table.rows[placed.row]
        money, shares = concepts_of(row.label, " ".join(row.sections))
        if track.shares:
            return shares
        if money == "NetIncomeLoss" and track.component is not None and track.component.member == _OF_OTHERS:
            return "ProfitLoss"
        if money == "NetIncomeLoss":
            return self._result(amount_of(placed) * track.factor, period, is_whole=track.component is None)
        if money is not None and money.startswith(_OF_COMPREHENSIVE):
            if track.component is not None and track.component.member.startswith(_EARNED):
                return None
            following = read.table.rows[placed.row + 1].label if placed.row + 1 < len(read.table.rows) else ""
            concept = concept_before_reclassification(money, following)
            if concept == _ALL_INCOME and read.concept == _WITH_ALL:
                return f"{concept}IncludingPortionAttributableToNoncontrollingInterest"
            return before_tax(concept) if self._states_tax(read) and "net of" not in row.label.lower() else concept
        return money if track.concept else None  # a column without balances has items of comprehensive income only

    def _states_tax(self, read: ReadTable) -> bool:
        """Whether a row of the table is the tax of the items of other comprehensive income."""
        return any(
            concepts_of(row.label, " ".join(row.sections)).money == TAX_OF_OTHER and any(row.cells)
            for row in read.table.rows
        )

    def is_result(self, value: Decimal, period: Period) -> bool:
        """Whether the income statement has a net income of this value in the period."""
        return any(value in values for values in self._results.get(period, {}).values())

    def _result(self, value: Decimal, period: Period, *, is_whole: bool) -> str | None:
        """Return the concept of a net income: the one with this value in the income statement, if it states any."""
        known: Mapping[str, set[Decimal]] = self._results.get(period, {})
        equal = [name for name in _RESULTS if value in known.get(name, ())]
        if equal:
            return equal[0]
        return None if known and is_whole else _RESULTS[0]

    def sign(self, concept: str | None, track: ReadTrack) -> int:
        """Return the sign of a fact of the concept, given the effect on equity or on shares that is printed."""
        if concept is None:
            return 1
        if not track.shares:
            return -1 if concept in _PAID_OUT or load_taxonomy().concepts[concept].balance == "debit" else 1
        own = balances(track.track)
        is_treasury = track.component is not None and track.component.member == _TREASURY
        counts_down = is_treasury and all(value >= 0 for value in own.values())
        if concept == "TreasuryStockShares":
            return 1 if counts_down else -1
        effect = -1 if concept in _TAKEN_AWAY else 1
        return -effect if counts_down else effect

    def mapping(self, concept: str | None, sign: int) -> RowMapping:
        """Return the mapping of a line item."""
        evidence = ("named by the caption of a statement whose rows add up",) if concept else ()
        return RowMapping(concept, _CONFIDENCE, sign, evidence, ())
