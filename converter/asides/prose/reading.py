"""Releases -> statements of the figures stated in their text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice

from msgspec import Struct

from converter.asides.prose.passages import Passage, read_passages
from converter.asides.prose.sentences import Sentence, StatedFigure, is_adjusted, read_sentence
from converter.asides.prose.spans import TextPeriods, read_day
from converter.filing import Filing, TextSpan, read_cover
from converter.mapping import Mapping as RowMapping
from converter.statements import Column, Figure, LineItem, Origin, Statement, StatementKind, UnitKind
from converter.vocabulary import Amount, Duration, Instant, Period, cannot_be_release, expression, has_any, is_release

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
_CONCEPT_FAMILIES = (
    ("Revenues", "SalesRevenueNet", "SalesRevenueGoodsNet", "SalesRevenueServicesNet", "RevenuesNetOfInterestExpense"),
    ("NetIncomeLoss", "ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"),
    ("EarningsPerShareDiluted", "EarningsPerShareBasicAndDiluted"),
    ("EarningsPerShareBasic", "EarningsPerShareBasicAndDiluted"),
    ("CashAndCashEquivalentsAtCarryingValue", "Cash", "CashCashEquivalentsAndShortTermInvestments"),
    ("CashCashEquivalentsAndShortTermInvestments",),
)

_COMPANY_WORDS = (
    *("result", "quarter", "year", "month", "financial", "highlight", "review", "revenue", "sales", "income", "loss"),
    *("earning", "profit", "cash", "liquidity", "balance", "operations", "report", "announce", "release", "company"),
)
_LEGAL_FORMS = expression(r"(?:,? (?:inc|corp(?:oration)?|co(?:mpany)?|ltd|llc|plc|n\.?a)\b\.?){1,4}$", re.I)
_LONGEST_NAME = 150
_MAX_COLUMNS = 50
_COMPANY_NAME = expression(r"inc\b|corp\b", re.I)


class _Claim(Struct, frozen=True):
    """A figure of a sentence, with its period and its place in the text."""

    figure: StatedFigure
    period: Period
    source: TextSpan


def find_prose(filing: Filing, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Read the text of releases with statements as `prose` statements, one of flows and one of balances each.

    Amounts are in whole dollars with the sign of their concept (a net loss is negative); `decimals` are as precise as
    the text: -5 for "$1.2 million", -3 for "$370,000". Contradicting claims of one concept and period are dropped.
    """
    prose_statements: list[Statement] = []
    statements_of: dict[int, list[Statement]] = {}
    for statement in statements:
        if statement.qualifier is None and statement.currency in _DOLLARS:
            statements_of.setdefault(statement.document, []).append(statement)
    for index, own_statements in sorted(statements_of.items()):
        if _is_release(filing, index):
            claims = _without_contradictions(_Reader(filing, index, own_statements).claims())
            prose_statements += _statements(index, own_statements[0].currency, claims)
    return tuple(prose_statements)


def map_prose(statement: Statement) -> tuple[RowMapping, ...]:
    """Map a prose statement's rows: the form of the sentence determines the concept."""
    return tuple(
        RowMapping(_CONCEPTS[item.sections[0]], _CONFIDENCE, 1, ("stated in a sentence",)) for item in statement.items
    )


def related_concepts(concept: str) -> tuple[str, ...]:
    """Return the concepts under which statements report a figure stated as `concept`, the likeliest first."""
    families = [family for family in _CONCEPT_FAMILIES if concept in family]
    related = next((family for family in families if family[0] == concept), families[0] if families else ())
    return tuple(dict.fromkeys((concept, *related)))


def _is_release(filing: Filing, index: int) -> bool:
    """Whether a document is an exhibit 99, a current report, or of unknown type and not a periodic report."""
    if kind := filing.documents[index].type:
        return is_release(kind)
    form = filing.header.form or (cover_form.value if (cover_form := read_cover(filing, index).form) else "")
    return not cannot_be_release(str(form))


