"""Which primary statement a table is, told by its title and by its captions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from converter.statements.model import Qualifier, StatementKind
from converter.tables import Announced, ScannedLine, Shape, announced
from converter.vocabulary import KeywordPattern, keyword_pattern


def _sign(weight: int, words: str, expression: str = "") -> tuple[int, KeywordPattern]:
    """How much a keyword_pattern in small letters speaks for a statement."""
    return weight, keyword_pattern(words, expression, re.M)


_CONTENT = {
    StatementKind.BALANCE_SHEET: (
        _sign(3, "total assets", r"total assets$"),
        _sign(3, "total liabilities", r"total liabilities\W*(and|&).*(equity|deficit|investment|capital)"),
        _sign(2, "total current", r"total current (assets|liabilities)$"),
        _sign(2, "total liabilities", r"total liabilities$"),
        _sign(
            2,
            "holders|owners|partners|total equity|total capital",
            r"(total )?(stock|share)[ -]?(holders|owners)\W*s?\W* (equity|deficit|investment)|total (equity|"
            r"capital)$|partners\W* (capital|equity)",
        ),
        _sign(
            1,
            "common|preferred|retained|deficit|paid|excess of par|treasury",
            r"retained earnings|accumulated deficit|paid[- ]in|excess of par|treasury stock|(common|"
            r"preferred) (stock|shares)",
        ),
        _sign(
            1,
            "receivable|loans|deposits",
            r"(accounts|trade|notes|loans|mortgages?) (and \w+ )?receivable|receivables|^loans|deposits",
        ),
        _sign(
            1,
            "cash|inventor|property|equipment",
            r"inventor(y|ies)|cash and (cash )?equivalents|cash and due from banks|^cash$|property|equipment",
        ),
        _sign(
            1,
            "payable|accrued|borrowings|long-term debt",
            r"(accounts|notes|dividends|taxes|interest) payable|accrued|borrowings|long-term debt",
        ),
    ),
    StatementKind.INCOME: (
        _sign(
            2,
            "income|loss|earnings",
            r"net \(?(income|loss|earnings)|^\(?(loss|income|earnings)\)? (for the|from continuing)",
        ),
        _sign(
            2,
            " before ",
            r"(income|loss|earnings)\)? before .*(tax|extraordinary|minority|cumulative|equity|discontinued)",
        ),
        _sign(2, "per |basic|primary|diluted", r"per (\w+ ){0,4}(share|unit)|^(basic|primary|(fully )?diluted)"),
        _sign(1, "tax", r"(provision|benefit).* (for|from) (\w+ )?(income )?taxes|income tax(es)?( |$)"),
        _sign(
            1,
            "sales|revenue|premiums|total interest income|royalt",
            r"^(total )?(net )?(sales|revenues?|operating revenues?|premiums)|net sales|total revenues?|"
            r"total interest income|royalt",
        ),
        _sign(
            1,
            "cost|gross |provision for |net interest income",
            r"^costs? (of|and)|gross (profit|margin)|provision for (loan|credit|possible)|net interest income",
        ),
        _sign(
            1,
            "administrative|general|selling|research|marketing|salaries|compensation|product development|occupancy",
            r"^(selling|general|research|marketing|salaries|compensation|sales and marketing|"
            r"product development)|administrative|occupancy",
        ),
        _sign(
            1,
            "income|loss|profit|from operations|total ",
            r"(operating|\(loss\)|income|loss|profit) (income|profit|loss|from operations)|operating \(?(loss|"
            r"income)|total (costs|(operating |noninterest |non-interest )?expenses)",
        ),
        _sign(
            1,
            "income|expense|depreciation|amortization",
            r"interest (expense|income)|other (income|expense)|depreciation|amortization",
        ),
        _sign(1, "shares", r"(average|number of).*shares|shares (used|outstanding)"),
    ),
    StatementKind.CASH_FLOW: (
        _sign(
            3,
            "operat",
            r"(operating|operations)\b.*activities|(provided|used|generated|from).* (by|in|from|for) operat",
        ),
        _sign(3, "invest", r"investing|investment activities"),
        _sign(3, "financing"),
        _sign(
            2,
            "beginning of|end of",
            r"(cash|equivalents).*(beginning|end) of|(beginning|end) of (the )?(year|period|quarter)",
        ),
        _sign(2, "in cash", r"(increase|decrease|change)\)? in cash"),
        _sign(1, "depreciation|amortization"),
        _sign(1, "purchase|acquisition|proceeds|payment|additions|capital expenditures|dividends paid|borrowings"),
        _sign(1, " in | paid", r"(increase|decrease|change)s?\)? in |cash paid|income taxes paid|interest paid"),
    ),
}
STRONG = 8
LIKELY = 4
_ENOUGH = 3
_KIND_OF = {
    Announced.BALANCE_SHEET: StatementKind.BALANCE_SHEET,
    Announced.INCOME: StatementKind.INCOME,
    Announced.CASH_FLOW: StatementKind.CASH_FLOW,
}
_NOT_PLAIN = re.compile(r"selected|summary|highlights|quarterly|segment|supplement", re.I)
_DATA = re.compile(r"\bdata\b(?!\))", re.I)
_PARENT = keyword_pattern(
    "parent|registrant",
    r"parent\s+(?:company|only|corporation)|(?:condensed\s+)?financial\s+(?:information|"
    r"statements)\s+of\s+(?:the\s+)?(?:registrant|parent)|\(parent",
)
_QUALIFIERS = (
    (Qualifier.PARENT_ONLY, _PARENT),
    (Qualifier.PRO_FORMA, keyword_pattern("forma", r"pro[\s-]*forma")),
    (Qualifier.PREVIOUSLY_REPORTED, keyword_pattern("reported", r"(?:previously|originally)\s+reported")),
    (Qualifier.RESTATED, keyword_pattern("restated", r"(?<!un)\brestated\b")),
    (Qualifier.PREDECESSOR, keyword_pattern("predecessor")),
)


class Classification(Struct, frozen=True):
    """`kind` is None for a table that is no primary statement; `reason` then says what it looks like."""

    kind: StatementKind | None
    title: str
    titled: bool
    reason: str = ""


def content_scores(captions: Iterable[str]) -> Mapping[StatementKind, int]:
    """How much the captions and headings of a table speak for each statement."""
    return _scores(
        "\n".join({" ".join(caption.split()).rstrip(" :."): None for caption in dict.fromkeys(captions)}).lower()
    )


@lru_cache(maxsize=256)
def _scores(text: str) -> Mapping[StatementKind, int]:
    return {kind: sum(weight for weight, said in signs if said.search(text, text)) for kind, signs in _CONTENT.items()}


def find_title(zone: Sequence[ScannedLine]) -> tuple[Announced | None, str]:
    """The nearest line above a table that announces a statement; a title may be broken over two lines."""
    lines = [line for line in zone if line.shape in (Shape.TEXT, Shape.YEARS)]
    for position in range(len(lines) - 1, -1, -1):
        text = lines[position].text.strip()
        found = announced(text)
        if found is None and position and lines[position - 1].index == lines[position].index - 1:
            text = f"{lines[position - 1].text.strip()} {text}"
            found = announced(text) if len(text) < 140 else None
        if found is not None:
            return found, " ".join(text.split())
    return None, ""


def classify(zone: Sequence[ScannedLine], captions: Sequence[str]) -> Classification:
    """The statement a table is. A title and fitting captions, or captions that leave no doubt."""
    title_kind, title = find_title(zone)
    scores = content_scores(captions)
    best = max(scores, key=lambda kind: scores[kind])
    if title_kind is Announced.EQUITY:
        return Classification(None, title, True, f"{title!r} is no balance sheet, income or cash flow statement")
    if title_kind in _KIND_OF:
        kind = _KIND_OF[title_kind]
        if scores[kind] >= _ENOUGH and scores[kind] * 2 >= scores[best]:
            return Classification(kind, title, not _DATA.search(title))
        if scores[best] >= STRONG:
            return Classification(best, title, not _DATA.search(title))
        return Classification(
            None, title, True, f"titled {title!r}, but its captions are not those of such a statement"
        )
    if title_kind in (Announced.SELECTED, Announced.SEGMENT, Announced.PRO_FORMA) and (
        _NOT_PLAIN.search(title) or title_kind is Announced.PRO_FORMA
    ):
        return Classification(None, title, True, f"{title!r} is no primary statement")
    if scores[best] >= STRONG:
        return Classification(best, title, False)
    return Classification(None, title, False, "its captions are not those of a primary statement")


def find_qualifier(text: str) -> Qualifier | None:
    """What a title or a column's heading says beside the plain figures: restated, pro forma, parent only ..."""
    lowered = text.lower()
    return next((qualifier for qualifier, said in _QUALIFIERS if said.search(text, lowered)), None)
