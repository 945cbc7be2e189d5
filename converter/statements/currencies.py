"""The currency of a statement: what its title and heading name, and which columns are translated into another one."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from converter.vocabulary import keyword_pattern

_AS_AMOUNTS = r"(?=\s*(?:$|[\d'’(),;\]]|millions?\b|thousands?\b))"
_IN = r"\b(?:in|of|thousands|millions)\s+"
"""What stands around a word that is a currency, not part of a company's name: "Sterling Bancorp", "Euro Tech"."""
_CURRENCIES = (
    ("CAD", keyword_pattern("canadian|cdn|c$|cad$", r"canadian\s+(?:dollars?|funds|\$)|\bcdn\b|\bC(?:AD)?\$")),
    (
        "GBP",
        keyword_pattern(
            "pound|sterling|£|gbp",
            rf"pounds?\s+sterling|\(pounds?\)|£|{_IN}sterling\b|\bsterling\b{_AS_AMOUNTS}|\bGBP(?:\b|(?=000))",
        ),
    ),
    ("DEM", keyword_pattern("mark|dm", rf"deutsche?\s*marks?|{_IN}DM\b|\bDM\b(?:{_AS_AMOUNTS}|(?=\s+in\b))")),
    ("JPY", keyword_pattern("yen|¥|jpy", r"(?:japanese\s+)?\byen\b|¥|\bJPY\b")),
    (
        "EUR",
        keyword_pattern("eur|€", rf"\beuros\b|€|{_IN}euro\b|\beuro\b(?:{_AS_AMOUNTS}|(?=\s+in\b))|\bEUR(?:\b|(?=000))"),
    ),
    ("FRF", keyword_pattern("franc", r"french\s+francs?")),
    ("CHF", keyword_pattern("franc|chf", r"swiss\s+francs?|\bCHF\b")),
    ("AUD", keyword_pattern("australian|a$", r"australian\s+dollars?|\bA\$")),
    ("MXN", keyword_pattern("peso", r"mexican\s+pesos?")),
    ("ILS", keyword_pattern("shekel|nis", r"new\s+israeli\s+shekels?|\bNIS\b")),
    ("CNY", keyword_pattern("rmb|renminbi", r"\bRMB\b|\brenminbi\b")),
    ("HKD", keyword_pattern("hk$|hong", r"\bHK\$|\bHong\s+Kong\s+dollars?\b")),
    ("TWD", keyword_pattern("nt$|taiwan", r"\bNT\$|\bNew\s+Taiwan\s+dollars?\b")),
    ("KRW", keyword_pattern("won", r"\bKorean\s+won\b")),
    ("BRL", keyword_pattern("r$|reais", r"\bR\$|\breais\b")),
    ("SEK", keyword_pattern("sek|swedish", r"\bSEK\b|\bSwedish\s+kron(?:a|or)\b")),
    ("NOK", keyword_pattern("nok|norwegian", r"\bNOK\b|\bNorwegian\s+kroner?\b")),
    ("DKK", keyword_pattern("dkk|danish", r"\bDKK\b|\bDanish\s+kroner?\b")),
    ("INR", keyword_pattern("rupee", r"\brupees\b")),
)
_US_DOLLARS = keyword_pattern(
    "dollars|us$|u.s.$|usd", r"u\.?\s?s\.?\s+dollars|united\s+states\s+dollars|us\$|\bu\.s\.\$|\bUSD\b"
)


def read_currency(texts: Sequence[str]) -> str:
    """Return the ISO 4217 code of the currency that the texts name, "" if they name none."""
    return _currency_in(" ".join(texts))


@lru_cache(maxsize=1024)
def _currency_in(text: str) -> str:
    lowered = text.lower()
    if _US_DOLLARS.search(text, lowered):
        return "USD"
    return next((code for code, pattern in _CURRENCIES if pattern.search(text, lowered)), "")


def currencies_of(headings: Sequence[str]) -> tuple[str, ...]:
    """The currency that the heading of each column names, "" if it names none."""
    return tuple(map(_currency_in, headings))


def reporting_currency(headings: Sequence[str]) -> str:
    """The currency of most columns by their headings, "" if no heading names one.

    Of as many, it is not the dollar: other currencies are translated into it for the convenience of the reader.
    """
    counts = Counter(filter(None, currencies_of(headings)))
    return max(counts, key=lambda code: (counts[code], code != "USD"), default="")


def without_currency(heading: str) -> str:
    """A heading without the currency that it names, so that the same period in two currencies has one heading."""
    for pattern in (_US_DOLLARS, *(pattern for _, pattern in _CURRENCIES)):
        if pattern.search(heading):
            heading = pattern.pattern.sub(" ", heading)
    return heading
