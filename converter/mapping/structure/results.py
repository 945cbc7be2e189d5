"""What kind of result a caption names: net income, income before taxes, income from continuing operations."""

from enum import Enum, auto
from functools import lru_cache

from converter.vocabulary import expression, wording


class Result(Enum):
    """A result, from revenues down to what is left for common shareholders."""

    BEFORE_TAX = auto()
    """Income before income taxes."""
    AFTER_TAX = auto()
    """Income after taxes, before equity in the earnings of affiliates."""
    BEFORE_MINORITY = auto()
    """Income after taxes, before the minority owners' share."""
    CONTINUING = auto()
    """Income from continuing operations."""
    DISCONTINUED = auto()
    """Income from discontinued operations."""
    BEFORE_EXTRAORDINARY = auto()
    """Income before extraordinary items or the cumulative effect of accounting changes, or both."""
    EXTRAORDINARY = auto()
    CUMULATIVE = auto()
    """The cumulative effect of accounting changes."""
    NET = auto()
    """Net income, whoever's."""
    MINORITY = auto()
    """The minority owners' share of it."""
    PARENT = auto()
    """Net income attributable to the company."""
    COMMON = auto()
    """Net income for common shareholders, after preferred dividends."""
    OTHER = auto()
    """Another result, or a part of one."""


_ALTERNATIVE = expression(
    r"\((?:(?:or|and|/) ?)?(?:net )?(?:loss|losses|income|incomes|earnings|profit|profits|deficit|deficiency|benefit|"
    r"credit|expense|provision|charge|charges|gain|gains|benefit from|provision for|see notes?|note|unaudited|"
    r"restated|as restated)\)"
)
_RESULT = expression(r"\b(?:income|incomes|earnings|loss|losses|profits?|deficit|deficiency|results?)\b")
_PRETAX = expression(r"^(?:total |consolidated )?pre-?\s?tax (?:net )?(?:income|earnings|loss|profit)\b(?! of| on)")
_NET_OF_TAX = expression(
    r"\bnet of (?:applicable |related |income |federal |deferred |tax )*(?:tax(?:es)?|benefits?|expense|effects?)\b"
)
_TAX = expression(r"\btax(?:es|ation)?\b")
_MINORITY = expression(r"\bminority\b|\bnon-?\s?controlling\b")
_MINORITY_INTEREST = expression(r"\b(?:minority|non-?\s?controlling) (?:shareholders'? |owners'? )?interests?\b")
_EBIT = expression(
    r"^\W*(?:net )?(?:interest|depreciation)\b(?! on| in)|\binterest(?: expense| charges)?\b(?:,| and| &)"
)
_EXTRAORDINARY = expression(r"\bextraordinary\b")
_ACCOUNTING = expression(
    r"\bcumulative effects?\b|\baccounting (?:change|principle|method|standard)s?\b|\bin accounting\b"
)
_AFFILIATES = expression(
    r"\bunconsolidated\b|\baffiliate[sd]?\b|\bassociated\b|\bequity (?:in|method)\b|\bjoint ventures?\b|\binvestees?\b"
)
_FOR_OWNERS = expression(r"\b(?:applicable|available|attributable|allocable|allocated|accruing|remaining|earned)\b")
_COMMON = expression(r"\bcommon\b|\bordinary\b")
_ATTRIBUTABLE = expression(r"\b(?:attributable|attributed|applicable|allocable|allocated) to\b")
_PARTNERS = expression(
    r"\b(?:general|limited|common|managing) partners?\b|\bmembers?\b|\bunit ?holders?\b|\bclass\b|\bparticipating\b"
)
_OF_RESULT = expression(r"(?:consolidated )?(?:net|income|earnings|loss|profit)\b")
_AFTER_DIVIDENDS = expression(
    r"\bafter (?:(?:deduction of|deducting) )?(?:preferred|preference|dividends)\b|\bavailable to\b"
)
_ENDS_WITH_NET = expression(r"\bnet (?:income|earnings|loss)$")
_NOT_A_NAME = expression(
    r"\b(?:adjusted|pro|core|cash|operating|in|of|from|equity|total|before|after|percent|diluted|basic)\b|%"
)
_OF_A_COMPANY = expression(
    r"\bof (?!(?:un)?consolidated|subsidiar|affiliat|associated|equity|investee|discontinued|pooled|acquired|joint|"
    r"prior)"
)
_NET = expression(
    r"^(?:earnings|profit|income|loss) for the (?:financial )?(?:year|period|quarter)\b|"
    r"^(?:consolidated |total |and |equals )*(?:net|the year's|profit for the|income for the)\b[\s(/]*"
    r"(?:income|incomes|earnings|loss|losses|profits?|deficit|deficiency|results?|year|period)\b"
)
_NET_ELSEWHERE = expression(
    r"\b(?:excluding|per|excess|of|on|adjusted|pro|before|after|from|cash|operating|investments?|interest|sales?|non|core|"
    r"unrealized|realized|in|to|expenses?|limited|general|available|subsidiary|subsidiaries|affiliates?)\b"
)
_FOR_THE_PERIOD = expression(r"\bfor (?:the )?(?:year|period|quarter|month|three|six|nine|twelve|\d)[^,]*")
_AS_REPORTED = expression(
    r"\bas (?:previously )?(?:reported|restated)\b|\bfrom consolidated operations\b|\band (?:total )?comprehensive\b.*|"
    r"\bin accordance with gaap\b"
)