class _Reader:
    """Reads the sentences of one document."""

    def __init__(self, filing: Filing, index: int, own_statements: Sequence[Statement]) -> None:
        self.index = index
        self.texts = filing.documents[index].texts
        columns = (
            column.period for statement in own_statements for column in statement.columns if column.qualifier is None
        )
        self.periods = TextPeriods(columns, (passage.text for passage in read_passages(self.texts)))
        self.names = _registrant_names(filing, index)

    def claims(self) -> Iterator[_Claim]:
        """Yield the claims of the sentences in order."""
        for passage in read_passages(self.texts):
            if "$" not in passage.text or not _is_about_company(passage.heading):
                continue
            for start, end in passage.sentences():
                text = passage.text[start:end]
                if is_adjusted(text):
                    break  # the rest of the paragraph may have the same basis or be about the same part
                sentence = read_sentence(text, self.names)
                period = self._period(sentence) if sentence else None
                if sentence and period:
                    yield from self._claims(passage, start, sentence, period)

    def _claims(self, passage: Passage, start: int, sentence: Sentence, period: Period) -> Iterator[_Claim]:
        for figure in sentence.figures:
            line, column = passage.place(start + figure.start)
            yield _Claim(figure, period, TextSpan(self.index, line, column, column + len(figure.digits)))

    def _period(self, sentence: Sentence) -> Period | None:
        """Return the period of a sentence, None if it has none or several."""
        periods: set[Period | None] = {self.periods.resolve(phrase) for phrase in sentence.periods}
        for day in map(read_day, sentence.days):
            periods.add(None if day is None else Instant(self.periods.nearest(day)))
        return periods.pop() if len(periods) == 1 else None


def _is_about_company(heading: str) -> bool:
    """Whether text under this heading, or without one, may be about the whole company."""
    return not heading or has_any(heading.lower(), _COMPANY_WORDS) or _COMPANY_NAME.search(heading) is not None


def _registrant_names(filing: Filing, index: int) -> list[str]:
    """Return the names of the registrant, without "Inc." and the like."""
    cover_name = read_cover(filing, index).name
    names = [filing.header.company, str(cover_name.value) if cover_name else ""]
    short_names = [_LEGAL_FORMS.sub("", name) for name in names]
    return [name for name in short_names if 2 < len(name) <= _LONGEST_NAME]


def _without_contradictions(claims: Iterable[_Claim]) -> list[_Claim]:
    """Return the most precise claim of each concept and period; none if another contradicts it."""
    groups: dict[tuple[str, Period], list[_Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.figure.measure, claim.period), []).append(claim)
    most_precise = [(max(group, key=lambda claim: claim.figure.decimals), group) for group in groups.values()]
    return [claim for claim, group in most_precise if all(_rounds_to(claim.figure, other.figure) for other in group)]


def _rounds_to(exact: StatedFigure, stated: StatedFigure) -> bool:
    return abs(exact.value - stated.value) <= Decimal(5).scaleb(-stated.decimals - 1)


def _statements(index: int, currency: str, claims: Sequence[_Claim]) -> Iterator[Statement]:
    for kind, period_type in ((StatementKind.INCOME, Duration), (StatementKind.BALANCE_SHEET, Instant)):
        chosen = [claim for claim in claims if isinstance(claim.period, period_type)]
        periods = list(islice(dict.fromkeys(claim.period for claim in chosen), _MAX_COLUMNS))
        columns = tuple(Column(period, "") for period in periods)
        items = tuple(_item(claim, columns) for claim in chosen if claim.period in periods)
        if items:
            yield Statement(kind, TITLE, index, currency, columns, items, origin=Origin.PROSE)


def _item(claim: _Claim, columns: Sequence[Column]) -> LineItem:
    stated = claim.figure
    places = len(stated.digits.partition(".")[2])
    printed = Amount(Decimal(stated.digits.replace(",", "")), places, currency="$", grouped="," in stated.digits)
    figure = Figure(stated.value, stated.decimals, printed, claim.source)
    unit = UnitKind.PER_SHARE if stated.measure in ("diluted", "basic") else UnitKind.MONETARY
    figures = tuple(figure if column.period == claim.period else None for column in columns)
    return LineItem(stated.label, (stated.measure,), 0, False, unit, figures, claim.source)
