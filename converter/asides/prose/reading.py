"""Releases -> what their text states, as statements of their own."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from converter.asides.prose.passages import Passage, read_passages
from converter.asides.prose.sentences import Said, Sentence, is_adjusted, read_sentence
from converter.asides.prose.spans import TextPeriods, read_day
from converter.filing import Filing, TextSpan, read_cover
from converter.mapping import Mapping as RowMapping
from converter.statements import Column, Figure, LineItem, Origin, Statement, StatementKind, UnitKind
from converter.vocabulary import Amount, Duration, Instant, Period, has_any, is_no_release, is_release

TITLE = "Stated in the text"
_DOLLARS = {"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD"}
_CONFIDENCE = 0.95
_CONCEPTS: Mapping[str, str] = {
    "revenues": "Revenues",
    "sales": "SalesRevenueNet",
    "net": "NetIncomeLoss",
    "diluted": "EarningsPerShareDiluted",
    "basic": "EarningsPerShareBasic",
    "cash": "CashAndCashEquivalentsAtCarryingValue",
    "funds": "CashCashEquivalentsAndShortTermInvestments",
}
_FAMILIES = (
    ("Revenues", "SalesRevenueNet", "SalesRevenueGoodsNet", "SalesRevenueServicesNet", "RevenuesNetOfInterestExpense"),
    ("NetIncomeLoss", "ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"),
    ("EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted"),
    ("EarningsPerShareBasic", "EarningsPerShareBasicAndDiluted"),
    ("CashAndCashEquivalentsAtCarryingValue", "Cash", "CashCashEquivalentsAndShortTermInvestments"),
    ("CashCashEquivalentsAndShortTermInvestments",),
)

_OF_THE_WHOLE = (
    *("result", "quarter", "year", "month", "financial", "highlight", "review", "revenue", "sales", "income", "loss"),
    *("earning", "profit", "cash", "liquidity", "balance", "operations", "report", "announce", "release", "company"),
)
_COMPANY = re.compile(r"inc\b|corp\b", re.I)


class _Claim(Struct, frozen=True):
    """A figure that a sentence states, in its period."""

    said: Said
    period: Period
    source: TextSpan


def find_prose(filing: Filing, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """What the text of releases with statements of their own states, as `prose` statements, flows and balances apart.

    Amounts are in whole dollars with the sign of their concept (a net loss is negative), `decimals` as far as stated:
    -5 for "$1.2 million", -3 for "$370,000". Claims of one concept and period that contradict each other are dropped.
    """
    found: list[Statement] = []
    for index in range(len(filing.documents)):
        own = [s for s in statements if s.document == index and s.qualifier is None and s.currency in _DOLLARS]
        if own and _is_release(filing, index):
            claims = _settled(_Reader(filing, index, own).claims())
            found += _statements(index, own[0].currency, claims)
    return tuple(found)


def map_prose(statement: Statement) -> tuple[RowMapping, ...]:
    """The mapping of a prose statement's rows: the form of the sentence gives the concept."""
    return tuple(
        RowMapping(_CONCEPTS[item.sections[0]], _CONFIDENCE, 1, ("stated in a sentence",)) for item in statement.items
    )


def related(concept: str) -> tuple[str, ...]:
    """The concepts under which statements report what a sentence states as `concept`, the likeliest first."""
    families = [family for family in _FAMILIES if concept in family]
    own = next((family for family in families if family[0] == concept), families[0] if families else ())
    return tuple(dict.fromkeys((concept, *own)))


def _is_release(filing: Filing, index: int) -> bool:
    """Whether a document is an exhibit 99, a current report, or a bare text that is no periodic report."""
    if kind := filing.documents[index].type:
        return is_release(kind)
    form = filing.header.form or (said.value if (said := read_cover(filing, index).form) else "")
    return not is_no_release(str(form))


