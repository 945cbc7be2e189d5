"""The headline rows of a cash flow statement: the cash of the three activities, which make the change in cash."""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from converter.mapping.structure.adding import adds_up
from converter.mapping.structure.model import Verdict
from converter.mapping.totals import is_bare
from converter.statements import LineItem, Statement, UnitKind
from converter.taxonomy import CHANGE_IN_CASH
from converter.vocabulary import expression, wording

_CASH = r"(?:cash|funds)(?: flows?)?(?: (?:and (?:cash )?equivalents|\(?required\)?))?"
_FLOW = (
    r"(?:\W*(?:provided|used|generated|required|flows?|from|by|for|in|or|and|\(\w+ (?:by|for|in|from)\)|\(used\)|net))"
)
_ACTIVITIES = {
    name: expression(rf"^(?:total )?(?:net )?{_CASH}\b{_FLOW}{{1,7}}\W*{words}(?: activities)?\W*$")
    for name, words in (
        ("NetCashProvidedByUsedInOperatingActivities", "operat(?:ing|ions)"),
        ("NetCashProvidedByUsedInInvestingActivities", "invest(?:ing|ments)"),
        ("NetCashProvidedByUsedInFinancingActivities", "financ(?:ing|es)"),
    )
}
_HEADINGS = {
    name: expression(rf"^\W*(?:(?:{_CASH})\b{_FLOW}{{0,7}}\W*)?{words}(?: activities)?\W*$")
    for name, words in (
        ("NetCashProvidedByUsedInOperatingActivities", "operat(?:ing|ions)"),
        ("NetCashProvidedByUsedInInvestingActivities", "invest(?:ing|ments)"),
        ("NetCashProvidedByUsedInFinancingActivities", "financ(?:ing|es)"),
    )
}
"""The headings of the activities, below which a row without a caption may be the cash of the activity."""
_CHANGE = expression(r"\b(?:in|de)crease\b|\bchange\b")
_BEGINNING = expression(r"\bbeginning\b")
"""The cash at the beginning of the period, which stands below the change, though that have no caption."""
_MOST = 3
"""So many rows that name one activity are looked at, and so many between the last of them and the change in cash."""


class _Rows(NamedTuple):
    """The rows of the three activities and of the change in cash."""

    operating: int
    investing: int
    financing: int
    change: int


def read_flows(statement: Statement) -> dict[int, Verdict]:
    """Return the verdicts on the headline rows of a cash flow statement by row.

    They are certain if the cash of the three activities, with at most one more row (the effect of exchange rates), is
    the change in cash in every column.
    """
    parts = dict(_with_discontinued(statement.items))
    for rows in _candidates(statement.items):
        names = (*_ACTIVITIES, CHANGE_IN_CASH)
        reason = "the cash of the activities makes the change in cash"
        return parts | {row: Verdict(name, reason) for row, name in zip(rows, names, strict=True)}
    return parts


def _with_discontinued(items: Sequence[LineItem]) -> Iterator[tuple[int, Verdict]]:
    """Yield the verdicts on the cash of continuing and of discontinued operations that make the cash of an activity."""
    for total in range(2, len(items)):
        text = wording(items[total].label).lowered if items[total].unit is UnitKind.MONETARY else ""
        activity = next((name for name, form in _ACTIVITIES.items() if text and form.match(text)), None)
        if activity is None or "discontinued" not in wording(items[total - 1].label).lowered:
            continue
        if adds_up(items, total, {total - 2: 1, total - 1: 1}):
            reason = "with the cash of discontinued operations, it makes that of the activity"
            yield total, Verdict(activity, reason)
            yield total - 1, Verdict(f"{activity.removeprefix('Net')}DiscontinuedOperations", reason)
            yield total - 2, Verdict(f"{activity}ContinuingOperations", reason)


def _is_below(item: LineItem, heading: re.Pattern[str]) -> bool:
    return any(heading.match(wording(section).lowered) for section in item.sections)


def _candidates(items: Sequence[LineItem]) -> Iterator[_Rows]:
    """Yield the rows that make sums, the last ones of each activity first."""
    texts = [*(wording(item.label).lowered if item.unit is UnitKind.MONETARY else "" for item in items), ""]
    bare = [i for i, item in enumerate(items) if item.unit is UnitKind.MONETARY and is_bare(item)]
    operating, investing, financing = (
        [i for i, text in enumerate(texts) if form.match(text)][-_MOST:][::-1]
        or [i for i in bare if _is_below(items[i], _HEADINGS[name])][-_MOST:][::-1]
        for name, form in _ACTIVITIES.items()
    )
    for activities in product(operating, investing, financing):
        end = max(activities) + 1
        for change in range(end, min(end + _MOST, len(items))):
            if not _CHANGE.search(texts[change]) and not (change in bare and _BEGINNING.search(texts[change + 1])):
                continue
            between = [(), *((i,) for i in range(end, change))]
            if any(adds_up(items, change, dict.fromkeys((*activities, *others), 1)) for others in between):
                yield _Rows(*activities, change)
