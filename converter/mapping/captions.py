"""Caption text -> words: the one normal form in which captions are learned and looked up."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from converter.statements import UnitKind
from converter.vocabulary import MONTH_PREFIXES

# Abbreviations of pre-2001 filings and spelling variants, each with the form the model knows.
_EXPANSIONS = {
    "&": "and",
    "acc": "accumulated",
    "acct": "accounts",
    "accts": "accounts",
    "accum": "accumulated",
    "acq": "acquisition",
    "addl": "additional",
    "adj": "adjustments",
    "admin": "administrative",
    "amort": "amortization",
    "amortisation": "amortization",
    "approx": "approximately",
    "assoc": "associates",
    "avg": "average",
    "beg": "beginning",
    "bldg": "buildings",
    "bldgs": "buildings",
    "cap": "capital",
    "chg": "change",
    "co": "company",
    "comm": "common",
    "cos": "companies",
    "cum": "cumulative",
    "curr": "current",
    "def": "deferred",
    "depr": "depreciation",
    "deprec": "depreciation",
    "dil": "diluted",
    "disc": "discontinued",
    "dist": "distributions",
    "div": "dividends",
    "equip": "equipment",
    "equiv": "equivalents",
    "equivs": "equivalents",
    "exp": "expense",
    "fed": "federal",
    "genl": "general",
    "gen": "general",
    "govt": "government",
    "inc": "income",
    "incl": "including",
    "ins": "insurance",
    "int": "interest",
    "intl": "international",
    "inv": "inventories",
    "invest": "investments",
    "liab": "liabilities",
    "liabs": "liabilities",
    "lt": "long term",
    "maint": "maintenance",
    "mfg": "manufacturing",
    "mfrs": "manufacturers",
    "misc": "miscellaneous",
    "mktg": "marketing",
    "mgmt": "management",
    "mos": "months",
    "noncash": "non cash",
    "noncontrolling": "non controlling",
    "noncurrent": "non current",
    "noninterest": "non interest",
    "nonoperating": "non operating",
    "oper": "operating",
    "pd": "paid",
    "ppe": "property plant and equipment",
    "pfd": "preferred",
    "ppd": "prepaid",
    "prefd": "preferred",
    "prop": "property",
    "prov": "provision",
    "rec": "receivable",
    "recv": "receivable",
    "sh": "share",
    "shs": "shares",
    "st": "short term",
    "stk": "stock",
    "stockholder": "stockholders",
    "shareholder": "stockholders",
    "shareholders": "stockholders",
    "shareowners": "stockholders",
    "stockowners": "stockholders",
    "shareowner": "stockholders",
    "subs": "subsidiaries",
    "unreal": "unrealized",
    "wtd": "weighted",
    "yr": "year",
}
_NOTE = re.compile(
    r"[(\[]\s*(?:see\s+)?(?:notes?|footnotes?|schedules?)\b[^)\]]*[)\]]"  # (note 3), (see notes 1 and 2)
    r"|[-,]?\s*\b(?:see\s+)?notes?\s+\d+\w?(?:\s*(?:,|and|&)\s*\d+\w?)*\s*$"  # , note 3
    r"|[(\[]\s*(?:\d{1,2}|[a-z])\s*[)\]]"  # (1), (a)
    r"|\*+",
    re.IGNORECASE,
)
_MONTH = rf"(?:{'|'.join(MONTH_PREFIXES)})[a-z]*\.?"
_NUMBERS = re.compile(
    rf"\b{_MONTH}\s+\d{{1,2}}(?:\s*,?\s*\d{{4}})?(?:\s*(?:,|and|&)\s*(?:{_MONTH}\s+\d{{1,2}},?\s*)?\d{{4}})*"
    r"|\$?\s*\d[\d,./%]*(?:\s*(?:million|billion|thousand)s?\b)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[(),;:/&-]")
_PER_SHARE = {"primary": "basic", "dilution": "diluted"}
_APOSTROPHE = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-"})
_BREAKS = frozenset("(,;:/-")


class Caption(Struct, frozen=True):
    """A caption in normal form.

    `words` are all words; `head` those before the first comma, bracket or "less ...";
    `phrase` is `words` joined, the key of the learned lexicon.
    """

    words: tuple[str, ...]
    head: tuple[str, ...]
    phrase: str

    def __hash__(self) -> int:
        return hash(self.phrase)


@lru_cache(maxsize=8192)
def read_caption(label: str, unit: UnitKind = UnitKind.MONETARY) -> Caption:
    """The caption of a row without note references, figures, dates and abbreviations.

    "Primary" and "fully diluted" earnings per share and share counts (APB 15, until 1997) read as "basic" and
    "diluted" (FAS 128).
    """
    text = _NOTE.sub(" ", label.translate(_APOSTROPHE))
    text = _NUMBERS.sub(" ", text).lower().replace("'s", "").replace("s'", "s").replace("n'l", "nl")
    words: list[str] = []
    head = 0
    for token in _WORD.findall(text):
        if token[0] in _BREAKS or token == ")":
            if not head and token in _BREAKS and token != "-" and token != "/":
                head = len(words)
            continue
        if not head and words and token in ("less", "net", "including"):
            head = len(words)
        words.extend(_EXPANSIONS.get(token, token).replace("'", "").split())
    if unit is not UnitKind.MONETARY:
        words = [_PER_SHARE.get(word, word) for word in words if word not in ("fully", "full")]
    return Caption(tuple(words), tuple(words[:head] if head else words), " ".join(words))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A crude stem that makes one of singular and plural, "amortized" and "amortization"."""
    for ending in (
        "ations",
        "ation",
        "ating",
        "ated",
        "ments",
        "ment",
        "ings",
        "ing",
        "ies",
        "es",
        "ed",
        "s",
        "y",
        "e",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


_STOP = frozenset(
    ["of", "and", "the", "in", "for", "on", "to", "from", "by", "a", "an", "at", "as", "or", "with", "other", "than"]
) - {"other", "from", "to"}


def caption_features(caption: Caption) -> Iterator[str]:
    """What the model sees of a caption: the whole, its head, its words as a set, stems, their pairs and beginnings.

    Nothing of a caption without words.
    """
    words = caption.words
    if not words:
        return
    stems = [stem(word) for word in words]
    yield "=" + caption.phrase
    yield "<" + " ".join(caption.head)
    yield "#" + " ".join(sorted({s for s, w in zip(stems, words, strict=True) if w not in _STOP}))
    yield from dict.fromkeys(stems)
    yield from dict.fromkeys("~" + word[:4] for word in words if len(word) > 4)
    yield from dict.fromkeys(f"{one} {two}" for one, two in pairwise(stems))
    yield "^" + stems[0]
    yield "$" + stems[-1]
