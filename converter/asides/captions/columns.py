"""To which column of the statement each amount of a caption belongs: by the days beside it, or by their order."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from converter.asides.captions.grammar import Group
from converter.asides.captions.lexer import CaptionToken, Word

_BETWEEN_DAYS = frozenset({Word.AND, Word.COMMA, Word.AT, Word.PLAIN})
_FISCAL_YEARS_END = 2
"""A fiscal year that ends by this month may be called after the year before."""
_AFTER_DAYS = frozenset({Word.DASH, Word.COMMA, Word.SHARES, Word.PLAIN})


class DayRun(Struct, frozen=True):
    """Days that stand together, as "June 30, 2009 and 2008": indexes of the first and last token, and the column
    of each: none for a day that is that of no column.

    `follows`: the days belong to amounts before them, else to those after them.
    """

    first: int
    last: int
    columns: tuple[tuple[int, ...], ...]
    follows: bool


UNCERTAIN = -1
"""Stands for the column of an amount that may belong to several."""

Columns = Mapping[int, tuple[int, ...]]
"""The columns of each amount by its index among the tokens."""


def read_columns(
    tokens: Sequence[CaptionToken], groups: Sequence[Group], ends: Sequence[date]
) -> tuple[Sequence[Group], Columns]:
    """Return the groups, and the columns of the amounts that days belong to: UNCERTAIN where they are not.

    `ends` are the days of the statement's columns. "310 and 298 issued and outstanding at June 30, respectively"
    becomes two groups.
    """
    runs = list(_runs(tokens, groups, ends))
    groups = [part for group in groups for part in _by_word(tokens, group, runs)]
    return groups, _by_days(tokens, groups, runs)


def _by_word(tokens: Sequence[CaptionToken], group: Group, runs: Sequence[DayRun]) -> Iterator[Group]:
    """Divide a group with two amounts for each day, respectively for what is issued and what is outstanding."""
    previous = -1
    divided: list[int] = []
    for run in runs:
        amounts = [index for index in group.amounts if previous < index < run.first]
        previous = run.last
        following = {token.word for token in tokens[run.last + 1 : run.last + 3]}
        if amounts and (len(amounts) != 2 or len(run.columns) != 1 or not run.follows):
            divided.clear()
            break
        divided += amounts if len(group.amounts) > 2 or Word.RESPECTIVELY in following else []
    if group.words != {Word.ISSUED, Word.OUTSTANDING} or len(divided) != len(group.amounts):
        yield group
        return
    yield replace(group, amounts=tuple(divided[::2]), words=frozenset({Word.ISSUED}))
    yield replace(group, amounts=tuple(divided[1::2]), words=frozenset({Word.OUTSTANDING}))


def settle(groups: Sequence[Group], dated: Columns, count: int) -> Columns:
    """Complete the columns of groups that say the same: amounts without a day are in column order, or in all columns.

    Return no columns if they are not certain.
    """
    dated = {index: dated[index] for group in groups for index in group.amounts if index in dated}
    parts = [part for group in groups if (part := [index for index in group.amounts if index not in dated])]
    if len(parts) > 1:
        return {}
    undated = parts[0] if parts else []
    if any(UNCERTAIN in columns for columns in dated.values()):
        return {}
    taken = {column for columns in dated.values() for column in columns}
    free = [column for column in range(count) if column not in taken]
    if not undated:
        return dated
    if len(undated) == 1 and (not dated or len(free) == 1):
        return {**dated, undated[0]: tuple(free)}
    if len(undated) != len(free):
        return {}
    return {**dated, **{index: (column,) for index, column in zip(undated, free, strict=True)}}


def _by_days(
    tokens: Sequence[CaptionToken], groups: Sequence[Group], runs: Sequence[DayRun]
) -> dict[int, tuple[int, ...]]:
    """Return the columns of the amounts that days belong to; empty columns where that is not certain."""
    columns: dict[int, tuple[int, ...]] = {}
    for number, run in enumerate(runs):
        if run.follows:
            start = max([runs[number - 1].last if number else -1, _opening(tokens, run.first)])
            members = [[i for i in group.amounts if start < i < run.first] for group in groups]
        else:
            stop = runs[number + 1].first if number + 1 < len(runs) else len(tokens)
            members = [[i for i in group.amounts if run.last < i < stop] for group in groups]
            members = [next((part for part in members if part), [])]
            if members[0] and not {token.word for token in tokens[run.last + 1 : members[0][0]]} <= _AFTER_DAYS:
                continue
        nearest = _nearest(members, run.follows)
        for position, (group, amounts) in enumerate(zip(groups if run.follows else (None,), members, strict=True)):
            if not amounts or amounts[0] in columns:
                continue
            if group is not None and position != nearest and len(group.amounts) == 1 and _is_alone(group, groups):
                continue
            if len(amounts) == len(run.columns):
                columns.update(zip(amounts, run.columns, strict=True))
            elif len(amounts) == 1:
                columns[amounts[0]] = tuple(column for of_day in run.columns for column in of_day)
            else:
                columns.update(dict.fromkeys(amounts, (UNCERTAIN,)))
    return columns


def _is_alone(group: Group, groups: Sequence[Group]) -> bool:
    """Whether no other group says the same: its amount is that of all columns, also where a day stands behind it."""
    return not any(other is not group and other.words & group.words for other in groups)


def _nearest(members: Sequence[Sequence[int]], follows: bool) -> int:
    """Return the number of the group that stands nearest to a run of days."""
    found = [number for number, amounts in enumerate(members) if amounts]
    return (found[-1] if follows else found[0]) if found else -1


def _opening(tokens: Sequence[CaptionToken], index: int) -> int:
    """Return the index of the bracket that is open before a token and has an amount in it, -1 without one."""
    has_amount = False
    for position in range(index - 1, -1, -1):
        if tokens[position].word is Word.CLOSE:
            return -1
        if tokens[position].word is Word.OPEN:
            return position if has_amount else -1
        has_amount = has_amount or tokens[position].word is Word.AMOUNT
    return -1


def _runs(tokens: Sequence[CaptionToken], groups: Sequence[Group], ends: Sequence[date]) -> Iterator[DayRun]:
    """Yield the days of a caption, those that stand together as one."""
    days = [index for index, token in enumerate(tokens) if token.word is Word.DAY]
    columns = _columns_of_days(tokens, days, ends)
    run: list[int] = []
    for index in days:
        if run and not {token.word for token in tokens[run[-1] + 1 : index]} <= _BETWEEN_DAYS:
            yield _run(tokens, groups, run, columns)
            run = []
        run.append(index)
    if run:
        yield _run(tokens, groups, run, columns)


def _run(
    tokens: Sequence[CaptionToken], groups: Sequence[Group], run: Sequence[int], columns: Mapping[int, tuple[int, ...]]
) -> DayRun:
    first, last = run[0], run[-1]
    is_within = any(group.first < first and last < group.amounts[0] for group in groups)
    follows = not is_within and _follows(tokens, first, last)
    return DayRun(first, last, tuple(columns[index] for index in run), follows)


def _columns_of_days(
    tokens: Sequence[CaptionToken], days: Sequence[int], ends: Sequence[date]
) -> Mapping[int, tuple[int, ...]]:
    """Return the column of each day: none, the one it is near, or UNCERTAIN if it may be that of several.

    Years alone, as many as columns, are those of the columns in their order: a fiscal year may end in the year before
    or after the one it is called after.
    """
    in_order = _years_in_order(tokens, days, ends)
    columns = {}
    for index in days:
        day = tokens[index].day
        possible = [i for i, end in enumerate(ends) if day is not None and day.is_of(end)]
        if day is not None and day.month is None and day.year in in_order:
            possible = [in_order[day.year]]
        columns[index] = tuple(possible) if len(possible) < 2 else (UNCERTAIN,)
    return columns


def _years_in_order(
    tokens: Sequence[CaptionToken], days: Sequence[int], ends: Sequence[date]
) -> Mapping[int | None, int]:
    printed = [day for index in days if (day := tokens[index].day) and day.month is None and day.year]
    years = sorted({day.year for day in printed if day.year is not None}, reverse=True)
    order = sorted(range(len(ends)), key=lambda column: ends[column], reverse=True)
    if len(years) != len(ends) or len(set(ends)) != len(ends):
        return {}
    has_exact = not any(sum(end.year == year for end in ends) > 1 for year in years)
    if has_exact and set(years) != {end.year for end in ends} and any(end.month > _FISCAL_YEARS_END for end in ends):
        return {}
    if any(abs(year - ends[column].year) > 1 for year, column in zip(years, order, strict=True)):
        return {}
    return dict(zip(years, order, strict=True))


def _follows(tokens: Sequence[CaptionToken], first: int, last: int) -> bool:
    """Whether days belong to the amounts before them: "310 in 2009", and not "2009 - 310"."""
    amounts = [index for index, token in enumerate(tokens) if token.word is Word.AMOUNT]
    if not any(index < first for index in amounts):
        return False
    if not any(index > last for index in amounts):
        return True
    before, after = tokens[first - 1].word, tokens[last + 1].word
    if after is Word.DASH and tokens[last + 2].word is Word.AMOUNT:
        return False
    if before is Word.AT or (before is Word.PLAIN and first > 1):
        return True
    if before in (Word.STOP, Word.AND, Word.COMMA):
        return False
    if after in (Word.STOP, Word.CLOSE, Word.COMMA, Word.AND):
        return True
    return after not in (Word.DASH, Word.AMOUNT)
