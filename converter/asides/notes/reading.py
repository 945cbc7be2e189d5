"""Documents -> statements of the amounts that sentences of their notes state of several years."""

from array import array
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from converter.asides.notes.grammar import StatedAmount, read_sentence
from converter.asides.notes.lexer import Token
from converter.asides.notes.scale import Scales
from converter.asides.notes.subjects import TRIGGERS
from converter.asides.prose import Passage
from converter.filing import Filing, TextSpan, read_cover
from converter.statements import (
    Column,
    Figure,
    LineItem,
    Origin,
    Place,
    Places,
    Statement,
    StatementKind,
    UnitKind,
)
from converter.taxonomy import load_taxonomy
from converter.vocabulary import Amount, Duration, Instant, Period, has_any

TITLE = "Stated in the notes"
_MOST_LINES = 60  # of a paragraph
_DAYS_OF_MONTHS = {3: (80, 100), 6: (170, 192), 9: (260, 285), 12: (350, 380)}
_MOST_DAYS_OFF = 10
_LAST_EARLY_MONTH = 2
"""A fiscal year that ends by this month may be called after the year before."""


class Claim(Struct, frozen=True):
    """An amount in whole units with its period; `decimals` as in XBRL."""

    stated: StatedAmount
    period: Period
    value: Decimal
    decimals: int
    source: TextSpan


class _Sentence(NamedTuple):
    passage: Passage
    start: int


def find_claims(filing: Filing, index: int, statements: Sequence[Statement]) -> list[Claim]:
    """Return what sentences of a document state of the periods of its `statements`, where nothing contradicts it."""
    texts = filing.documents[index].texts
    names = _words_of_name(filing, index)
    scales = Scales(statements, texts)
    periods = _Periods(column.period for s in statements for column in s.columns if column.qualifier is None)
    claims: list[Claim] = []
    for passage in _passages(texts):
        for start, end in passage.sentences():
            stated = list(read_sentence(passage.text[start:end], names))
            if stated:
                claims += _claims(stated, _Sentence(passage, start), periods, index, scales)
    if not claims:
        return []
    places = Places(texts)
    return _without_contradictions(c for c in claims if places.of(c.source.line) is not Place.PARENT)


def statements_of(index: int, currency: str, claims: Sequence[Claim]) -> Iterator[Statement]:
    """Yield the claims as statements, one of flows and one of balances; their sections are the concepts."""
    for kind, period_type in ((StatementKind.INCOME, Duration), (StatementKind.BALANCE_SHEET, Instant)):
        chosen = [claim for claim in claims if isinstance(claim.period, period_type)]
        columns = tuple(Column(period, "") for period in dict.fromkeys(claim.period for claim in chosen))
        if chosen:
            items = tuple(_item(claim, columns) for claim in chosen)
            yield Statement(kind, TITLE, index, currency, columns, items, origin=Origin.PROSE)


def _words_of_name(filing: Filing, index: int) -> frozenset[str]:
    cover_name = read_cover(filing, index).name
    names = f"{filing.header.company} {cover_name.value if cover_name else ''}"
    return frozenset(word.strip(".,").lower() for word in names.split() if len(word) > 1)


def _passages(texts: Sequence[str]) -> Iterator[Passage]:
    """Yield the paragraphs with a dollar sign and a word of a subject; lines with wide gaps are of tables."""
    done = -1
    for number, line in enumerate(texts):
        if number <= done or "$" not in line or not _is_text(line):
            continue
        first, last = number, number
        while first - 1 > done and number - first < _MOST_LINES and _is_text(texts[first - 1]):
            first -= 1
        while last + 1 < len(texts) and last - number < _MOST_LINES and _is_text(texts[last + 1]):
            last += 1
        done = last
        text = " ".join(" ".join(texts[first : last + 1]).split())
        if has_any(text.lower(), TRIGGERS):
            yield Passage(text, array("q", range(first, last + 1)), texts)


