"""The forms of sentences that are read, and what a sentence of such a form states.

A sentence becomes a skeleton: a sign stands for each amount ("$2.4 million"), period ("for the fourth quarter") and day
("at December 31, 2003"). A form is a regular expression that a whole skeleton must match.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from converter.asides.prose.spans import PERIOD_PHRASE
from converter.vocabulary import keyword_pattern

AMOUNT, PERIOD, DAY = "\ue000", "\ue001", "\ue002"
"""The signs of a skeleton: private use characters (Unicode section 23.5), which no filing holds."""

_NAME = "\ue003"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+)"
_AMOUNT = (
    rf"(?:\(\$ ?(?P<n1>{_NUMBER})\)|\$ ?\( ?(?P<n2>{_NUMBER}) ?\)|\$ ?(?P<n3>{_NUMBER}))"
    r"(?: ?(?P<unit>million|billion))?"
    r"(?! ?(?:thousand|trillion|hundred|cents)|,? ?\d|\.\d|[\w%/])"
)
_DAY = r"\b(?:[Aa]t|[Aa]s of|[Oo]n) (?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})"
_MARKS = re.compile(rf"(?P<amount>{_AMOUNT})|(?P<period>{PERIOD_PHRASE})|(?P<day>{_DAY})")

_COMPARISON = re.compile(
    r",? (?:\(?(?:as )?compared (?:to|with)|compares|versus|vs|as against|against|up|down|flat|from|which|while|"
    r"whereas|an? (?:\w+ )?(?:increase|decrease|decline|improvement|gain)|representing|reflecting|"
    r"and (?:versus|are up))\b|;| -- | \u2013 |\u2014"
)
_HEDGED = re.compile(
    r"\b(?:approximately|about|around|over|more than|less than|nearly|almost|roughly|some|up to|at least|in excess|"
    r"expect\w*|anticipat\w*|will|would|should|could|may|might|guidance|outlook|forecast\w*|estimat\w*|project\w*|"
    r"target\w*|range|between|preliminary|increas\w*|decreas\w*|rose|grew|declin\w*|improv\w*|percent|impact\w*|"
    r"benefit\w*|if)\b|%",
    re.I,
)
_ADJUSTED = keyword_pattern(
    "forma|gaap|adjusted|exclu|without|segment|division|subsidiar|before |store|discontinued|continuing|respectively|"
    "restated|ebitda|core|unit|cash basis|currency",
    r"\b(?:pro[ -]?forma|non-?gaap|adjusted|exclud\w*|exclusive|without|segment\w*|division\w*|subsidiar\w*|"
    r"before (?=\w)(?!the \w+ (?:year|quarter))|"
    r"same[ -]store|comparable[ -]store|discontinued|continuing|respectively|restated|ebitda|core|operating unit|"
    r"business unit|cash basis|constant currency)\b",
)

_REVENUES = r"(?:(?:total|net|consolidated) )*(?:revenues?|sales)"
_NET = r"(?:gaap )?net (?:income|loss|earnings)"
_RESULT = r"(?:net )?(?:income|loss|earnings)"
_WAS = r"(?:was|were|totaled|totalled|amounted to|came to)"
_LEAD = rf"(?:under generally accepted accounting principles(?: \(gaap\))?, )?(?:{PERIOD},? )?"
_OWN = r"(?:the (?:company's )?|its |our )?"
_SHARE = r"(?:common )?share"
_PER_SHARE = (
    rf"(?:,? (?:or )?\(?(?P<per>{AMOUNT}) (?P<result>{_RESULT} )?(?:per|a) (?:fully )?(?:(?P<how>diluted|basic) )?"
    rf"{_SHARE}(?: \((?P<how2>diluted|basic)\))?(?: on a (?:fully )?(?P<how3>diluted|basic) basis)?"
    r"(?: \(based on [^()]*\))?\)?)?"
)
_REST = rf"{_PER_SHARE}(?:,? on (?P<also>{_REVENUES}) of (?P<second>{AMOUNT}))?(?:,? {PERIOD})?[,. ]*"
_RECORD = r"(?:a )?(?:record |strong )?"
_ASIDE = rf"(?:,? including [^,{AMOUNT}{PERIOD}{DAY}]+,)?"
_CASH = r"(?P<cash>cash(?:,? (?:and )?cash equivalents)?(?P<funds>,? and short- ?term investments)?)"
_BESIDE = rf"(?:,? and (?:no (?:[\w-]+ )?debt|(?:net )?working capital of {AMOUNT}))?"
_WHO = rf"(?:the company|we|{_NAME})"
_TOLD = r"(?:reported|posted|recorded|had|announced|achieved|generated)"
_TODAY = (
    rf"[^{AMOUNT}{PERIOD}{DAY}]*\b(?:today (?:reported|announced|said)|(?:reported|announced|said) today)(?: that)?"
)
_FORMS = (
    rf"(?:{_TODAY} )?{_LEAD}{_OWN}(?P<of>{_REVENUES}|{_NET})(?: {PERIOD},?)?{_ASIDE} {_WAS} {_RECORD}"
    rf"(?P<first>{AMOUNT}){_REST}",
    rf"(?:{_LEAD}{_WHO} (?:today )?{_TOLD}|{_TODAY})(?: (?:a )?{PERIOD})? {_RECORD}(?P<of>{_REVENUES}|{_NET})"
    rf"(?: {PERIOD})? of (?P<first>{AMOUNT}){_REST}",
    rf"{_LEAD}{_WHO} (?P<of>earned) (?P<first>{AMOUNT}){_REST}",
    rf"{_LEAD}{_OWN}(?P<how>diluted|basic) (?P<result>{_RESULT}) per {_SHARE}(?: {PERIOD})? {_WAS} (?P<per>{AMOUNT})"
    rf"(?:,? {PERIOD})?[,. ]*",
    rf"{_LEAD}{_OWN}(?P<result>{_RESULT}) per (?P<how>diluted|basic) {_SHARE}(?: {PERIOD})? {_WAS} (?P<per>{AMOUNT})"
    rf"(?:,? {PERIOD})?[,. ]*",
    rf"{DAY}, {_WHO} had (?P<first>{AMOUNT}) (?:in|of) {_CASH}{_BESIDE}[,. ]*",
    rf"(?:{DAY}, )?{_OWN}{_CASH}(?: {DAY})? (?:{_WAS}|stood at) (?P<first>{AMOUNT})(?: {DAY})?[,. ]*",
)


class Said(Struct, frozen=True):
    """One figure of a sentence: what it is of (`revenues`, `sales`, `net`, `diluted`, `basic`, `cash`, `funds`).

    `label` is the words for it; `value` is in whole units, negative for a loss, and `decimals` says how far it is
    stated; `digits` is the number as printed, `start` its offset in the sentence.
    """

    sort: str
    label: str
    value: Decimal
    decimals: int
    digits: str
    start: int


class Sentence(Struct, frozen=True):
    """What a sentence states, and the words of its periods (`spans`) or the dates of its days (`days`)."""

    said: tuple[Said, ...]
    spans: frozenset[str]
    days: frozenset[str]


def is_adjusted(text: str) -> bool:
    """Whether a sentence speaks of other figures than the whole company's reported ones."""
    return _ADJUSTED.search(text) is not None


