"""Rules that identify concepts by their names, which are those of US-GAAP elements."""

import re
from functools import lru_cache

CHANGE_IN_CASH = "CashAndCashEquivalentsPeriodIncreaseDecrease"

_CONTRA = re.compile(
    r"(?<!Earnings)Accumulated(?!Other)|Allowance|Reserve|Treasury|Unearned|Unamortized|Subscription|^(?>.*?Deferred).*Equity|HeldInTrust"
)


@lru_cache(maxsize=4096)
def is_contra(name: str) -> bool:
    """Whether the concept is subtracted from another: an allowance, accumulated depreciation, treasury stock."""
    return _CONTRA.search(name) is not None
