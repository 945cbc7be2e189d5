"""Tokens of a caption that states share data: amounts, days, and the words that say what the amounts are."""

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from converter.vocabulary import MONTH_NAME, PIVOT, are_near, expression, month_of

MAX_TOKENS = 200
"""A longer text is no caption: it is not read."""


class Word(StrEnum):
    """What a token is."""

    AMOUNT = "amount"
    DAY = "day"
    PAR = "par"
    AUTHORIZED = "authorized"
    ISSUED = "issued"
    OUTSTANDING = "outstanding"
    TREASURY = "treasury"
    LIQUIDATION = "liquidation"
    PREFERENCE_PER_SHARE = "liquidation per share"
    OTHER = "other"
    """Something else that shares are: reserved, subscribed, converted; its amounts are none that is read."""
    COMMON = "common"
    PREFERRED = "preferred"
    CLASS = "class"
    SHARES = "shares"
    INCLUDING = "including"
    """What follows is a part of what stands before, or taken off it."""
    PER_SHARE = "per share"
    AGGREGATE = "aggregate"
    RESPECTIVELY = "respectively"
    AT = "at"
    OF = "of"
    AND = "and"
    OPEN = "("
    CLOSE = ")"
    DASH = "-"
    COMMA = ","
    STOP = ";"
    PLAIN = "plain"
    """A word without a meaning of its own here."""


class PrintedDay(Struct, frozen=True):
    """A day with the parts that are printed."""

    year: int | None
    month: int | None
    day: int | None

    def is_of(self, end: date) -> bool:
        """Whether this can denote a period's end: its year, its month or a day near it (as in a 52/53-week year)."""
        if self.month is None:
            return self.year == end.year
        if not 1 <= self.month <= 12:
            return False
        year = self.year or end.year
        last = calendar.monthrange(year, self.month)[1]
        if self.day is None and (year, self.month) == (end.year, end.month):
            return True
        day = last if self.day is None else self.day
        return 1 <= day <= last and are_near(end, date(year, self.month, day))


class CaptionToken(Struct, frozen=True):
    """A token: the characters [start, end) of the caption.

    An amount has a `value` in whole units and `places`, the number of its decimal places (negative: "5 million" has
    -6), `currency` as printed ("" if none) and is `in_full` if it names its own multiple, 10 to the `power`. A class
    has its name in `text`, a day its `day`.
    """

    word: Word
    start: int
    end: int
    value: Decimal = Decimal(0)
    places: int = 0
    currency: str = ""
    in_full: bool = False
    power: int = 0
    nothing: bool = False
    text: str = ""
    day: PrintedDay | None = None


_LISTED = frozenset({(Word.AMOUNT, Word.AND, Word.AMOUNT), (Word.AMOUNT, Word.COMMA, Word.AMOUNT)})
_IDLE = frozenset({Word.PLAIN, Word.SHARES, Word.COMMON, Word.AT})
_YEAR = r"(?:19|20)\d\d(?!\d|[.,]\d)"
_CURRENCY = r"(?:US\$|US\s\$|C\$|Cdn\$|HK\$|NT\$|A\$|\$|€|£|¥|EUR|CHF|USD|GBP|NIS|Won|KRW|DM|Yen)"
_COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|hundred)"
_UNITS = {
    word: n for n, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}
_UNITS |= {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}
_POWERS = {"thousand": 3, "million": 6, "billion": 9}
_CLASS_NAME = r"(?:[A-Z]{1,2}(?:-\d{1,2}|\d{1,2})?|\d{1,4}|[IVX]{1,4}|one|two|three)"

