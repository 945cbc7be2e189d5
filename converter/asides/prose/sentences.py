"""Read the figures of sentences that have one of a few forms.

A sentence is reduced to a skeleton, with a placeholder for each amount ("$2.4 million"), period ("for the fourth
quarter") and day ("at December 31, 2003"). A form is a regular expression that the whole skeleton must match.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from msgspec import Struct

from converter.asides.prose.spans import PERIOD_PHRASE
from converter.vocabulary import expression, keyword_pattern

AMOUNT, PERIOD, DAY = "\ue000", "\ue001", "\ue002"
"""The placeholders of a skeleton: private use characters (Unicode section 23.5), which no filing contains."""

_NAME = "\ue003"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_AMOUNT = (
    rf"(?:\(\$ ?(?P<n1>{_NUMBER})\)|\$ ?\( ?(?P<n2>{_NUMBER}) ?\)|\$ ?(?P<n3>{_NUMBER}))"
    r"(?: ?(?P<unit>million|billion))?"
    r"(?! ?(?:thousand|trillion|hundred|cents)|,? ?\d|\.\d|[\w%/])"
)
_DAY = r"\b(?:[Aa]t|[Aa]s of|[Oo]n) (?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})"
_MARK = expression(rf"(?P<amount>{_AMOUNT})|(?P<period>{PERIOD_PHRASE})|(?P<day>{_DAY})")

_COMPARISON = expression(
    r",? (?:\(?(?:as )?compared (?:to|with)|compares|versus|vs|as against|against|up|down|flat|from|which|while|"
    r"whereas|an? (?:\w+ )?(?:increase|decrease|decline|improvement|gain)|representing|reflecting|"
    r"and (?:versus|are up))\b|;| -- | \u2013 |\u2014"
)
_HEDGED = expression(
    r"\b(?:approximately|about|around|over|more than|less than|nearly|almost|roughly|some|up to|at least|in excess|"
    r"expect\w*|anticipat\w*|will|would|should|could|may|might|guidance|outlook|forecast\w*|estimat\w*|project\w*|"
    r"target\w*|range|between|preliminary|increas\w*|decreas\w*|rose|grew|declin\w*|improv\w*|percent|impact\w*|"
    r"benefit\w*|if)\b|%",
    re.I,
    first="%abceilmnoprstuwgfd",
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
_LEAD_IN = rf"(?:under generally accepted accounting principles(?: \(gaap\))?, )?(?:{PERIOD},? )?"
_DETERMINER = r"(?:the (?:company's )?|its |our )?"
_SHARE = r"(?:common )?share"
_PER_SHARE = (
    rf"(?:,? (?:or )?\(?(?P<per>{AMOUNT}) (?P<result>{_RESULT} )?(?:per|a) (?:fully )?(?:(?P<how>diluted|basic) )?"
    rf"{_SHARE}(?: \((?P<how2>diluted|basic)\))?(?: on a (?:fully )?(?P<how3>diluted|basic) basis)?"
    r"(?: \(based on [^()]*\))?\)?)?"
)
_TAIL = rf"{_PER_SHARE}(?:,? on (?P<also>{_REVENUES}) of (?P<second>{AMOUNT}))?(?:,? {PERIOD})?[,. ]*"
_RECORD = r"(?:a )?(?:record |strong )?"
_INSERTION = rf"(?:,? including [^,{AMOUNT}{PERIOD}{DAY}]{{1,200}},)?"
_CASH = r"(?P<cash>cash(?:,? (?:and )?cash equivalents)?(?P<funds>,? and short- ?term investments)?)"
_CASH_ADDITION = rf"(?:,? and (?:no (?:[\w-]+ )?debt|(?:net )?working capital of {AMOUNT}))?"
_SPEAKER = rf"(?:the company|we|{_NAME})"
_REPORTED = r"(?:reported|posted|recorded|had|announced|achieved|generated)"
_REPORTED_TODAY = (
    rf"[^{AMOUNT}{PERIOD}{DAY}]*\b(?:today (?:reported|announced|said)|(?:reported|announced|said) today)(?: that)?"
)
_FORMS = (
    rf"(?:{_REPORTED_TODAY} )?{_LEAD_IN}{_DETERMINER}(?P<of>{_REVENUES}|{_NET})(?: {PERIOD},?)?{_INSERTION} {_WAS} "
    rf"{_RECORD}(?P<first>{AMOUNT}){_TAIL}",
    rf"(?:{_LEAD_IN}{_SPEAKER} (?:today )?{_REPORTED}|{_REPORTED_TODAY})(?: (?:a )?{PERIOD})? {_RECORD}"
    rf"(?P<of>{_REVENUES}|{_NET})(?: {PERIOD})? of (?P<first>{AMOUNT}){_TAIL}",
    rf"{_LEAD_IN}{_SPEAKER} (?P<of>earned) (?P<first>{AMOUNT}){_TAIL}",
    rf"{_LEAD_IN}{_DETERMINER}(?P<how>diluted|basic) (?P<result>{_RESULT}) per {_SHARE}(?: {PERIOD})? {_WAS} "
    rf"(?P<per>{AMOUNT})(?:,? {PERIOD})?[,. ]*",
    rf"{_LEAD_IN}{_DETERMINER}(?P<result>{_RESULT}) per (?P<how>diluted|basic) {_SHARE}(?: {PERIOD})? {_WAS} "
    rf"(?P<per>{AMOUNT})(?:,? {PERIOD})?[,. ]*",
    rf"{DAY}, {_SPEAKER} had (?P<first>{AMOUNT}) (?:in|of) {_CASH}{_CASH_ADDITION}[,. ]*",
    rf"(?:{DAY}, )?{_DETERMINER}{_CASH}(?: {DAY})? (?:{_WAS}|stood at) (?P<first>{AMOUNT})(?: {DAY})?[,. ]*",
)


class StatedFigure(Struct, frozen=True):
    """One figure of a sentence.

    `measure` is `revenues`, `sales`, `net`, `diluted`, `basic`, `cash` or `funds`, `label` the words for it. `value`
    is in whole units, negative for a loss, `decimals` its precision as in XBRL; `digits` is the number as printed,
    `start` its offset in the sentence.
    """

    measure: str
    label: str
    value: Decimal
    decimals: int
    digits: str
    start: int


class Sentence(Struct, frozen=True):
    """The figures of a sentence, the phrases of its periods and the dates of its days."""

    figures: tuple[StatedFigure, ...]
    periods: frozenset[str]
    days: frozenset[str]


def is_adjusted(text: str) -> bool:
    """Whether a sentence is about figures other than those that the whole company reports."""
    return _ADJUSTED.search(text) is not None


@lru_cache(maxsize=16)
def _forms(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Compile the forms of sentences for these names of the registrant."""
    suffix = r"(?:,? (?:inc|corp|corporation|co|company|ltd)\b\.?)?"
    name_pattern = "|".join(re.escape(name) + suffix for name in names) or "(?!)"
    return tuple(expression(form.replace(_NAME, f"(?:{name_pattern})"), re.I) for form in _FORMS)


