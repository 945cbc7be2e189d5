"""The words and numbers that filings are made of: amounts, periods, months, form types, keywords; and the findings."""

from converter.vocabulary.amounts import MAX_LENGTH, Amount, Token, find_amounts
from converter.vocabulary.expressions import expression
from converter.vocabulary.findings import NON_AMOUNT_REASONS, Code, Finding, Severity, UnreadReason
from converter.vocabulary.forms import cannot_be_release, is_annual, is_periodic, is_quarterly, is_release, is_schedule
from converter.vocabulary.keywords import (
    KeywordPattern,
    find_word,
    has_any,
    keyword_pattern,
    lowercase,
    occurrences,
    search_word,
)
from converter.vocabulary.months import MONTH_NAME, MONTH_PREFIXES, MONTHS, month_of
from converter.vocabulary.periods import (
    PIVOT,
    Duration,
    Instant,
    Mention,
    PartialDate,
    Period,
    are_near,
    days_near,
    duration_ending,
    ends_month,
    lists_lengths,
    read_dates,
    read_mention,
)
from converter.vocabulary.wording import Wording, wording

__all__ = [
    "MAX_LENGTH",
    "MONTHS",
    "MONTH_NAME",
    "MONTH_PREFIXES",
    "NON_AMOUNT_REASONS",
    "PIVOT",
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
    "UnreadReason",
    "Wording",
    "are_near",
    "cannot_be_release",
    "days_near",
    "duration_ending",
    "ends_month",
    "expression",
    "find_amounts",
    "find_word",
    "has_any",
    "is_annual",
    "is_periodic",
    "is_quarterly",
    "is_release",
    "is_schedule",
    "keyword_pattern",
    "lists_lengths",
    "lowercase",
    "month_of",
    "occurrences",
    "read_dates",
    "read_mention",
    "search_word",
    "wording",
]