@lru_cache(maxsize=16)
def _forms(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The forms of sentences with what the registrant is called in them; few sentences name it at all."""
    suffix = r"(?:,? (?:inc|corp|corporation|co|company|ltd)\b\.?)?"
    named = "|".join(re.escape(name) + suffix for name in names) or "(?!)"
    return tuple(re.compile(form.replace(_NAME, f"(?:{named})"), re.I) for form in _FORMS)


def read_sentence(text: str, names: Sequence[str]) -> Sentence | None:
    """What the sentence states up to where it compares; None if that is hedged or of no form.

    `names` are what the registrant is called, without "Inc." and the like.
    """
    cut = _COMPARISON.search(text)
    text = text[: cut.start()] if cut else text
    if "$" not in text or _HEDGED.search(text):
        return None
    opening = len(text) - len(text.lstrip("\"' \u201c\u2018"))
    marks = list(_MARKS.finditer(text, opening))
    skeleton = _skeleton(text, opening, marks)
    named = tuple(name for name in names if name.lower() in skeleton.lower())
    match = next((found for form in _forms(named) if (found := form.fullmatch(skeleton))), None)
    if match is None:
        return None
    amounts = [mark for mark in marks if mark["amount"]]
    figures = (
        _figure(sort, label, sign, amounts[skeleton.count(AMOUNT, 0, match.start(group))])
        for sort, label, sign, group in _stated(match)
    )
    return Sentence(
        tuple(figure for figure in figures if figure is not None),
        frozenset(mark["period"] for mark in marks if mark["period"]),
        frozenset(mark["date"] for mark in marks if mark["day"]),
    )


def _skeleton(text: str, start: int, marks: Iterable[re.Match[str]]) -> str:
    """The text from `start` on with a sign for each amount, period and day."""
    pieces, position = [], start
    for mark in marks:
        sign = AMOUNT if mark["amount"] else PERIOD if mark["period"] else DAY
        pieces += [text[position : mark.start()], sign]
        position = mark.end()
    return "".join([*pieces, text[position:]])


def _stated(match: re.Match[str]) -> Iterator[tuple[str, str, int, str]]:
    """What a sentence of a form states: sort, label, sign, and the group of the amount."""
    named = match.groupdict()
    subject = (named.get("of") or "").replace("earned", "net income")
    sign = -1 if "loss" in subject.lower() else 1
    if named.get("cash"):
        yield "funds" if named["funds"] else "cash", named["cash"], 1, "first"
    elif subject:
        yield _sort(subject), subject, sign, "first"
    how = next((named[name].lower() for name in ("how", "how2", "how3") if named.get(name)), None)
    if how and _sort(subject) == "net":
        result = (named.get("result") or subject).strip()
        yield how, f"{result} per {how} share", -1 if "loss" in result.lower() else sign, "per"
    if named.get("also"):
        yield _sort(named["also"]), named["also"], 1, "second"


def _sort(subject: str) -> str:
    words = subject.lower()
    return "revenues" if "revenue" in words else "sales" if "sales" in words else "net"


def _figure(sort: str, label: str, sign: int, mark: re.Match[str]) -> Said | None:
    """The figure; None for a bracketed profit, for millions a share, and for an amount that lacks its "million"."""
    name = next(name for name in ("n1", "n2", "n3") if mark[name])
    digits, unit = mark[name], mark["unit"]
    per_share, bracketed = sort in ("diluted", "basic"), name != "n3"
    if (bracketed and sign > 0) or (per_share and unit) or not (per_share or unit or "," in digits):
        return None
    value, decimals = _value(digits, unit)
    return Said(sort, label, sign * value, decimals, digits, mark.start(name))


def _value(digits: str, unit: str | None) -> tuple[Decimal, int]:
    """The number in whole units and its `decimals`: thousands that are all zeros are taken for rounding."""
    number = Decimal(digits.replace(",", ""))
    places = len(digits.partition(".")[2])
    if unit:
        power = 6 if unit.lower() == "million" else 9
        return number * 10**power, places - power
    zeros = re.search(r"(?:,000)+$", digits)
    return number, places if zeros is None else -3 * (len(zeros[0]) // 4)