class _Reader:
    """Reads the sentences of one document."""

    def __init__(self, filing: Filing, index: int, own: Sequence[Statement]) -> None:
        self.index = index
        self.passages = list(read_passages(filing.documents[index].texts))
        columns = [column.period for statement in own for column in statement.columns if column.qualifier is None]
        self.periods = TextPeriods(columns, [passage.text for passage in self.passages])
        self.names = _names(filing, index)

    def claims(self) -> Iterator[_Claim]:
        """What the sentences state, in their order."""
        for passage in self.passages:
            if "$" not in passage.text or not _of_the_whole(passage.heading):
                continue
            for start, end in passage.sentences():
                text = passage.text[start:end]
                if is_adjusted(text):
                    break  # what follows in the paragraph may speak of the same part, or on the same basis
                sentence = read_sentence(text, self.names)
                period = self._period(sentence) if sentence else None
                if sentence and period:
                    yield from self._claims(passage, start, sentence, period)

    def _claims(self, passage: Passage, start: int, sentence: Sentence, period: Period) -> Iterator[_Claim]:
        for said in sentence.said:
            line, column = passage.place(start + said.start)
            yield _Claim(said, period, TextSpan(self.index, line, column, column + len(said.digits)))

    def _period(self, sentence: Sentence) -> Period | None:
        """The one period that a sentence names."""
        periods: set[Period | None] = {self.periods.resolve(words) for words in sentence.spans}
        for day in map(read_day, sentence.days):
            periods.add(None if day is None else Instant(self.periods.nearest(day)))
        return periods.pop() if len(periods) == 1 else None


def _of_the_whole(heading: str) -> bool:
    """Whether what stands under a heading may be about the whole company; without any heading it may."""
    return not heading or has_any(heading.lower(), _OF_THE_WHOLE) or _COMPANY.search(heading) is not None


def _names(filing: Filing, index: int) -> list[str]:
    """What the text calls the registrant, without "Inc." and the like."""
    said = read_cover(filing, index).name
    names = [filing.header.company, str(said.value) if said else ""]
    bare = [
        re.sub(r"(?:,? (?:inc|corp(?:oration)?|co(?:mpany)?|ltd|llc|plc|n\.?a)\b\.?)+$", "", n, flags=re.I)
        for n in names
    ]
    return [name for name in bare if len(name) > 2]


def _settled(claims: Iterable[_Claim]) -> list[_Claim]:
    """One claim for each concept and period, the most precise; none where two of them contradict each other."""
    groups: dict[tuple[str, Period], list[_Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.said.sort, claim.period), []).append(claim)
    best = [(max(group, key=lambda claim: claim.said.decimals), group) for group in groups.values()]
    return [claim for claim, group in best if all(_rounds_to(claim.said, other.said) for other in group)]


def _rounds_to(exact: Said, stated: Said) -> bool:
    return abs(exact.value - stated.value) <= Decimal(5).scaleb(-stated.decimals - 1)


def _statements(index: int, currency: str, claims: Sequence[_Claim]) -> Iterator[Statement]:
    for kind, period_type in ((StatementKind.INCOME, Duration), (StatementKind.BALANCE_SHEET, Instant)):
        chosen = [claim for claim in claims if isinstance(claim.period, period_type)]
        columns = tuple(Column(period, "") for period in dict.fromkeys(claim.period for claim in chosen))
        items = tuple(_item(claim, columns) for claim in chosen)
        if items:
            yield Statement(kind, TITLE, index, currency, columns, items, origin=Origin.PROSE)


def _item(claim: _Claim, columns: Sequence[Column]) -> LineItem:
    said = claim.said
    places = len(said.digits.partition(".")[2])
    printed = Amount(Decimal(said.digits.replace(",", "")), places, currency="$", grouped="," in said.digits)
    figure = Figure(said.value, said.decimals, printed, claim.source)
    unit = UnitKind.PER_SHARE if said.sort in ("diluted", "basic") else UnitKind.MONETARY
    figures = tuple(figure if column.period == claim.period else None for column in columns)
    return LineItem(said.label, (said.sort,), 0, False, unit, figures, claim.source)
