"""Classify a table as one of the primary statements by its title and captions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from converter.statements.model import Qualifier, StatementKind
from converter.tables import ScannedLine, Shape, TableRow, TitleKind, has_title_word, read_hint, read_title
from converter.vocabulary import KeywordPattern, expression, has_any, keyword_pattern, wording


class _Clue(NamedTuple):
    """A pattern for lowercase captions and the score that a match adds to a statement."""

    weight: int
    pattern: KeywordPattern


def _clue(weight: int, words: str, expression: str = "") -> _Clue:
    return _Clue(weight, keyword_pattern(words, expression, re.M))


def _then(first: str, second: str) -> str:
    """Return an expression for a line with `first` and, after it, `second`; it reads each line twice at most."""
    return rf"^(?>.*?(?:{first})).*(?:{second})"


_CLUES = {
    StatementKind.BALANCE_SHEET: (
        _clue(3, "total assets", r"total assets$"),
        _clue(3, "total liabilities", _then(r"total liabilities\W*(and|&)", "equity|deficit|investment|capital")),
        _clue(2, "total current", r"total current (assets|liabilities)$"),
        _clue(2, "total liabilities", r"total liabilities$"),
        _clue(
            2,
            "holders|owners|partners|total equity|total capital",
            r"(stock|share)[ -]?(holders|owners)(\W*s)?\W* (equity|deficit|investment)|total (equity|"
            r"capital)$|partners\W* (capital|equity)",
        ),
        _clue(
            1,
            "common|preferred|retained|deficit|paid|excess of par|treasury",
            r"retained earnings|accumulated deficit|paid[- ]in|excess of par|treasury stock|(common|"
            r"preferred) (stock|shares)",
        ),
        _clue(
            1,
            "receivable|loans|deposits",
            r"(accounts|trade|notes|loans|mortgages?) (and \w+ )?receivable|receivables|^loans|deposits",
        ),
        _clue(
            1,
            "cash|inventor|property|equipment",
            r"inventor(y|ies)|cash and (cash )?equivalents|cash and due from banks|^cash$|property|equipment",
        ),
        _clue(
            1,
            "payable|accrued|borrowings|long-term debt",
            r"(accounts|notes|dividends|taxes|interest) payable|accrued|borrowings|long-term debt",
        ),
    ),
    StatementKind.INCOME: (
        _clue(
            2,
            "income|loss|earnings|profit",
            r"net \(?(income|loss|earnings)|^\(?(loss|income|earnings|profit)\)? (for the|from continuing)",
        ),
        _clue(
            2,
            " before ",
            _then(
                r"(income|loss|earnings|profit|activities)\)? before ",
                "tax|extraordinary|minority|cumulative|equity|discontinued",
            ),
        ),
        _clue(2, "per |basic|primary|diluted", r"per (\w+ ){0,4}(share|unit)|^(basic|primary|(fully )?diluted)"),
        _clue(1, "tax", _then("provision|benefit", r" (for|from) (\w+ )?(income )?taxes") + "|income tax(es)?( |$)"),
        _clue(
            1,
            "sales|revenue|turnover|premiums|total interest income|royalt",
            r"^(total )?(net )?(sales|revenues?|turnover|operating revenues?|premiums)|net sales|total revenues?|"
            r"total interest income|royalt",
        ),
        _clue(
            1,
            "cost|gross |provision for |net interest income",
            r"^costs? (of|and)|gross (profit|margin)|provision for (loan|credit|possible)|net interest income",
        ),
        _clue(
            1,
            "administrative|general|selling|research|marketing|salaries|compensation|product development|occupancy",
            r"^(selling|general|research|marketing|salaries|compensation|sales and marketing|"
            r"product development)|administrative|occupancy",
        ),
        _clue(
            1,
            "income|loss|profit|from operations|total ",
            r"(operating|\(loss\)|income|loss|profit) (income|profit|loss|from operations)|operating \(?(loss|"
            r"income)|total (costs|(operating |noninterest |non-interest )?expenses)",
        ),
        _clue(
            1,
            "income|expense|depreciation|amortization",
            r"interest (expense|income)|other (income|expense)|depreciation|amortization",
        ),
        _clue(1, "shares", _then("average|number of", "shares") + "|shares (used|outstanding)"),
    ),
    StatementKind.CASH_FLOW: (
        _clue(
            3,
            "operat",
            _then(r"(operating|operations)\b", "activities")
            + "|"
            + _then("provided|used|generated|from", " (by|in|from|for) operat"),
        ),
        _clue(3, "invest", r"investing|investment activities"),
        _clue(3, "financing"),
        _clue(
            2,
            "beginning of|end of",
            _then("cash|equivalents", "(beginning|end) of") + "|(beginning|end) of (the )?(year|period|quarter)",
        ),
        _clue(2, "in cash", r"(increase|decrease|change)\)? in cash"),
        _clue(1, "depreciation|amortization"),
        _clue(1, "purchase|acquisition|proceeds|payment|additions|capital expenditures|dividends paid|borrowings"),
        _clue(1, " in | paid", r"(increase|decrease|change)s?\)? in |cash paid|income taxes paid|interest paid"),
    ),
}
STRONG_SCORE = 8
"""The least score at which captions alone identify a statement."""
LIKELY_SCORE = 4
"""The least score at which a table may have rows of a statement."""
_HINTED_SCORE = 5
_TITLED_SCORE = 3
"""The least score at which captions confirm a title."""
_KIND_OF_TITLE = {
    TitleKind.BALANCE_SHEET: StatementKind.BALANCE_SHEET,
    TitleKind.INCOME: StatementKind.INCOME,
    TitleKind.CASH_FLOW: StatementKind.CASH_FLOW,
}
_NOT_PRIMARY = expression(r"selected|summary|highlights|quarterly|segment|supplement", re.I)
_DATA_WORD = expression(r"\bdata\b(?!\))", re.I)
_PARENT = keyword_pattern(
    "parent|registrant",
    r"parent\s+(?:company|only|corporation)|(?:condensed\s+)?financial\s+(?:information|"
    r"statements)\s+of\s+(?:the\s+)?(?:registrant|parent)|\(parent",
)
_PARTIAL_TITLE = expression(
    r"\b(?:summar(?:y|ized)|selected|highlights|supplement(?:al|ary)|average|quarterly|pro[\s-]*forma|guarantors?|"
    r"segments?|sectors?|unconsolidated|consolidating|combining|eliminations?|liquidity)\b",
    re.I,
)
_SPECIAL = "(?:special|unusual|non-?recurring|one-time|certain)"
_ADJUSTED_LINE = expression(
    r"\W{0,3}(?:unaudited\W{1,3})?(?:pro[ -]?forma\b|non[- ]?gaap\b|(?:as )?adjusted\W{0,2}$|normalized\W{0,2}$|"
    r"adjusted (?=.*\bstatements?\b)|on an? (?:comparable|adjusted|normalized|pro[ -]?forma) basis\b)|"
    r"\w.{0,40}\bstatements? of (?:adjusted|core|normalized|cash) (?:earnings|income|operations|results)\b",
    re.I,
)
"""A line of a title that says that the figures are not those of the accounting principles, as in "(Pro forma)"."""
_LEAVES_OUT = expression(
    r"\W{0,3}(?:(?:as )?adjusted|before|excluding|excludes|exclusive of|(?:operating|cash) basis)\b", re.I
)
_LEFT_OUT = expression(rf"\b(?:{_SPECIAL}|restructuring|merger|acquisition|amortization)\b", re.I)
"""What such a line leaves out of them, as in "(Excluding special items)"."""
_PART_OF_LINE = expression(r"[,;()] ?| [-\u2013\u2014] ")
_LONGEST_ADJUSTED_LINE = 90
_ACTUAL = expression(r"\bactual\b|\breported\b|\bhistorical\b|(?<!non)(?<!non[-\s])\bgaap\b", re.I)
_QUALIFIERS = (
    (Qualifier.PARENT_ONLY, _PARENT),
    (Qualifier.PRO_FORMA, keyword_pattern("forma|gaap", r"pro[\s-]*forma|\bnon[-\s]?gaap\b")),
    (
        Qualifier.PRO_FORMA,
        keyword_pattern("before|excluding", rf"\b(?:before|excluding)\s+{_SPECIAL}\s+(?:items|charges|costs|gains)\b"),
    ),
    (Qualifier.PREVIOUSLY_REPORTED, keyword_pattern("reported", r"(?:previously|originally)\s+reported")),
    (Qualifier.RESTATED, keyword_pattern("restated", r"(?<!un)\brestated\b")),
    (Qualifier.PREDECESSOR, keyword_pattern("predecessor")),
)
_WORDS_OF_QUALIFIERS = tuple(word for _, pattern in _QUALIFIERS for word in pattern.words)


class Classification(Struct, frozen=True):
    """The statement that a table is; `kind` is None if it is no primary statement, and `reason` then says why.

    `titled` is true if a title above the table names a kind of statement or of other table. `named` is the statement
    that a title names which the captions do not confirm: the table may be its first page.
    """

    kind: StatementKind | None
    title: str
    titled: bool
    reason: str = ""
    named: StatementKind | None = None


def content_scores(captions: Iterable[str]) -> Mapping[StatementKind, int]:
    """Score how well the captions and headings of a table fit each statement."""
    text = _text_of(captions)
    return {kind: _score(kind, text) for kind in _CLUES}


def content_score(kind: StatementKind, captions: Iterable[str]) -> int:
    """Score how well the captions and headings of a table fit one statement."""
    return _score(kind, _text_of(captions))


def _text_of(captions: Iterable[str]) -> str:
    return "\n".join({" ".join(caption.split()).rstrip(" :."): None for caption in dict.fromkeys(captions)}).lower()


@lru_cache(maxsize=256)
def _score(kind: StatementKind, text: str) -> int:
    return sum([weight for weight, pattern in _CLUES[kind] if pattern.search(text, text)])


def kind_of_title(title: str) -> StatementKind | None:
    """The primary statement that a title names; None if it names another table or none."""
    kind = read_title(title)
    return None if kind is None else _KIND_OF_TITLE.get(kind)


class Title(NamedTuple):
    """The title of a table, single-spaced; `kind` is None and `text` empty if there is none."""

    kind: TitleKind | None
    text: str


def find_title(zone: Sequence[ScannedLine]) -> Title:
    """Find the nearest line above a table that names a statement; a title may be broken over two lines."""
    lines = [line for line in zone if line.shape in (Shape.TEXT, Shape.YEARS)]
    worded = [has_title_word(line.text) for line in lines]
    for position in range(len(lines) - 1, -1, -1):
        if not any(worded[max(0, position - 1) : position + 1]):
            continue
        text = lines[position].text.strip()
        title_kind = read_title(lines[position].text)
        above = lines[position - 1] if position else None
        if title_kind is None and above is not None and above.index == lines[position].index - 1:
            text = f"{above.text.strip()} {text}"
            title_kind = read_title(text) if len(text) < 140 and read_title(above.text) is None else None
        if title_kind is not None:
            return Title(title_kind, " ".join(text.split()))
    return Title(None, "")


def find_hint(zone: Sequence[ScannedLine]) -> tuple[StatementKind | None, str]:
    """Find the nearest line above a table that hints at a statement without calling it one."""
    for line in reversed(zone):
        kind = _KIND_OF_TITLE.get(hint) if line.shape is Shape.TEXT and (hint := read_hint(line.text)) else None
        if kind is not None:
            return kind, " ".join(line.text.split())
    return None, ""


def classify(
    zone: Sequence[ScannedLine], scores: Mapping[StatementKind, int], rows: Sequence[TableRow] = ()
) -> Classification:
    """Classify a table: by a title that its captions confirm, else by captions that leave no doubt.

    `scores` are those of the captions, see `content_scores`. Two equal totals of the `rows` confirm the
    title of a balance sheet.
    """
    title_kind, title = find_title(zone)
    best_kind = max(scores, key=lambda kind: scores[kind])
    if title_kind is TitleKind.EQUITY:
        return Classification(None, title, True, f"{title!r} is no balance sheet, income or cash flow statement")
    if title_kind in _KIND_OF_TITLE:
        kind = _KIND_OF_TITLE[title_kind]
        confirmed = scores[kind] >= _TITLED_SCORE and scores[kind] * 2 >= scores[best_kind]
        may_balance = kind is StatementKind.BALANCE_SHEET and scores[best_kind] < STRONG_SCORE
        if confirmed or (may_balance and _has_equal_totals(rows)):
            return Classification(kind, title, not is_partial(title))
        if scores[best_kind] >= STRONG_SCORE:
            return Classification(best_kind, title, not is_partial(title))
        reason = f"titled {title!r}, but its captions are not those of such a statement"
        return Classification(None, title, True, reason, None if is_partial(title) else kind)
    if title_kind in (TitleKind.SELECTED, TitleKind.SEGMENT, TitleKind.PRO_FORMA) and (
        _NOT_PRIMARY.search(title) or title_kind is TitleKind.PRO_FORMA
    ):
        return Classification(None, title, True, f"{title!r} is no primary statement")
    if scores[best_kind] >= STRONG_SCORE:
        return Classification(best_kind, title, False)
    hinted, hint = find_hint(zone) if scores[best_kind] >= _HINTED_SCORE else (None, "")
    if hinted == best_kind:
        return Classification(hinted, hint, False)
    return Classification(None, title, False, "its captions are not those of a primary statement")


def _has_equal_totals(rows: Sequence[TableRow]) -> bool:
    """Whether two rows that can be totals have the same figures."""
    totals = [row for row in rows if row.ruled or not row.label or wording(row.label).is_total]
    figures = [tuple(cell and cell.token.amount.value for cell in row.cells) for row in totals]
    return any(any(values) and values in figures[:i] for i, values in enumerate(figures))


def is_partial(title: str) -> bool:
    """Whether a title names a summary, a supplement, a part of the company, or other data than a statement's."""
    return _DATA_WORD.search(title) is not None or _PARTIAL_TITLE.search(title) is not None


