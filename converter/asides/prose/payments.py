"""Sentences below a cash flow statement that say what was paid for interest and income taxes in its periods.

"Interest paid totaled $117, $95 and $86 in 2005, 2004 and 2003, respectively." Amounts without "million" are in the
scale of the statement, or in whole units if they are rounded to thousands.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from converter.asides.prose.passages import Passage, read_passages
from converter.filing import Filing, TextSpan
from converter.statements import Figure, LineItem, Origin, Statement, StatementKind, UnitKind
from converter.vocabulary import MONTH_NAME, Amount, Duration, has_any

_MOST_LINES = 30
"""So many lines below the last row of a statement are read, at most; a page break ends them."""
_FACTORS = {"million": Decimal(10**6), "billion": Decimal(10**9)}
_WORDS = ("interest", "tax")
_PAGE = re.compile(r"\s*<PAGE>", re.I)
_PAID = r"(?P<{}>interest|(?:income )?taxes)"
_AMOUNT = r"\$ ?[\d,]+(?:\.\d+)?(?: million| billion)?"
_YEAR = r"(?:fiscal )?(?:19|20)\d\d"
_PAYMENT = re.compile(
    r"(?:the company(?:'s)? |we |our )?(?:(?:made )?(?:cash )?(?:payments?|paid) (?:made )?(?:for |of )?"
    rf"{_PAID.format('object')}|{_PAID.format('subject')} (?:paid|payments?))"
    r"(?P<net>,? \(?net of (?:amounts? |interest )?(?:capitalized(?: interest)?|refunds(?: received)?)\)?,?)? "
    rf"(?:totall?ed|was|were|amounted to|aggregated|of) (?P<amounts>{_AMOUNT}(?:(?:,? and|,) {_AMOUNT}){{0,4}})"
    rf",? (?:in|for|during) (?:the )?(?:fiscal )?(?:years? )?(?:ended {MONTH_NAME} \d\d?, )?"
    rf"(?P<years>{_YEAR}(?:(?:,? and|,) {_YEAR}){{0,4}})(?:,? respectively)?[.,]?",
    re.I,
)
_ONE_AMOUNT = re.compile(r"\$ ?(?P<digits>[\d,]*\d(?:\.\d+)?)(?: (?P<unit>million|billion))?", re.I)
_ONE_YEAR = re.compile(r"(?:19|20)\d\d")


def find_payments(filing: Filing, statements: Sequence[Statement]) -> Iterator[Statement]:
    """Yield what sentences below each cash flow statement state, as a `prose` statement with its columns."""
    for statement in statements:
        if statement.kind is StatementKind.CASH_FLOW and statement.origin is Origin.PRIMARY and statement.items:
            items = tuple(_items(statement, filing.documents[statement.document].texts))
            if items:
                yield replace(statement, items=items, printed=0, origin=Origin.PROSE)


def _items(statement: Statement, texts: Sequence[str]) -> Iterator[LineItem]:
    first = max(item.source.line for item in statement.items) + 1
    last = next((i for i in range(first, min(first + _MOST_LINES, len(texts))) if _PAGE.match(texts[i])), len(texts))
    below = texts[first : min(last, first + _MOST_LINES)]
    stated: dict[str, LineItem] = {}
    for passage in read_passages(below) if has_any("\n".join(below).lower(), _WORDS) else ():
        for start, end in passage.sentences():
            match = _PAYMENT.search(passage.text, start, end)
            whole = match and match.end() == end and _is_heading(passage.text[start : match.start()])
            item = _item(statement, passage, match, first) if match and whole else None
            if item:
                stated.setdefault(item.sections[0], item)
    yield from stated.values()


def _is_heading(text: str) -> bool:
    """Whether what stands before a sentence in its paragraph is nothing, or a heading."""
    text = text.strip()
    return not text or text.endswith(":") or text.lower().startswith("supplement")


def _item(statement: Statement, passage: Passage, match: re.Match[str], first: int) -> LineItem | None:
    """Make a row of a sentence; `first` is the index of the line from which on the passage was read.

    None if it does not name one column for each amount, or amounts larger than any figure of the statement.
    """
    amounts = list(_ONE_AMOUNT.finditer(passage.text, match.start("amounts"), match.end("amounts")))
    columns = [_column_of(statement, int(year)) for year in _ONE_YEAR.findall(match["years"])]
    if None in columns or len(columns) != len(amounts) or len(set(columns)) < len(columns):
        return None
    factor = _factor(statement, amounts)
    figures: list[Figure | None] = [None] * len(statement.columns)
    for column, amount in zip(columns, amounts, strict=True):
        line, start = passage.place(amount.start("digits"))
        source = TextSpan(statement.document, first + line, start, start + len(amount["digits"]))
        assert column is not None  # see above
        figures[column] = _figure(amount, factor, source)
    if any(figure and figure.value > _largest(statement) for figure in figures):
        return None
    paid = (match["object"] or match["subject"]).lower()
    measure = ("interest paid" if paid == "interest" else "income taxes paid") + (", net" if match["net"] else "")
    source = next(figure.source for figure in figures if figure)
    return LineItem(measure.capitalize(), (measure,), 0, False, UnitKind.MONETARY, tuple(figures), source)


def _column_of(statement: Statement, year: int) -> int | None:
    """The index of the one column whose heading names a year; else of the one whose period ends in it."""
    columns = [(i, column) for i, column in enumerate(statement.columns) if column.qualifier is None]
    named = [i for i, column in columns if str(year) in column.heading]
    named = named or [
        i for i, column in columns if isinstance(column.period, Duration) and column.period.end.year == year
    ]
    return named[0] if len(named) == 1 else None


def _factor(statement: Statement, amounts: Sequence[re.Match[str]]) -> Decimal:
    """The factor of amounts without a unit of their own: that of the statement, or one if all end with thousands."""
    if all(amount["digits"].endswith(",000") for amount in amounts):
        return Decimal(1)
    return next((item.factor for item in statement.items if item.unit is UnitKind.MONETARY), Decimal(1))


def _figure(match: re.Match[str], factor: Decimal, source: TextSpan) -> Figure:
    digits, unit = match["digits"], match["unit"]
    factor = _FACTORS[unit.lower()] if unit else factor
    places = len(digits.partition(".")[2])
    amount = Amount(Decimal(digits.replace(",", "")), places, currency="$", grouped="," in digits)
    rounded = 3 if factor == 1 and digits.endswith(",000") else 0
    return Figure(amount.value * factor, places - factor.adjusted() - rounded, amount, source)


def _largest(statement: Statement) -> Decimal:
    return max(
        (abs(f.value) for item in statement.items if item.unit is UnitKind.MONETARY for f in item.figures if f),
        default=Decimal(0),
    )