@lru_cache(maxsize=8192)
def result_of(caption: str) -> Result | None:
    """Return the result that a caption names, None if it names none."""
    text = _plain(caption)
    head, before, tail = text.partition("before ")
    if before and head.startswith("net ") and _MINORITY.search(tail):
        return Result.NET
    if before and (not head.strip() or head.endswith((" ", "(", "-", "/"))):
        return _before(head, tail)
    if "discontinued" in text:
        return Result.DISCONTINUED
    if _PRETAX.match(text):
        return Result.BEFORE_TAX
    if text.startswith("extraordinary"):
        return Result.EXTRAORDINARY
    if not _RESULT.search(text):
        return None
    if _MINORITY.search(text):
        return Result.NET if "including" in text or "before" in text else Result.MINORITY
    if "continuing" in text:
        return Result.OTHER if "operating income" in text or "operating profit" in text else Result.CONTINUING
    if "comprehensive" in text and not text.startswith("net "):
        return None
    owners = _FOR_OWNERS.search(text)
    if _COMMON.search(text, owners.end()) if owners else "for common" in text:
        return Result.COMMON
    if _AFTER_DIVIDENDS.search(text) and _OF_RESULT.match(text):
        return Result.COMMON
    if _ATTRIBUTABLE.search(text) and _OF_RESULT.match(text):
        return Result.OTHER if _PARTNERS.search(text) else Result.PARENT
    if "of consolidated" in text and not _TAX.search(text):
        return Result.AFTER_TAX
    return _net(text)


def _plain(caption: str) -> str:
    """Return a caption in lowercase without alternatives in brackets, and without "net of taxes"."""
    lowered = wording(caption).lowered.replace("’", "'").replace("prior to ", "before ")
    outside = _ALTERNATIVE.sub(" ", lowered)
    if not _RESULT.search(outside):
        outside = lowered.replace("(", " ").replace(")", " ")
    return " ".join(_NET_OF_TAX.sub(" ", outside).split())


def _before(head: str, tail: str) -> Result:
    """Return the result "before" something; `head` is the caption up to that word, `tail` what comes after."""
    others = _MINORITY_INTEREST.sub(" ", tail)
    if "discontinued" in head and "continuing" not in head:
        return Result.DISCONTINUED
    if _TAX.search(others) and not _TAX.search(head):
        return Result.OTHER if _EBIT.search(others) else Result.BEFORE_TAX
    if _TAX.search(head):
        return Result.OTHER
    if _MINORITY.search(tail):
        return Result.AFTER_TAX if _AFFILIATES.search(tail) else Result.BEFORE_MINORITY
    if "continuing" in head:
        return Result.CONTINUING
    if _EXTRAORDINARY.search(tail) or _ACCOUNTING.search(tail):
        return Result.BEFORE_EXTRAORDINARY
    if "discontinued" in tail:
        return Result.CONTINUING
    return Result.AFTER_TAX if _AFFILIATES.search(tail) else Result.OTHER


def _net(text: str) -> Result | None:
    match = _NET.match(text)
    if match is not None and _OF_A_COMPANY.match(text[match.end() :].strip()):
        return Result.NET if "group" in text else Result.PARENT
    if match is not None:
        rest = _AS_REPORTED.sub(" ", _FOR_THE_PERIOD.sub(" ", text[match.end() :]))
        if not _NET_ELSEWHERE.search(rest):
            return Result.NET
        return Result.OTHER
    ends = _ENDS_WITH_NET.search(text)
    if ends is not None and not _NOT_A_NAME.search(text, 0, ends.start()):
        return Result.NET
    return Result.OTHER
