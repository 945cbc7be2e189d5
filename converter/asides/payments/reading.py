"""Tables of payments by the year in which they are due: minimum rent of leases, maturities of long-term debt.

Such a table proves itself: its rows are the years after the balance sheet, one by one, then "thereafter"; they add up
to its total; and the sentence above, the heading of the column or the caption of the total says what is to be paid.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import count as count_from
from itertools import takewhile
from typing import NamedTuple

from msgspec import Struct

from converter.statements import ONE, DocumentTables, Scale, read_scale, scale_above
from converter.tables import FigureCell, TableRow
from converter.vocabulary import expression

_FEWEST_YEARS = 3
_NAMED_YEARS = 5
"""So many years have a concept each."""
_LAST_EARLY_MONTH = 2
"""A fiscal year that ends by this month may be called after the year before."""
_MAX_COLUMNS = 6
_MOST_LINES = 14
"""So many lines above the first year may say what is to be paid."""
_MOST_BELOW = 8
_YEARS = range(1980, 2060)
_YEAR_CAPTION = expression(
    r"\W*(?:(?:fiscal|calendar|the|for|in|years?|ended|ending|end|twelve|months)\s+){0,6}"
    r"(?:[a-z]{3,9}\.?\s+\d{1,2},?\s+)?((?:19|20)\d\d)\W*\Z",
    re.I,
)
_THEREAFTER = expression(
    r"\W*(?:and\s+)?(?:thereafter|later\s+years?|subsequent\s+years?|beyond|after\s+(?:\d{4}|\w{1,5}\s+years))\b"
    r"|.{0,40}\b(?:thereafter|beyond|later|after)\W*\Z",
    re.I,
)
_INTEREST = expression(r"interest", re.I)
_PRESENT_VALUE = expression(r"present\s+value", re.I)
_RECEIVED = expression(r"receiv|lessor|tenant|income|collect|sub-?\s?lease", re.I)
_OF_LEASES = expression(r"\b(?:capital(?:ized)?|operating)\W*\Z", re.I)
"""How headings of columns of leases end."""
_MOST_HEADING_LINES = 4
_LONGEST_PIECE = 30
_PIECE = expression(r"\S+(?: \S+)*")
_IS_HEADING = expression(r"\s{20}|\s*\S+(?: {1,2}\S+)* {3}")
"""A line that begins far to the right or has a wide gap: lines of a paragraph, also of a justified one, do not."""
_HAS_WORD = expression(r"\w")
_NET = expression(r"\bnet\b", re.I)
_SENTENCE_END = expression(r"[.]\s+(?=[A-Z])")


class Kind(Struct, frozen=True):
    """What is to be paid: the words for it, the concepts of the years, of the later ones and of the total."""

    words: re.Pattern[str]
    years: tuple[str, ...]
    later: str
    total: str | None


def _lease(stem: str, words: str) -> Kind:
    years = ("Current", "InTwoYears", "InThreeYears", "InFourYears", "InFiveYears")
    return Kind(expression(words, re.I), tuple(stem + year for year in years), f"{stem}Thereafter", stem)


_OPERATING = _lease(
    "OperatingLeasesFutureMinimumPaymentsDue",
    r"operating\s+lease|non-?\s?cancell?able\s+(?:\w+\s+)?leases?|minimum\s+(?:\w+\s+)?rental",
)
_CAPITAL = _lease("CapitalLeasesFutureMinimumPaymentsDue", r"capital(?:ized)?\s+lease")
_PRINCIPAL = "LongTermDebtMaturitiesRepaymentsOfPrincipal"
_DEBT = Kind(
    expression(r"(?:maturit|matur|principal|repayment|payments).{0,80}\b(?:debt|notes|borrowings)\b"
               r"|\b(?:debt|notes|borrowings)\b.{0,80}(?:matur|principal)", re.I),
    tuple(f"{_PRINCIPAL}In{year}" for year in ("NextTwelveMonths", "YearTwo", "YearThree", "YearFour", "YearFive")),
    f"{_PRINCIPAL}AfterYearFive",
    None,
)  # fmt: skip
_KINDS = (_OPERATING, _CAPITAL, _DEBT)
_CAPITAL_INTEREST = "CapitalLeasesFutureMinimumPaymentsInterestIncludedInPayments"
_CAPITAL_VALUE = "CapitalLeasesFutureMinimumPaymentsPresentValueOfNetMinimumPayments"


class Payment(NamedTuple):
    """A figure of a table with its concept, and the factor to whole units."""

    concept: str
    row: TableRow
    cell: FigureCell
    factor: Decimal


class _Years(NamedTuple):
    """The rows of the years in order, that of all later years, those below, and the lines above the first."""

    years: Sequence[TableRow]
    later: TableRow | None
    below: Sequence[TableRow]
    first_column: int
    above: Sequence[str]


def find_payments(tables: DocumentTables, day: date, factor: Decimal, largest: Decimal) -> Iterator[list[Payment]]:
    """Yield what each column of the tables of a document says is due after `day`, that of the balance sheet.

    `factor` is that of the balance sheet's amounts, for tables that state none, and `largest` the largest of them: what
    is more than that is read in the wrong scale.
    """
    texts = tables.document.texts
    for _, draft in tables.other_tables():
        if len(draft.rows) <= _FEWEST_YEARS or len(draft.block.columns) > _MAX_COLUMNS:
            continue
        for found in _runs_of_years(draft.rows, day, texts):
            is_first = found.years[0] is draft.rows[0]
            scale = read_scale(found.above) or (scale_above(draft) if is_first else None) or Scale(factor)
            for column in range(found.first_column, len(draft.block.columns)):
                payments = list(_read_column(found, column, scale))
                if payments and max(abs(each.cell.token.amount.value) * each.factor for each in payments) <= largest:
                    yield payments


def _runs_of_years(rows: Sequence[TableRow], day: date, texts: Sequence[str]) -> Iterator[_Years]:
    """Yield the rows of the years after `day`, one by one: a table may hold several notes."""
    expected = {day.year + 1, day.year} if day.month <= _LAST_EARLY_MONTH else {day.year + 1}
    printed = [_year_of(row) for row in rows]
    for start, first in enumerate(printed):
        if first not in expected or first is None:
            continue
        count = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(printed[start:], count_from(first))))
        if count < _FEWEST_YEARS:
            continue
        below = rows[start + count : start + count + _MOST_BELOW]
        later = below[0] if below and _THEREAFTER.match(below[0].label) else None
        line = rows[start].anchor.line
        top = max(line - _MOST_LINES, rows[start - 1].anchor.line + 1 if start else 0, 0)
        yield _Years(
            rows[start : start + count],
            later,
            below[1:] if later else below,
            0 if rows[start].label.strip() else 1,
            [text for text in texts[top:line] if _HAS_WORD.search(text)],
        )


def _year_of(row: TableRow) -> int | None:
    """Return the year that a row's caption is; without a caption, its first figure may be the year."""
    label = row.label.strip()
    if label:
        match = _YEAR_CAPTION.match(" ".join(label.split()))
        return int(match[1]) if match else None
    first = row.cells[0]
    if first is None or first.token.amount.grouped or first.token.amount.currency or first.token.amount.places:
        return None
    value = first.token.amount.value
    return int(value) if value in _YEARS else None