def _is_text(line: str) -> bool:
    stripped = line.strip()
    return bool(stripped) and "    " not in stripped and "...." not in stripped


class _Periods:
    """The periods of a filing's columns by the words for them."""

    def __init__(self, periods: Iterable[Period]) -> None:
        distinct = set(periods)
        self._durations = sorted(period for period in distinct if isinstance(period, Duration))
        self._instants = sorted(period for period in distinct if isinstance(period, Instant))

    def resolve(self, years: Sequence[Token], instants: bool) -> list[Period | None]:
        """Return the period of each year, None where no column has it or it is not certain which is meant."""
        candidates: list[Period] = list(self._instants) if instants else []
        if not instants:
            least, most = _DAYS_OF_MONTHS[years[0].months]
            candidates = [d for d in self._durations if least <= (d.end - d.start).days + 1 <= most]
        found = [[p for p in candidates if _is_of(p, year, 0)] for year in years]
        if any(_end(p).month <= _LAST_EARLY_MONTH for p in candidates) and all(year.month is None for year in years):
            earlier = [[p for p in candidates if _is_of(p, year, 1)] for year in years]
            if sum(map(bool, earlier)) == sum(map(bool, found)):
                return [None] * len(years)
            found = max(found, earlier, key=lambda each: sum(map(bool, each)))
        return [each[0] if len(each) == 1 else None for each in found]


def _is_of(period: Period, year: Token, later: int) -> bool:
    """Whether a period ends in a year, or `later`, and near the day that is printed, if one is."""
    end = _end(period)
    if year.month is None:
        return end.year == year.year + later
    last = monthrange(year.year, year.month)[1]
    return abs((end - date(year.year, year.month, min(year.day or last, last))).days) <= _MOST_DAYS_OFF


def _end(period: Period) -> date:
    return period.day if isinstance(period, Instant) else period.end


def _claims(
    stated: Sequence[StatedAmount],
    sentence: _Sentence,
    periods: _Periods,
    index: int,
    scales: Scales,
) -> Iterator[Claim]:
    concept = load_taxonomy().concepts[stated[0].concept]
    found = periods.resolve([each.year for each in stated], concept.period_type == "instant")
    place = sentence.passage.place(sentence.start)
    power = scales.power(stated, place.line) if any(found) else None
    for each, period in zip(stated, found, strict=True):
        own = each.power if each.power is not None else power
        if period is None or own is None:
            continue
        line, column = sentence.passage.place(sentence.start + each.amount.start)
        source = TextSpan(index, line, column, column + each.amount.end - each.amount.start)
        value = each.amount.value.scaleb(own)
        yield Claim(each, period, value, _decimals(value, each.amount.places - own), source)


def _decimals(value: Decimal, decimals: int) -> int:
    """Return the decimals of an amount in whole dollars; groups of three zeros at its end are taken for rounding."""
    if decimals or not value:
        return decimals
    return -next(3 * groups for groups in range(4, -1, -1) if not value % 1000**groups)


def _without_contradictions(claims: Iterable[Claim]) -> list[Claim]:
    """Return the most precise claim of each concept and period; none if another contradicts it."""
    groups: dict[tuple[str, Period], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.stated.concept, claim.period), []).append(claim)
    precise = [(max(group, key=lambda claim: claim.decimals), group) for group in groups.values()]
    return [claim for claim, group in precise if all(_rounds_to(claim, other) for other in group)]


def _rounds_to(exact: Claim, stated: Claim) -> bool:
    return abs(exact.value - stated.value) <= Decimal(5).scaleb(-stated.decimals - 1)


def _item(claim: Claim, columns: Sequence[Column]) -> LineItem:
    token = claim.stated.amount
    printed = Amount(token.value, token.places, currency="$", grouped=token.value >= 1000)
    figure = Figure(claim.value, claim.decimals, printed, claim.source)
    figures = tuple(figure if column.period == claim.period else None for column in columns)
    return LineItem(claim.stated.label, (claim.stated.concept,), 0, False, UnitKind.MONETARY, figures, claim.source)
