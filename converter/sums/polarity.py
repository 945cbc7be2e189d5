"""Polarity of a row by its wording: whether a positive figure increases or decreases the result."""

from collections.abc import Sequence
from functools import lru_cache

from converter.statements import StatementKind
from converter.vocabulary import expression, wording

_DEDUCTED = expression(r"\W*(?:less|deduct|deductions?)\b")
_ADDED = expression(r"\W*(?:add|plus)\b")

_RESULT = expression(
    r"\W*(?:(?:total|net|gross|other|operating|interest|consolidated|investment|miscellaneous|pretax|pre-tax|"
    r"equity in|and|from)\b\W*)*"
    r"(?:(?:income|earnings)(?!\s+tax)|profits?|revenues?|sales|gains?|margin|cash provided|cash flows? provided)\b"
)
_LOSS = expression(r"\W*(?:(?:total|net|gross|other|operating|comprehensive)\b\W*)*loss(?:es)?\b")
_RELIEF = expression(r"\bbenefits? (?:from|for|of|on)\b|\b(?:tax|taxes) (?:benefit|credit|recover)|recover(?:y|ies)")
_COST = expression(
    r"cost|expens|provision|tax|deprecia|amorti[sz]|depletion|salar|wages|compensation|\brent|selling|general|"
    r"administrat|research|development|marketing|advertis|restructur|impairment|write-?\s?(?:off|down)|charge|loss|"
    r"minority|non-?controlling|dividend|interest on|fuel|maintenance|purchase|occupancy|benefits|claims|merger|royalt"
)
_GAIN = expression(r"revenue|sales|income|gain|earnings|profit|margin|benefit|equity in|fees|interest and|rents")
_OUTFLOW = expression(
    r"\bused\b|purchase|payment|repa(?:y|id)|acqui|expenditure|additions|dividends|retire|redemption|decrease|invest"
)
_INFLOW = expression(r"provided|proceeds|increase|sale|borrow|issu|income|earnings|deprecia|amorti")
_CONTRA = expression(
    r"accumulated (?:deprec|amort|depletion)|allowance|treasury|deficit|unearned|subscription|"
    r"receivable from (?:stock|share|off)|unamortized|deferred comp|reacquired|held in treasury|in treasury|\bless\b"
)


def is_deducted(label: str, sections: Sequence[str]) -> bool:
    """Whether the caption or the innermost heading above it marks the row as a deduction: "Less: ..."."""
    return _names_deduction(label) or (bool(sections) and _names_deduction(sections[-1]))


@lru_cache(maxsize=8192)
def _names_deduction(text: str) -> bool:
    return _DEDUCTED.match(wording(text).lowered) is not None


@lru_cache(maxsize=4096)
def polarity(label: str, sections: tuple[str, ...], kind: StatementKind) -> int:
    """Return +1 if a positive figure increases the result of the statement, -1 if it decreases it, 0 if unknown.

    The result is net income, the change in cash, or the assets and the equity. Words in brackets name what a
    bracketed figure means ("Gain (loss) on sale"), the others what a positive one means. If the caption does not
    decide, the innermost heading does.
    """
    caption_polarity = _text_polarity(label, kind)
    if caption_polarity or not sections:
        return caption_polarity
    return _heading_polarity(sections, kind)


def _heading_polarity(sections: Sequence[str], kind: StatementKind) -> int:
    innermost = wording(sections[-1]).lowered
    if kind is StatementKind.INCOME:
        return _text_polarity(innermost, kind)
    return -1 if _DEDUCTED.match(innermost) else 0


def _text_polarity(text: str, kind: StatementKind) -> int:
    forms = wording(text)
    words = forms.outside if text.count("(") == text.count(")") else forms.lowered
    if not words.strip(" ,.:-"):
        words = forms.lowered
    if _DEDUCTED.match(words):
        return -1
    if _ADDED.match(words):
        return 1
    if kind is StatementKind.INCOME:
        return _income_polarity(words)
    if kind is StatementKind.CASH_FLOW:
        return -1 if _OUTFLOW.search(words) and not _INFLOW.search(words) else 1 if _INFLOW.search(words) else 0
    return -1 if _CONTRA.search(words) else 1


def _income_polarity(words: str) -> int:
    if _RESULT.match(words):
        return 1
    if _LOSS.match(words):
        return -1
    if _RELIEF.search(words):
        return 1
    if _COST.search(words):
        return -1
    return 1 if _GAIN.search(words) else 0