_TOKEN = expression(
    rf"""
    (?P<note>\(?\bnotes?\s\d{{1,2}}[a-z]?(?:\s?(?:,|and|&)\s?\d{{1,2}})?\b\)?|\[\w{{1,3}}\]|(?<=[^\W\d])\(\d{{1,2}}\))
  | (?P<day>\b{MONTH_NAME}\.?\s\d{{1,2}}(?!\d|,\d{{3}}(?!\d))(?:\s?,?\s?{_YEAR})?|\b{MONTH_NAME}\.?,?\s{_YEAR}
      |(?<![\d/])\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d\d)(?![\d/])|(?<![\w.,$]){_YEAR}(?!\sshares\b))
  | (?<!\d[.,])(?<![\w./])(?P<currency>{_CURRENCY}\s?)?
      (?P<number>(?>\d{{1,3}}(?>(?:,\d{{3}})+)|\d{{1,15}})(?:\.\d{{1,9}})?|\.\d{{1,9}})
      (?P<fraction>[\s-]\d{{1,2}}/\d{{1,2}})?(?!\d|,\d|\.\d|/\d)
      (?:(?P<percent>\s?%)|\s?-?(?P<power>thousand|million|billion)s?\b|\s?(?P<cents>cents?\b|¢|\(cents?\)|\(¢\)))?
      (?![^\W\d_])(?!\s(?:[a-z]{{1,9}}\s)?(?:[a-z]{{1,9}}\s)?units\b)
  | (?P<count>\b{_COUNT})(?:[\s-](?P<counted>thousand|million|billion|dollars?|cents?))\b
  | (?P<nothing>\b(?:none|nil|zero)\b|\bno(?=\s(?:[a-z]{{1,12}}\s)?(?:shares?|issued|outstanding|stock)\b)|(?<!\S)-0-)
  | (?P<nopar>\b(?:no|without)[\s-](?:par|stated|nominal)(?:[\s-](?:or|and)[\s-](?:par|stated|nominal))?
      (?:[\s-]value)?\b)
  | (?P<plain>\b(?:excess\s(?:of|over)\s(?:the\s)?(?:par|stated)(?:\svalue)?|held\sby|at\s(?:an?\s)?(?:average\s)?cost
      |unissued|at\spar(?!\s[$\d.])|per\scent)\b)
  | (?P<par>\b(?:par(?:[\s-]value)?|(?:stated|nominal)(?:\s(?:or|and)\s(?:par|stated))?\svalue|nominal)\b)
  | (?P<treasury>\b(?:treasury|reacquired|repurchased\s(?:common\s)?(?:stock|shares))\b)
  | (?P<including>\b(?:includes|including|excludes|excluding|net\sof|less|plus)\b)
  | (?P<other>\b(?:conditionally\sauthori[sz]ed|issuable|to\sbe\sissued|reserved?|subscribed|redeemed|converted
      |convertible\sinto|repurchased|designated|vested|unvested|restricted|cancell?ed|retired|undesignated|receivable|subscriptions?|forfeiture|redemption
      |redeemable\sat|face\svalue|face\samount|dividends?|unearned|warrants?|options?|held\s(?:by|in)\s(?:[a-z]{{1,12}}\s)?trusts?
      |votes?|voting\spower|exercise|owned\sby|split)\b)
  | (?P<authorized>\b(?:authori[sz]ed|auth)\b)
  | (?P<issued>\bissued\b)
  | (?P<outstanding>\bout?s?t?anding\b)
  | (?P<liquidation>\b(?:liquidation|liquidating|involuntary)(?:\s(?:preference|value|price))?\b)
  | (?P<class>\b(?:class|series)\s(?-i:{_CLASS_NAME})\b)
  | (?P<common>\b(?:common|ordinary|capital\s(?:stock|shares)|registered\sshares|shares\sof\sbeneficial)\b)
  | (?P<preferred>\b(?:preferred|preference)\b(?!\s(?:of|per)\b))
  | (?P<per_share>\b(?:per|each|a)\s(?:[a-z]{{1,12}}\s)?(?:share|unit)\b|/\s?share\b)
  | (?P<aggregate>\b(?:aggregate|total)\b)
  | (?P<shares>\bshares?\b)
  | (?P<respectively>\b(?:respectively|respective)\b)
  | (?P<at>\b(?:at|in|as\sof|as\sat|on|for)\b)
  | (?P<of>\bof\b)
  | (?P<and>\b(?:and|or)\b|&|/)
  | (?P<open>[(\[]) | (?P<close>[)\]])
  | (?P<dash>[-–—:=]{{1,4}})
  | (?P<comma>,)
  | (?P<stop>;|\.(?=\s|$))
  | (?P<word>[^\W\d_]{{1,40}})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NUMERIC_DAY = expression(r"(\d{1,2})/(\d{1,2})/(\d{2,4})")
_PRINTED_YEAR = expression(rf"{_YEAR}\Z")
_PRINTED_NUMBER = expression(r"\s(\d{1,2})(?!\d)")


def read_tokens(text: str) -> tuple[CaptionToken, ...]:
    """Return the tokens of a caption, whose words are one space apart; none if it is too long to be one."""
    tokens: list[CaptionToken] = []
    for match in _TOKEN.finditer(text):
        token = _token(match)
        if token is not None:
            tokens.append(token)
            if len(tokens) > MAX_TOKENS:
                return ()
    return tuple(_without_idle_words(_with_shared_multiples(tokens)))


def _with_shared_multiples(tokens: Sequence[CaptionToken]) -> list[CaptionToken]:
    """Return the tokens; in "3.007 and 3.012 billion" both are billions."""
    shared = list(tokens)
    for index in range(len(tokens) - 3, -1, -1):
        first, after, second = shared[index : index + 3]
        is_listed = (first.word, after.word, second.word) in _LISTED and first.currency == second.currency
        if is_listed and second.in_full and not second.nothing and first.places > 0 and not first.in_full:
            value, places = first.value.scaleb(second.power), first.places - second.power
            shared[index] = replace(first, value=value, places=places, power=second.power, in_full=True)
    return shared


def _without_idle_words(tokens: Sequence[CaptionToken]) -> Iterator[CaptionToken]:
    """Yield the tokens; "less" at the beginning, and "including shares in treasury" without a number, become plain."""
    first = next((index for index, token in enumerate(tokens) if token.word is Word.AMOUNT), len(tokens))
    idle: set[int] = set()
    for index, token in enumerate(tokens):
        if token.word is Word.INCLUDING:
            if index < first:
                idle.add(index)
                continue
            treasury = next(
                (i for i in range(index + 1, min(index + 5, len(tokens))) if tokens[i].word not in _IDLE), 0
            )
            if treasury and tokens[treasury].word is Word.TREASURY and not _has_number(tokens, treasury):
                idle |= {index, treasury}
        yield replace(token, word=Word.PLAIN) if index in idle else token


def _has_number(tokens: Sequence[CaptionToken], index: int) -> bool:
    """Whether a number follows a token, with no more than "shares of" between."""
    following = next((token for token in tokens[index + 1 :] if token.word not in (Word.SHARES, Word.OF)), None)
    return following is not None and following.word is Word.AMOUNT


def _token(match: re.Match[str]) -> CaptionToken | None:
    kind = match.lastgroup or ""
    start, end = match.span()
    if match["day"]:
        return CaptionToken(Word.DAY, start, end, day=_day(match["day"]))
    if match["number"]:
        return _amount(match)
    if match["count"]:
        return _counted(match)
    if match["nothing"]:
        return CaptionToken(Word.AMOUNT, start, end, in_full=True, nothing=True)
    if match["note"]:
        return None
    if match["class"]:
        return CaptionToken(Word.CLASS, start, end, text=" ".join(match["class"].split()))
    if kind in ("nopar", "plain", "word"):
        return CaptionToken(Word.PLAIN, start, end)
    return CaptionToken(Word[kind.upper()], start, end)


def _amount(match: re.Match[str]) -> CaptionToken:
    start, end = match.span()
    if match["percent"]:
        return CaptionToken(Word.PLAIN, start, end)
    digits = match["number"].replace(",", "")
    value, places = Decimal(digits), len(digits.partition(".")[2])
    if match["fraction"]:
        over, under = (int(part) for part in match["fraction"][1:].split("/"))
        if not under or over >= under:
            return CaptionToken(Word.PLAIN, start, end)
        value, places = round(value + (Decimal(over) / under).scaleb(-places), 4), 4
    power = _POWERS[match["power"].lower()] if match["power"] else -2 if match["cents"] else 0
    currency = "$" if match["cents"] else (match["currency"] or "").strip()
    return CaptionToken(
        Word.AMOUNT, start, end, value.scaleb(power), places - power, currency, bool(match["power"]), power
    )


def _counted(match: re.Match[str]) -> CaptionToken:
    """Return an amount in words: "one billion", "ten cents", "five dollars"."""
    unit = match["counted"].lower().rstrip("s")
    power = _POWERS.get(unit, -2 if unit == "cent" else 0)
    value = Decimal(_UNITS[match["count"].lower()]).scaleb(power)
    currency = "" if unit in _POWERS else "$"
    return CaptionToken(Word.AMOUNT, *match.span(), value, max(0, -power), currency, in_full=not currency)


def _day(text: str) -> PrintedDay:
    if numeric := _NUMERIC_DAY.fullmatch(text):
        month, day, printed = (int(part) for part in numeric.groups())
        return PrintedDay(printed if printed > 99 else printed + (1900 if printed >= PIVOT else 2000), month, day)
    year_match = _PRINTED_YEAR.search(text)
    year = int(year_match[0]) if year_match else None
    if not text[0].isalpha():
        return PrintedDay(year, None, None)
    number = _PRINTED_NUMBER.search(text, 0, year_match.start() if year_match else len(text))
    return PrintedDay(year, month_of(text), int(number[1]) if number else None)
