"""Captions in their normal form, in which the model learns them and looks them up."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from converter.statements import UnitKind
from converter.vocabulary import MONTH_PREFIXES, expression

# Abbreviations in filings before 2001 and spelling variants, each with the form that the model knows.
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
    "fhlb": "federal home loan bank",
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
_SYNONYMS = {
    "called up share capital": "common stock",
    "d d and a": "depreciation depletion and amortization",
    "dd and a": "depreciation depletion and amortization",
    "issued share capital": "common stock",
    "r and d": "research and development",
    "r and d expense": "research and development expense",
    "r and d expenses": "research and development expenses",
    "s g and a": "selling general and administrative",
    "s g and a expense": "selling general and administrative expenses",
    "s g and a expenses": "selling general and administrative expenses",
    "sg and a": "selling general and administrative",
    "sg and a expense": "selling general and administrative expenses",
    "sg and a expenses": "selling general and administrative expenses",
    "share capital": "common stock",
    "total net operating revenue": "total revenues",
    "total net operating revenues": "total revenues",
    "total operating revenue": "total operating revenues",
}
"""Whole captions in normal form that the model has seldom seen, each with the one that it knows for the same."""
# Both are for texts whose words are one space apart.
_NOTE_REFERENCE = expression(
    r"[(\[] ?(?:see )?(?:notes?|footnotes?|schedules?)\b[^)\]]{0,99}[)\]]"  # (note 3), (see notes 1 and 2)
    r"|[-,]? ?\b(?:see )?notes? \d+[^\W\d]?(?: ?(?:,|and|&) ?\d+[^\W\d]?)* ?$"  # , note 3
    r"|[(\[] ?(?:\d{1,2}|[a-z]) ?[)\]]"  # (1), (a)
    r"|\*+",
    re.IGNORECASE,
)
_MONTH = rf"(?:{'|'.join(MONTH_PREFIXES)})[a-z]*\.?"
_FIGURES_AND_DATES = expression(
    rf"\b{_MONTH} \d{{1,2}}(?: ?,? ?\d{{4}})?(?: ?(?:,|and|&) ?(?:{_MONTH} \d{{1,2}},? ?)?\d{{4}})*"
    r"|\$? ?\d[\d,./%]*(?: ?(?:million|billion|thousand)s?\b)?",
    re.IGNORECASE,
)
_TOKEN = expression(r"[a-z]+(?:'[a-z]+)?|[(),;:/&-]")
_DILUTION_SYNONYMS = {"primary": "basic", "dilution": "diluted"}
_PUNCTUATION = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-"})
_BREAKS = frozenset("(,;:/-")


class NormalizedCaption(Struct, frozen=True, cache_hash=True):  # in the keys of many caches
    """A caption in normal form.

    `words` are all its words, in lowercase; `head` those before the first comma, semicolon, colon, opening bracket,
    "less", "net" or "including"; `phrase` is `words` joined by spaces.
    """

    words: tuple[str, ...]
    head: tuple[str, ...]
    phrase: str


@lru_cache(maxsize=8192)
def normalize_caption(label: str, unit: UnitKind = UnitKind.MONETARY) -> NormalizedCaption:
    """Return a caption without note references, figures and dates, its abbreviations written out.

    In captions of earnings per share and share counts, "primary" and "fully diluted" (APB 15, until 1997) become
    "basic" and "diluted" (FAS 128).
    """
    text = " ".join(label.translate(_PUNCTUATION).split())
    text = " ".join(_NOTE_REFERENCE.sub(" ", text).split())
    text = _FIGURES_AND_DATES.sub(" ", text).lower().replace("'s", "").replace("s'", "s").replace("n'l", "nl")
    words: list[str] = []
    head_length = 0
    for token in _TOKEN.findall(text):
        if token[0] in _BREAKS or token == ")":
            if not head_length and token in _BREAKS and token != "-" and token != "/":
                head_length = len(words)
            continue
        if not head_length and words and token in ("less", "net", "including"):
            head_length = len(words)
        words.extend(_EXPANSIONS.get(token, token).replace("'", "").split())
    if unit is not UnitKind.MONETARY:
        words = [_DILUTION_SYNONYMS.get(word, word) for word in words if word not in ("fully", "full")]
    if (synonym := _SYNONYMS.get(" ".join(words))) is not None:
        words, head_length = synonym.split(), 0
    return NormalizedCaption(tuple(words), tuple(words[:head_length] if head_length else words), " ".join(words))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a crude stem, the same for singular and plural and for "amortized" and "amortization"."""
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


_STOP_WORDS = frozenset(["of", "and", "the", "in", "for", "on", "by", "a", "an", "at", "as", "or", "with", "than"])


def caption_features(caption: NormalizedCaption) -> Iterator[str]:
    """Yield the features of a caption that the model knows it by; none for a caption without words.

    They are the whole caption (`=`), its head (`<`), the set of its stems without stop words (`#`), each stem, the
    first four letters of each longer word (`~`), each pair of neighbouring stems, the first (`^`) and the last (`$`).
    """
    words = caption.words
    if not words:
        return
    stems = [stem(word) for word in words]
    yield "=" + caption.phrase
    yield "<" + " ".join(caption.head)
    yield "#" + " ".join(sorted({s for s, w in zip(stems, words, strict=True) if w not in _STOP_WORDS}))
    yield from dict.fromkeys(stems)
    yield from dict.fromkeys("~" + word[:4] for word in words if len(word) > 4)
    yield from dict.fromkeys(f"{left} {right}" for left, right in pairwise(stems))
    yield "^" + stems[0]
    yield "$" + stems[-1]