@lru_cache(maxsize=4096)
def find_qualifier(text: str) -> Qualifier | None:
    """Return the qualifier that a title or column heading states: restated, pro forma, parent only ..."""
    lowered = text.lower()
    if not has_any(lowered, _WORDS_OF_QUALIFIERS):
        return None
    for qualifier, pattern in _QUALIFIERS:
        if pattern.search(text, lowered):
            return qualifier
    return None


@lru_cache(maxsize=4096)
def is_adjusted(text: str) -> bool:
    """Whether a line of a title, and no sentence, says that the figures leave out what the company chose to."""
    if len(text) > _LONGEST_ADJUSTED_LINE or text.endswith(".") or "$" in text or text[:1].islower():
        return False
    line = " ".join(text.split())
    in_parts = line.startswith("(") or "statement" in line.lower()
    return any(map(_says_adjusted, [line, *(_PART_OF_LINE.split(line) if in_parts else ())]))


def _says_adjusted(text: str) -> bool:
    return bool(_ADJUSTED_LINE.match(text) or (_LEAVES_OUT.match(text) and _LEFT_OUT.search(text)))


def is_actual(heading: str) -> bool:
    """Whether a column heading says that its figures are those reported."""
    return _ACTUAL.search(heading) is not None


def is_of_parent(text: str) -> bool:
    """Whether a title or column heading says that the figures are the parent's alone."""
    return _PARENT.search(text) is not None
