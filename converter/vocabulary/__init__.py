"""The words and numbers of filings: amounts, dates and periods, months, form types, keywords, codes of findings."""

from converter.vocabulary.amounts import Amount, Token, find_amounts
from converter.vocabulary.findings import NO_AMOUNTS, Code, Finding, Severity, Unread
from converter.vocabulary.forms import is_annual, is_no_release, is_periodic, is_quarterly, is_release, is_schedule
from converter.vocabulary.keywords import KeywordPattern, has_any, keyword_pattern, search_word
from converter.vocabulary.months import MONTH_NAME, MONTH_PREFIXES, MONTHS, month_of
from converter.vocabulary.periods import (
    Duration,
    Instant,
    Mention,
    PartialDate,
    Period,
    duration_ending,
    ends_month,
    near,
    read_mention,
)
from converter.vocabulary.wording import Wording, wording

__all__ = [
    "MONTHS",
    "MONTH_NAME",
    "MONTH_PREFIXES",
    "NO_AMOUNTS",
    "Amount",
    "Code",
    "Duration",
    "Finding",
    "Instant",
    "KeywordPattern",
    "Mention",
    "PartialDate",
    "Period",
    "Severity",
    "Token",
    "Unread",
    "Wording",
    "duration_ending",
    "ends_month",
    "find_amounts",
    "has_any",
    "is_annual",
    "is_no_release",
    "is_periodic",
    "is_quarterly",
    "is_release",
    "is_schedule",
    "keyword_pattern",
    "month_of",
    "near",
    "read_mention",
    "search_word",
    "wording",
]
