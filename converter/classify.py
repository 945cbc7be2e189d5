"""Which primary statement a table is, told by its title and by its captions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from converter.statements import Kind, Qualifier
from converter.tables import ScannedLine, Shape
from converter.titles import Announced, announced

_M = re.M
_CONTENT: dict[Kind, tuple[tuple[int, re.Pattern[str]], ...]] = {
    Kind.BALANCE_SHEET: (
        (3, re.compile(r"total assets$", _M)),
        (3, re.compile(r"total liabilities\W*(and|&).*(equity|deficit|investment|capital)", _M)),
        (2, re.compile(r"total current (assets|liabilities)$", _M)),
        (2, re.compile(r"total liabilities$", _M)),
        (
            2,
            re.compile(
                r"(total )?(stock|share)[ -]?(holders|owners)\W*s?\W* (equity|deficit|investment)|total (equity|"
                r"capital)$|partners\W* (capital|equity)",
                _M,
            ),
        ),
        (
            1,
            re.compile(
                r"retained earnings|accumulated deficit|paid[- ]in|excess of par|treasury stock|(common|"
                r"preferred) (stock|shares)",
                _M,
            ),
        ),
        (
            1,
            re.compile(
                r"(accounts|trade|notes|loans|mortgages?) (and \w+ )?receivable|receivables|^loans|deposits", _M
            ),
        ),
        (
            1,
            re.compile(
                r"inventor(y|ies)|cash and (cash )?equivalents|cash and due from banks|^cash$|property|equipment", _M
            ),
        ),
        (1, re.compile(r"(accounts|notes|dividends|taxes|interest) payable|accrued|borrowings|long-term debt", _M)),
    ),
    Kind.INCOME: (
        (2, re.compile(r"net \(?(income|loss|earnings)|^\(?(loss|income|earnings)\)? (for the|from continuing)", _M)),
        (
            2,
            re.compile(
                r"(income|loss|earnings)\)? before .*(tax|extraordinary|minority|cumulative|equity|discontinued)", _M
            ),
        ),
        (2, re.compile(r"per (\w+ ){0,4}(share|unit)|^(basic|primary|(fully )?diluted)", _M)),
        (1, re.compile(r"(provision|benefit).* (for|from) (\w+ )?(income )?taxes|income tax(es)?( |$)", _M)),
        (
            1,
            re.compile(
                r"^(total )?(net )?(sales|revenues?|operating revenues?|premiums)|net sales|total revenues?|"
                r"total interest income|royalt",
                _M,
            ),
        ),
        (
            1,
            re.compile(
                r"^costs? (of|and)|gross (profit|margin)|provision for (loan|credit|possible)|net interest income", _M
            ),
        ),
        (
            1,
            re.compile(
                r"^(selling|general|research|marketing|salaries|compensation|sales and marketing|"
                r"product development)|administrative|occupancy",
                _M,
            ),
        ),
        (
            1,
            re.compile(
                r"(operating|\(loss\)|income|loss|profit) (income|profit|loss|from operations)|operating \(?(loss|"
                r"income)|total (costs|(operating |noninterest |non-interest )?expenses)",
                _M,
            ),
        ),
        (1, re.compile(r"interest (expense|income)|other (income|expense)|depreciation|amortization", _M)),
        (1, re.compile(r"(average|number of).*shares|shares (used|outstanding)", _M)),
    ),
    Kind.CASH_FLOW: (
        (
            3,
            re.compile(
                r"(operating|operations)\b.*activities|(provided|used|generated|from).* (by|in|from|for) operat", _M
            ),
        ),
        (3, re.compile(r"investing|investment activities", _M)),
        (3, re.compile(r"financing", _M)),
        (2, re.compile(r"(cash|equivalents).*(beginning|end) of|(beginning|end) of (the )?(year|period|quarter)", _M)),
        (2, re.compile(r"(increase|decrease|change)\)? in cash", _M)),
        (1, re.compile(r"depreciation|amortization", _M)),
        (
            1,
            re.compile(
                r"(purchase|acquisition|proceeds|payment|repayment|additions|capital expenditures|dividends paid|"
                r"borrowings)",
                _M,
            ),
        ),
        (1, re.compile(r"(increase|decrease|change)s?\)? in |cash paid|income taxes paid|interest paid", _M)),
    ),
}
STRONG = 8
LIKELY = 4
_ENOUGH = 3
_KIND_OF = {
    Announced.BALANCE_SHEET: Kind.BALANCE_SHEET,
    Announced.INCOME: Kind.INCOME,
    Announced.CASH_FLOW: Kind.CASH_FLOW,
}
_NOT_PLAIN = re.compile(r"selected|summary|highlights|quarterly|segment|supplement", re.I)
_DATA = re.compile(r"\bdata\b(?!\))", re.I)
_PARENT = re.compile(
    r"parent\s+(?:company|only|corporation)|(?:condensed\s+)?financial\s+(?:information|"
    r"statements)\s+of\s+(?:the\s+)?(?:registrant|parent)|\(parent",
    re.I,
)
_QUALIFIERS = (
    (Qualifier.PARENT_ONLY, _PARENT),
    (Qualifier.PRO_FORMA, re.compile(r"pro[\s-]*forma", re.I)),
    (Qualifier.PREVIOUSLY_REPORTED, re.compile(r"(?:as\s+)?(?:previously|originally)\s+reported", re.I)),
    (Qualifier.RESTATED, re.compile(r"(?<!un)\brestated\b", re.I)),
    (Qualifier.PREDECESSOR, re.compile(r"predecessor", re.I)),
)


class Classification(Struct, frozen=True):
    """`kind` is None for a table that is no primary statement; `reason` then says what it looks like."""

    kind: Kind | None
    title: str
    titled: bool
    reason: str = ""


def content_scores(captions: Iterable[str]) -> Mapping[Kind, int]:
    """How much the captions and headings of a table speak for each statement."""
    return _scores(
        "\n".join({" ".join(caption.split()).rstrip(" :."): None for caption in dict.fromkeys(captions)}).lower()
    )


@lru_cache(maxsize=256)
def _scores(text: str) -> Mapping[Kind, int]:
    return {
        kind: sum(weight for weight, pattern in patterns if pattern.search(text)) for kind, patterns in _CONTENT.items()
    }


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
    for qualifier, pattern in _QUALIFIERS:
        if pattern.search(text):
            return qualifier
    return None
