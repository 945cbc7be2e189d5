"""Recognise title lines: the statement or other kind of table that a title names."""

import re
from enum import StrEnum
from functools import lru_cache

from converter.vocabulary import MONTHS, has_any


class TitleKind(StrEnum):
    """The kind of table that a title names."""

    BALANCE_SHEET = "bs"
    INCOME = "is"
    CASH_FLOW = "cf"
    EQUITY = "equity"
    SELECTED = "selected"
    PRO_FORMA = "pro-forma"
    SEGMENT = "segment"


_STATEMENT = r"state?ments?"
_PATTERNS = (
    (
        TitleKind.CASH_FLOW,
        rf"{_STATEMENT}\s+of\s+(?:[\w']+\s+){{0,4}}?(?:changes\s+in\s+)?cash\s*(?:-\s*)?flows?|"
        rf"cash\s*flows?\s+{_STATEMENT}|sources?\s+and\s+uses?\s+of\s+cash",
    ),
    (
        TitleKind.BALANCE_SHEET,
        rf"balance\s+sheets?|{_STATEMENT}\s+of\s+(?:[\w']+\s+){{0,3}}?(?:financial\s+)?(?:condition|"
        rf"position)|{_STATEMENT}\s+of\s+(?:[\w']+\s+){{0,2}}?assets(?:,|\s+and)\s+liabilities|"
        rf"{_STATEMENT}\s+of\s+net\s+assets",
    ),
    (
        TitleKind.INCOME,
        rf"{_STATEMENT}\s+of\s+(?:(?!comprehensive|changes|stock|share|retained|partner|member|capital|"
        rf"common|owner)[\w'&,()]+\s+){{0,4}}?"
        r"\(?(?:operations?|income|earnings|loss(?:es)?|profit|operating\s+results|revenues?|results)\b|"
        rf"(?:income|earnings|operating|operations|profit\s+and\s+loss)\s+{_STATEMENT}",
    ),
    (
        TitleKind.EQUITY,
        rf"{_STATEMENT}\s+of\s+(?:[\w']+\s+){{0,4}}?(?:(?:stock|share)[\s-]*(?:holders?|owners?)|owners?|"
        rf"partners?|members?|"
        r"common|retained|capital|comprehensive|changes|investments|redeemable)\b[\w\s'’,&/()-]*",
    ),
    (
        TitleKind.SELECTED,
        r"(?:selected|summary|condensed)\s+(?:[\w-]+\s+){0,4}?(?:data|information|highlights|results)|"
        r"financial\s+(?:and\s+operating\s+)?(?:highlights|summary)|(?:five|ten|eleven|"
        r"six)[\s-]year\s+(?:\w+\s+){0,3}?(?:summary|review)|quarterly\s+(?:\w+\s+){0,3}?(?:data|"
        r"information|results)|results\s+of\s+operations\s+data",
    ),
    (
        TitleKind.SEGMENT,
        r"(?:business|industry|geographic|operating)\s+segments?|segment\s+(?:data|information|results)",
    ),
)
_PRO_FORMA = re.compile(r"pro[\s-]*forma", re.I)
_WIDE_GAP = re.compile(r"\s{3,}")
_KINDS = [(kind, re.compile(pattern, re.I)) for kind, pattern in _PATTERNS]
_KEYWORDS = (
    *("stat", "balance", "flow", "selected", "summary", "highlights", "quarterly", "segment", "cash"),
    *("condensed", "data", "review"),
)
_SMALL_WORDS = {"and", "of", "the", "&", "its", "for", "in", "de", "to", "a", "y", "or", "d/b/a", "no.", "with"}
_AFTER = re.compile(
    r"\s*(?:$|[-–—:(,*/]|\[|for\b|as\b|at\b|and\b|of\b|by\b|data\b|information\b|\s{2,}|\d|"
    rf"{'|'.join(MONTHS)}|three|six|nine|twelve|year|quarter|unaudited|continued|\(?loss)",
    re.I,
)
_SENTENCE = re.compile(
    r"[a-z]\.\s+[A-Z]|\b(?:is|are|was|were|has|have|which|that|should|see|refer|included|incorporated|"
    r"set forth|contains?|contained|reflects?|shows?|Company's|our|we)\b"
)
_ORDINAL = re.compile(
    r"^(?:\(?[ivx\d]{1,4}[.)]|[a-z][.)]|item\s+\d+[a-z]?\.?|exhibit\s+[\d.]+|"
    r"schedule\s+[ivx\d]+)\s*[-–—:]?\s*",
    re.I,
)


@lru_cache(maxsize=1024)
def read_title(text: str) -> TitleKind | None:
    """Return the kind of table that a line names as its title, or None.

    A title is on a line of its own, or in a part of a line set apart by spaces. The words that name the statement may
    be preceded by a name ("ACME INC. AND SUBSIDIARIES") and followed by a period, a scale or "(continued)". A
    sentence that mentions a statement is not a title.
    """
    if not has_any(text.lower(), _KEYWORDS):
        return None
    for part in _WIDE_GAP.split(text.strip()):
        kind = _title_kind(part)
        if kind is not None:
            return kind
    return None


def _title_kind(part: str) -> TitleKind | None:
    if not 8 <= len(part) <= 150 or _SENTENCE.search(part):
        return None
    part = _ORDINAL.sub("", part)
    for kind, pattern in _KINDS:
        match = pattern.search(part)
        if match is None or not _is_name_like(part[: match.start()]) or not _AFTER.match(part, match.end()):
            continue
        return TitleKind.PRO_FORMA if _PRO_FORMA.search(part) else kind
    return None


def _is_name_like(text: str) -> bool:
    words = text.split()
    if len(words) > 12:
        return False
    return all(word.lower() in _SMALL_WORDS or not word[:1].isalpha() or word[:1].isupper() for word in words)


def is_title(text: str) -> bool:
    """Whether the line is the title of a statement or another table, which starts a new table."""
    return read_title(text) not in (None, TitleKind.SEGMENT)
