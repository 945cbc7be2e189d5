"""Concepts that rules know by their names: those of US-GAAP elements say what a concept is."""

import re
from functools import lru_cache

CHANGE_IN_CASH = "CashAndCashEquivalentsPeriodIncreaseDecrease"

_CONTRA = re.compile(
    r"(?<!Earnings)Accumulated(?!Other)|Allowance|Reserve|Treasury|Unearned|Unamortized|Subscription|Deferred.*Equity|HeldInTrust"
)


@lru_cache(maxsize=4096)
def is_contra(name: str) -> bool:
    """Whether a concept is one that is taken from another: an allowance, accumulated depreciation, treasury stock."""
    return _CONTRA.search(name) is not None