def _read_column(found: _Years, column: int, scale: Scale) -> Iterator[Payment]:
    """Yield the payments of a column, if it adds up and it is certain what they are for."""
    due = [row for row in (*found.years, *([found.later] if found.later else ())) if row.cells[column] is not None]
    total = next((row for row in found.below if row.cells[column] is not None), None)
    if len(due) < _FEWEST_YEARS or total is None or not _adds_up(due, total, column):
        return
    kind = _kind_of(found, column, total)
    if kind is None:
        return
    for row, concept in zip(found.years, kind.years, strict=False):
        if (cell := row.cells[column]) is not None:
            yield Payment(concept, row, cell, scale.money)
    if found.later and (cell := found.later.cells[column]) is not None and len(found.years) == _NAMED_YEARS:
        yield Payment(kind.later, found.later, cell, scale.money)
    if kind.total and (cell := total.cells[column]) is not None:
        yield Payment(kind.total, total, cell, scale.money)
    if kind is _CAPITAL:
        yield from _interest(found.below, total, column, scale.money)


def _adds_up(rows: Sequence[TableRow], total: TableRow, column: int) -> bool:
    """Whether the figures of rows add up to that of the total, up to rounding."""
    difference = sum(_value(row, column) for row in rows) - _value(total, column)
    amount = total.cells[column]
    unit = Decimal(1).scaleb(-amount.token.amount.places) if amount else ONE
    return bool(_value(total, column)) and abs(difference) * 2 <= unit * (len(rows) // 3)


def _value(row: TableRow, column: int) -> Decimal:
    cell = row.cells[column]
    return Decimal(0) if cell is None or cell.token.amount.absent else cell.token.amount.value


def _kind_of(found: _Years, column: int, total: TableRow) -> Kind | None:
    """Return what the payments of a column are for, None if it is not certain."""
    last = _SENTENCE_END.split(" ".join(" ".join(found.above).split()).rstrip(":. "))[-1]
    captions = " ".join(row.label for row in found.below if row.cells[column] is not None)
    heading = _heading(found, column)
    if _OF_LEASES.search(heading) and "lease" in f"{last} {captions}".lower():
        heading += " leases"
    is_capital = _INTEREST.search(captions) is not None and _PRESENT_VALUE.search(captions) is not None
    is_single = all(row.cells[i] is None for row in found.years for i in _other_columns(found, column))
    if _NET.search(heading) or ("operating" in heading.lower() and "capital" in heading.lower()):
        return None
    for text in (heading, total.label, last if is_single else ""):
        if _RECEIVED.search(text):
            return None
        kinds = [kind for kind in _KINDS if kind.words.search(text)]
        if len(kinds) == 1:
            return kinds[0] if kinds[0] is _CAPITAL or not is_capital else None
    return _CAPITAL if is_capital and _CAPITAL.words.search(last) else None


def _other_columns(found: _Years, column: int) -> Iterator[int]:
    return (i for i in range(found.first_column, len(found.years[0].cells)) if i != column)


def _heading(found: _Years, column: int) -> str:
    """Return the short pieces of the lines above that stand over the figures of a column."""
    tokens = [cell.token for row in found.years if (cell := row.cells[column]) is not None]
    left, right = min(token.start for token in tokens), max(token.end for token in tokens)
    lines = [line for line in found.above[-_MOST_HEADING_LINES:] if _IS_HEADING.match(line)]
    pieces = (piece for line in lines for piece in _PIECE.finditer(line))
    return " ".join(
        piece[0]
        for piece in pieces
        if piece.end() - piece.start() <= _LONGEST_PIECE and piece.start() < right and left < piece.end()
    )


def _interest(below: Sequence[TableRow], total: TableRow, column: int, factor: Decimal) -> Iterator[Payment]:
    """Yield the interest in the payments for capital leases and their present value, if these make the total."""
    rest = [row for row in below if row is not total and row.cells[column] is not None][:3]
    interest = next((row for row in rest if _INTEREST.search(row.label)), None)
    value = next((row for row in rest if _PRESENT_VALUE.search(row.label)), None)
    if interest is None or value is None or interest is value:
        return
    if _value(total, column) - abs(_value(interest, column)) != _value(value, column):
        return
    for concept, row in ((_CAPITAL_INTEREST, interest), (_CAPITAL_VALUE, value)):
        if (cell := row.cells[column]) is not None:
            yield Payment(concept, row, cell, factor)
