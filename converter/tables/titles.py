"""Title lines: which statement (or which other table) a line announces."""

import re
from enum import StrEnum
from functools import lru_cache

from converter.vocabulary import MONTHS, has_any


class Announced(StrEnum):
    """What a title line announces."""

    BALANCE_SHEET = "bs"
    INCOME = "is"
    CASH_FLOW = "cf"
    EQUITY = "equity"
    SELECTED = "selected"
    PRO_FORMA = "pro-forma"
    SEGMENT = "segment"


_STATEMENT = r"state?ments?"
_KINDS = (
    (
        Announced.CASH_FLOW,
        rf"{_STATEMENT}\s+of\s+(?:[\w']+\s+){{0,4}}?(?:changes\s+in\s+)?cash\s*-?\s*flows?|"
        rf"cash\s*flows?\s+{_STATEMENT}|sources?\s+and\s+uses?\s+of\s+cash",
    ),
    (
        Announced.BALANCE_SHEET,
        rf"balance\s+sheets?|{_STATEMENT}\s+of\s+(?:[\w']+\s+){{0,3}}?(?:financial\s+)?(?:condition|"
        rf"position)|{_STATEMENT}\s+of\s+(?:[\w']+\s+){{0,2}}?assets(?:,|\s+and)\s+liabilities|"
        rf"{_STATEMENT}\s+of\s+net\s+assets",
    ),
    (
        Announced.INCOME,
        rf"{_STATEMENT}\s+of\s+(?:(?!comprehensive|changes|stock|share|retained|partner|member|capital|"
        rf"common|owner)[\w'&,()]+\s+){{0,4}}?"
        r"\(?(?:operations?|income|earnings|loss(?:es)?|profit|operating\s+results|revenues?|results)\b|"
        rf"(?:income|earnings|operating|operations|profit\s+and\s+loss)\s+{_STATEMENT}",
    ),
    (
        Announced.EQUITY,
        rf"{_STATEMENT}\s+of\s+(?:[\w']+\s+){{0,4}}?(?:(?:stock|share)[\s-]*(?:holders?|owners?)|owners?|"
        rf"partners?|members?|"
        r"common|retained|capital|comprehensive|changes|investments|redeemable)\b[\w\s'’,&/()-]*",
    ),
    (
        Announced.SELECTED,
        r"(?:selected|summary|condensed)\s+(?:[\w-]+\s+){0,4}?(?:data|information|highlights|results)|"
        r"financial\s+(?:and\s+operating\s+)?(?:highlights|summary)|(?:five|ten|eleven|"
        r"six)[\s-]year\s+(?:\w+\s+){0,3}?(?:summary|review)|quarterly\s+(?:\w+\s+){0,3}?(?:data|"
        r"information|results)|results\s+of\s+operations\s+data",
    ),
    (
        Announced.SEGMENT,
        r"(?:business|industry|geographic|operating)\s+segments?|segment\s+(?:data|information|results)",
    ),
)
_KINDS_RE = [(kind, re.compile(pattern, re.I)) for kind, pattern in _KINDS]
_NEEDED = (
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
def announced(text: str) -> Announced | None:
    """What the line announces, or None: most lines announce nothing.

    A title stands on a line of its own (or in a part of it set apart by blanks); before the words
    that name the statement only a name ("ACME INC. AND SUBSIDIARIES"), and behind them a period,
    a scale or "(continued)" may follow. A sentence that mentions a statement is no title.
    """
    if not has_any(text.lower(), _NEEDED):
        return None
    for part in re.split(r"\s{3,}", text.strip()):
        kind = _announced_by(part)
        if kind is not None:
            return kind
    return None


def _announced_by(part: str) -> Announced | None:
    if not 8 <= len(part) <= 150 or _SENTENCE.search(part):
        return None
    part = _ORDINAL.sub("", part)
    for kind, pattern in _KINDS_RE:
        match = pattern.search(part)
        if match is None or not _name_like(part[: match.start()]) or not _AFTER.match(part, match.end()):
            continue
        return Announced.PRO_FORMA if re.search(r"pro[\s-]*forma", part, re.I) else kind
    return None


def _name_like(text: str) -> bool:
    words = text.split()
    if len(words) > 12:
        return False
    return all(word.lower() in _SMALL_WORDS or not word[:1].isalpha() or word[:1].isupper() for word in words)


def is_title(text: str) -> bool:
    """Whether the line announces a statement or another table and so begins a new table."""
    return announced(text) not in (None, Announced.SEGMENT)