def read_sentence(text: str, names: Sequence[str]) -> Sentence | None:
    """Read the figures of a sentence up to a comparison; None if that part is hedged or has none of the forms.

    `names` are names of the registrant, without "Inc." and the like.
    """
    comparison = _COMPARISON.search(text)
    text = text[: comparison.start()] if comparison else text
    if "$" not in text or _HEDGED.search(text):
        return None
    start = len(text) - len(text.lstrip("\"' \u201c\u2018"))
    marks = list(_MARK.finditer(text, start))
    skeleton = _skeleton(text, start, marks)
    used_names = tuple(name for name in names if name.lower() in skeleton.lower())
    match = next((match for form in _forms(used_names) if (match := form.fullmatch(skeleton))), None)
    if match is None:
        return None
    amounts = [mark for mark in marks if mark["amount"]]
    figures = (
        _stated_figure(role, amounts[skeleton.count(AMOUNT, 0, match.start(role.group))])
        for role in _amount_roles(match)
    )
    return Sentence(
        tuple(figure for figure in figures if figure is not None),
        frozenset(mark["period"] for mark in marks if mark["period"]),
        frozenset(mark["date"] for mark in marks if mark["day"]),
    )


def _skeleton(text: str, start: int, marks: Iterable[re.Match[str]]) -> str:
    """Return the text from `start` on with a placeholder for each amount, period and day."""
    pieces, position = [], start
    for mark in marks:
        placeholder = AMOUNT if mark["amount"] else PERIOD if mark["period"] else DAY
        pieces += [text[position : mark.start()], placeholder]
        position = mark.end()
    return "".join([*pieces, text[position:]])


class _AmountRole(NamedTuple):
    """What an amount of a form is: measure, label, sign and the group that matches it."""

    measure: str
    label: str
    sign: int
    group: str


def _amount_roles(match: re.Match[str]) -> Iterator[_AmountRole]:
    """Yield the roles of the amounts in a sentence that matches a form."""
    groups = match.groupdict()
    subject = (groups.get("of") or "").replace("earned", "net income")
    sign = -1 if "loss" in subject.lower() else 1
    if groups.get("cash"):
        yield _AmountRole("funds" if groups["funds"] else "cash", groups["cash"], 1, "first")
    elif subject:
        yield _AmountRole(_measure(subject), subject, sign, "first")
    basis = next((groups[name].lower() for name in ("how", "how2", "how3") if groups.get(name)), None)
    if basis and _measure(subject) == "net":
        result = (groups.get("result") or subject).strip()
        result_sign = -1 if "loss" in result.lower() else sign
        yield _AmountRole(basis, f"{result} per {basis} share", result_sign, "per")
    if groups.get("also"):
        yield _AmountRole(_measure(groups["also"]), groups["also"], 1, "second")


def _measure(subject: str) -> str:
    words = subject.lower()
    return "revenues" if "revenue" in words else "sales" if "sales" in words else "net"


def _stated_figure(role: _AmountRole, mark: re.Match[str]) -> StatedFigure | None:
    """Return the figure; None for a bracketed profit, for millions per share and for an amount without "million"."""
    name = next(name for name in ("n1", "n2", "n3") if mark[name])
    digits, unit = mark[name], mark["unit"]
    is_per_share, is_bracketed = role.measure in ("diluted", "basic"), name != "n3"
    if (is_bracketed and role.sign > 0) or (is_per_share and unit) or not (is_per_share or unit or "," in digits):
        return None
    number = _scaled_number(digits, unit)
    return StatedFigure(role.measure, role.label, role.sign * number.value, number.decimals, digits, mark.start(name))


class _ScaledNumber(NamedTuple):
    value: Decimal
    decimals: int


def _scaled_number(digits: str, unit: str | None) -> _ScaledNumber:
    """Return the number in whole units with its decimals; trailing groups of three zeros are taken for rounding."""
    number = Decimal(digits.replace(",", ""))
    places = len(digits.partition(".")[2])
    if unit:
        power = 6 if unit.lower() == "million" else 9
        return _ScaledNumber(number * 10**power, places - power)
    rounded = sum(1 for _ in takewhile("000".__eq__, reversed(digits.split(",")[1:])))
    return _ScaledNumber(number, -3 * rounded if rounded else places)
