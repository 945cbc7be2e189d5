"""Recognise title lines: the statement or other kind of table that a title names."""

import re
from enum import StrEnum
from functools import lru_cache

from converter.vocabulary import MONTHS, expression, has_any


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
_PATTERNS = (  # with the characters that they begin with
    (
        TitleKind.CASH_FLOW,
        "sc",
        rf"{_STATEMENT}\s+of\s+(?:[\w']+\s+){{0,4}}?(?:changes\s+in\s+)?cash\s*(?:-\s*)?flows?|"
        rf"cash\s*flows?\s+{_STATEMENT}|sources?\s+and\s+uses?\s+of\s+cash|"
        rf"{_STATEMENT}\s+of\s+(?:[\w']+\s+){{0,3}}?changes\s+in\s+(?:cash|[\w']+\s+cash)\b",
    ),
    (
        TitleKind.BALANCE_SHEET,
        "bs",
        rf"balance\s+sheets?|{_STATEMENT}\s+of\s+(?:[\w']+\s+){{0,3}}?(?:financial\s+)?(?:condition|"
        rf"position)|{_STATEMENT}\s+of\s+(?:[\w']+\s+){{0,2}}?assets(?:,|\s+and)\s+liabilities|"
        rf"{_STATEMENT}\s+of\s+net\s+assets",
    ),
    (
        TitleKind.INCOME,
        "sieopgc",
        rf"{_STATEMENT}\s+of\s+(?:(?!comprehensive|changes|stock|share|retained|partner|member|capital|"
        rf"common|owner)[\w'&,()]+\s+){{0,4}}?"
        r"\(?(?:operations?|income|earnings|loss(?:es)?|profit|operating\s+results|revenues?|results)\b|"
        rf"(?:income|earnings|operating|operations|profit\s+and\s+loss)\s+{_STATEMENT}|"
        r"(?:consolidated|group|condensed)\s+profit\s+and\s+loss\s+accounts?\b",
    ),
    (
        TitleKind.EQUITY,
        "sc",
        rf"{_STATEMENT}\s+of\s+(?:[\w']+\s+){{0,4}}?(?:(?:stock|share)[\s-]*(?:holders?|owners?)|owners?|"
        rf"partners?|members?|"
        r"common|retained|capital|comprehensive|changes|investments|redeemable|equity|deficit)\b[\w\s'’,&/()-]*|"
        r"changes\s+in\s+(?:[\w']+\s+){0,2}?(?:(?:stock|share)[\s-]*(?:holders?|owners?)|partners?|members?)\b"
        r"[\w\s'’,&/()-]*",
    ),
    (
        TitleKind.SELECTED,
        "scfteqr",
        r"(?:selected|summary|condensed)\s+(?:[\w-]+\s+){0,4}?(?:data|information|highlights|results)|"
        r"financial\s+(?:and\s+operating\s+)?(?:highlights|summary)|(?:five|ten|eleven|"
        r"six)[\s-]year\s+(?:\w+\s+){0,3}?(?:summary|review)|quarterly\s+(?:\w+\s+){0,3}?(?:data|"
        r"information|results)|results\s+of\s+operations\s+data",
    ),
    (
        TitleKind.SEGMENT,
        "bigos",
        r"(?:business|industry|geographic|operating)\s+segments?|segment\s+(?:data|information|results)",
    ),
)
_WORDS = (
    *("statement", "statements", "balance", "sheets", "consolidated", "condensed", "operations", "income", "earnings"),
    *("condition", "financial", "position"),
)
_HINTS = (
    (TitleKind.CASH_FLOW, re.compile(r"(?:consolidated|condensed|changes\s+in)\s+cash\s+flows?\b", re.I)),
    (TitleKind.BALANCE_SHEET, re.compile(r"consolidated\s+(?:financial\s+)?(?:condition|position)\b", re.I)),
    (
        TitleKind.INCOME,
        re.compile(r"(?:consolidated|analysis\s+of)\s+(?:\w+\s+)?(?:income|earnings|operations|results)\b", re.I),
    ),
)
"""Titles that do not call the table a statement: "Consolidated Income", "Analysis of Consolidated Earnings"."""
_HINT_WORDS = ("consolidated", "condensed", "changes", "analysis")

_PRO_FORMA = re.compile(r"pro[\s-]*forma", re.I)
_WIDE_GAP = re.compile(r"\s{3,}")
_KINDS = [(kind, expression(pattern, re.I, first)) for kind, first, pattern in _PATTERNS]
_KEYWORDS = (
    *("stat", "balance", "flow", "selected", "summary", "highlights", "quarterly", "segment", "cash"),
    *("condensed", "data", "review", "changes", "profit"),
)
_SMALL_WORDS = {"and", "of", "the", "&", "its", "for", "in", "de", "to", "a", "y", "or", "d/b/a", "no.", "with"}
_AFTER = re.compile(
    r"\s*(?:$|[-–—:(,*/]|\[|for\b|as\b|at\b|and\b|of\b|by\b|data\b|information\b|\s{2,}|\d|"
    rf"{'|'.join(MONTHS)}|three|six|nine|twelve|fiscal|year|quarter|unaudited|continued|\(?loss)",
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
    if not has_title_word(text):
        return None
    for part in _WIDE_GAP.split(_corrected(text).strip()):
        kind = _title_kind(part)
        if kind is not None:
            return kind
    return None


@lru_cache(maxsize=1024)
def has_title_word(text: str) -> bool:
    """Whether a text has a word without which no title of a table is, maybe misspelt. Cached."""
    lowered = text.lower()
    return has_any(lowered, _KEYWORDS) or not _MISSPELT.keys().isdisjoint(lowered.split())


def read_hint(text: str) -> TitleKind | None:
    """Return the kind of statement that a line hints at which does not call it a statement, or None."""
    bare = text.strip()
    if not 8 <= len(bare) <= 100 or not has_any(bare.lower(), _HINT_WORDS) or _SENTENCE.search(bare):
        return None
    for kind, pattern in _HINTS:
        match = pattern.search(bare)
        if match and _is_name_like(bare[: match.start()]) and _AFTER.match(bare, match.end()):
            return kind
    return None


def _variants(word: str) -> set[str]:
    """What becomes of a word when one letter is left out, doubled or exchanged with the next."""
    cuts = [(word[:i], word[i:]) for i in range(1, len(word))]
    left_out = {head + tail[1:] for head, tail in cuts}
    doubled = {head + tail[0] + tail for head, tail in cuts}
    exchanged = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    return left_out | doubled | exchanged


_MISSPELT = {variant: word for word in _WORDS for variant in _variants(word) if variant not in _WORDS}
"""What a slip of the typist makes of the words of titles -> the word meant."""


def _corrected(text: str) -> str:
    """The text with misspelt words of titles corrected, if there are any."""
    words = text.split(" ")
    wrong = [(at, _MISSPELT[word.lower()]) for at, word in enumerate(words) if word.lower() in _MISSPELT]
    for at, meant in wrong:
        words[at] = meant.upper() if words[at].isupper() else meant.capitalize()
    return " ".join(words) if wrong else text


def _title_kind(part: str) -> TitleKind | None:
    if not 8 <= len(part) <= 150 or part[0].islower() or _SENTENCE.search(part):
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
