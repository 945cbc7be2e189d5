"""The lengths of periods of which a table gives only the last days."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from converter.statements.drafts import Draft
from converter.vocabulary import Duration


def durations_by_end(drafts: Iterable[Draft]) -> dict[date, set[Duration]]:
    """Map each last day of a period to the durations of columns that end on it."""
    durations: dict[date, set[Duration]] = {}
    for draft in drafts:
        for column in draft.columns:
            if isinstance(column.period, Duration):
                durations.setdefault(column.period.end, set()).add(column.period)
    return durations


def infer_durations(draft: Draft, durations: Mapping[date, Collection[Duration]]) -> Draft:
    """Complete columns that lack the length of their period.

    Each takes the one that ends on its last day in `durations` and the draft's own columns, if there is just one.
    """
    own_durations = durations_by_end([draft])
    columns = []
    for column in draft.columns:
        if column.end is not None:
            candidates = {*durations.get(column.end, ()), *own_durations.get(column.end, ())}
            if len(candidates) == 1:
                column = replace(column, period=candidates.pop(), reason=None, end=None)
        columns.append(column)
    return replace(draft, columns=tuple(columns))
