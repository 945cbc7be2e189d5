"""What a caption says of shares: which amounts are authorized, issued, outstanding, a par value.

A caption is a row of amounts and of words for what they are, and filers put the word before its amount or behind it:
"authorized 2,000 shares, issued 310" or "2,000 shares authorized, 310 issued". Of all ways to give each word to an
amount beside it, the one is taken that crosses the weakest punctuation and changes sides the least; if two are as good,
nothing is read.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from converter.asides.captions.lexer import CaptionToken, Word

_ATTRIBUTES = frozenset(
    {Word.PAR, Word.AUTHORIZED, Word.ISSUED, Word.OUTSTANDING, Word.TREASURY, Word.LIQUIDATION, Word.OTHER}
)
_OF_MONEY = frozenset({Word.PAR, Word.LIQUIDATION})
_AFTER_PAR = frozenset({Word.OF, Word.DASH, Word.COMMA, Word.PER_SHARE})
_STRENGTH = {Word.INCLUDING: 12, Word.STOP: 5, Word.OPEN: 4, Word.CLOSE: 4, Word.COMMA: 3, Word.AND: 2, Word.AMOUNT: 9}
_UNFIT, _WITHOUT_WORD, _BOTH_SIDES, _ASIDE, _UNUSED_WORD, _INTRODUCED, _UNUSED_OTHER, _OTHER_SIDE = (
    40,
    9,
    7,
    6,
    6,
    4,
    2,
    1,
)
_MAX_GROUPS = 20


class Group(Struct, frozen=True):
    """Amounts of one kind: indexes among the tokens, and what they are; no words if the caption does not say it.

    `first` and `last` are the indexes of its first and last token, names included. `aside`: they are a part of the
    amounts before them, or taken off them ("including 12 shares in treasury").
    """

    amounts: tuple[int, ...]
    words: frozenset[Word] = frozenset()
    first: int = 0
    last: int = 0
    aside: bool = False


class _Name(NamedTuple):
    """Words that say together what amounts are, as "issued and outstanding": indexes of the first and last token."""

    words: frozenset[Word]
    first: int
    last: int


class _Gap(NamedTuple):
    """A way to divide the names between two groups: so many to the first, the last ones from `right` to the second."""

    left: int
    right: int


class _Path(NamedTuple):
    """The cheapest ways so far: their cost, how many there are, and the divisions of one of them."""

    cost: int
    ways: int
    gaps: tuple[_Gap, ...]


def group_amounts(tokens: Sequence[CaptionToken], columns: int, default: Word | None = None) -> tuple[Group, ...]:
    """Return the groups of amounts in a caption with what they are; none if that is not certain.

    `columns` are so many of the statement; `default` is what amounts are that no word stands beside, as those of a
    caption "Treasury stock".
    """
    par_values = list(_par_values(tokens))
    rest = _blanked(tokens, par_values)
    groups = list(_groups(rest, columns))
    if len(groups) > _MAX_GROUPS:
        return ()
    named = [Group((pair[0],), frozenset({Word.PAR}), min(pair), max(pair)) for pair in par_values]
    bounds = [-1, *(index for group in groups for index in (group[0], group[-1])), len(tokens)]
    gaps = [list(_names(rest, first, last)) for first, last in zip(bounds[::2], bounds[1::2], strict=True)]
    path = _cheapest(rest, groups, gaps, default) if groups else _Path(0, 1, (_Gap(0, 0),))
    if path.ways != 1:
        return tuple(named)
    for number, group in enumerate(groups):
        before, after = gaps[number], gaps[number + 1]
        names = (*before[path.gaps[number].right :], *after[: path.gaps[number + 1].left])
        words = frozenset().union(*(name.words for name in names))
        aside = _is_aside(rest, bounds[2 * number], group[0])
        places = (*group, *(place for name in names for place in (name.first, name.last)))
        words = words or frozenset({default} if default and not aside else ())
        words = frozenset(map(_preference_of(rest, group), words))
        named.append(Group(group, words, min(places), max(places), aside))
    return tuple(sorted(named, key=lambda group: group.amounts))


def _preference_of(tokens: Sequence[CaptionToken], group: Sequence[int]) -> Callable[[Word], Word]:
    """Return what to make of the words of a group: a liquidation preference is one per share or that of all shares."""
    after = [token.word for token in tokens[group[-1] + 1 : group[-1] + 5] if token.word is not Word.CLOSE]
    before = [token.word for token in tokens[max(0, group[0] - 4) : group[0]]]
    is_per_share = Word.PER_SHARE in after[:3]
    is_aggregate = Word.AGGREGATE in after[:3] or Word.AGGREGATE in before
    of_shares = Word.OTHER if is_per_share == is_aggregate else Word.PREFERENCE_PER_SHARE
    return lambda word: word if word is not Word.LIQUIDATION or (is_aggregate and not is_per_share) else of_shares


def _par_values(tokens: Sequence[CaptionToken]) -> Iterator[tuple[int, int]]:
    """Yield the money right beside the words for a par value: its index, and that of the word."""
    taken = -1
    for index, token in enumerate(tokens):
        if token.word is not Word.PAR or index - 1 == taken:
            continue
        if index and tokens[index - 1].currency and index - 1 != taken:
            if index > 2 and tokens[index - 2].word is Word.AND and tokens[index - 3].currency:
                continue
            taken = index - 1
            yield taken, index
            continue
        after = next((i for i in range(index + 1, len(tokens)) if tokens[i].word not in _AFTER_PAR), len(tokens))
        if after < len(tokens) and tokens[after].currency and after - index <= 3:
            is_of_next = after + 1 < len(tokens) and tokens[after + 1].word is Word.PAR
            if not is_of_next:
                taken = after
                yield taken, index


def _blanked(tokens: Sequence[CaptionToken], pairs: Sequence[tuple[int, int]]) -> list[CaptionToken]:
    """Return the tokens with those of the pairs made plain."""
    indexes = {index for pair in pairs for index in pair}
    return [replace(token, word=Word.PLAIN, currency="") if i in indexes else token for i, token in enumerate(tokens)]


def _is_aside(tokens: Sequence[CaptionToken], before: int, first: int) -> bool:
    """Whether amounts are a part of those before them."""
    return before >= 0 and any(token.word is Word.INCLUDING for token in tokens[before + 1 : first])


def _groups(tokens: Sequence[CaptionToken], columns: int) -> Iterator[tuple[int, ...]]:
    """Yield the amounts that belong together: the values of one item in several columns."""
    indexes = [index for index, token in enumerate(tokens) if token.word is Word.AMOUNT]
    group: list[int] = []
    for position, index in enumerate(indexes):
        following = indexes[position + 1 : position + 2] if columns > 2 else ()
        if group and not _belong_together(tokens, group[-1], index, following):
            yield tuple(group)
            group = []
        group.append(index)
    if group:
        yield tuple(group)


def _belong_together(tokens: Sequence[CaptionToken], first: int, second: int, following: Sequence[int]) -> bool:
    between = {token.word for token in tokens[first + 1 : second]}
    if between & _ATTRIBUTES or bool(tokens[first].currency) != bool(tokens[second].currency):
        return False
    if Word.DAY in between and Word.INCLUDING not in between:
        return True
    if Word.OPEN in between and Word.CLOSE not in between:
        inside = takewhile(lambda token: token.word is not Word.CLOSE, tokens[second + 1 :])
        words = {token.word for token in inside}
        return Word.DAY in words and not words & _ATTRIBUTES
    next_words = {token.word for token in tokens[second + 1 : following[0]]} if following else set()
    is_listed = Word.AND in next_words and not next_words & _ATTRIBUTES
    if is_listed and between == {Word.STOP}:
        return True
    if between & {Word.STOP, Word.OPEN, Word.CLOSE, Word.INCLUDING}:
        return False
    return Word.AND in between or (Word.COMMA in between and is_listed)


def _names(tokens: Sequence[CaptionToken], first: int, last: int) -> Iterator[_Name]:
    """Yield the words for amounts between two tokens, those joined by "and" together."""
    name: _Name | None = None
    for index in range(first + 1, last):
        word = tokens[index].word
        if word in _ATTRIBUTES:
            joined = name is not None and {token.word for token in tokens[name.last + 1 : index]} in (
                {Word.AND},
                {Word.AND, Word.SHARES},
            )
            if name is not None and joined:
                name = _Name(name.words | {word}, name.first, index)
                continue
            if name is not None:
                yield name
            name = _Name(frozenset({word}), index, index)
    if name is not None:
        yield name


def _cheapest(
    tokens: Sequence[CaptionToken],
    groups: Sequence[tuple[int, ...]],
    gaps: Sequence[Sequence[_Name]],
    default: Word | None,
) -> _Path:
    """Find the cheapest way to divide all names: the state is whether the group before the gap has names before it."""
    options: dict[bool, list[_Path]] = {}
    for right in range(len(gaps[0]) + 1):
        cost = _cost_before(tokens, groups[0], gaps[0][right:]) + _unused(gaps[0][:right])
        options.setdefault(right < len(gaps[0]), []).append(_Path(cost, 1, (_Gap(0, right),)))
    states = _best(options)
    for number, group in enumerate(groups):
        previous = groups[number - 1][-1] if number else -1
        without = 0 if default else _ASIDE if _is_aside(tokens, previous, group[0]) else _WITHOUT_WORD
        names, following = gaps[number + 1], groups[number + 1] if number + 1 < len(groups) else None
        options = {}
        for has_before, path in states.items():
            for left in range(len(names) + 1):
                for right in range(left, len(names) + 1) if following else (len(names),):
                    cost = path.cost + _cost_after(tokens, group, names[:left]) + _unused(names[left:right])
                    cost += _BOTH_SIDES if has_before and left else without if not has_before and not left else 0
                    if following:
                        cost += _cost_before(tokens, following, names[right:])
                        cost += _OTHER_SIDE if (left > 0 or not has_before) == (right < len(names)) else 0
                    gap = _Gap(left, right)
                    options.setdefault(right < len(names), []).append(_Path(cost, path.ways, (*path.gaps, gap)))
        states = _best(options)
    return _best({False: list(states.values())})[False]


def _best(options: dict[bool, list[_Path]]) -> dict[bool, _Path]:
    """Return the cheapest path of each state, with the number of ways that cost as little."""
    best = {}
    for state, paths in options.items():
        cheapest = min(paths, key=lambda path: path.cost)
        ways = sum(path.ways for path in paths if path.cost == cheapest.cost)
        best[state] = cheapest._replace(ways=ways)
    return best


def _cost_before(tokens: Sequence[CaptionToken], group: Sequence[int], names: Sequence[_Name]) -> int:
    """Return the cost of names that stand before their amounts."""
    return sum(_crossing(tokens, name.last, group[0]) + _misfit(tokens, group, name) for name in names)


def _cost_after(tokens: Sequence[CaptionToken], group: Sequence[int], names: Sequence[_Name]) -> int:
    """Return the cost of names that stand after their amounts; "Issued - 310" is none of those."""
    return sum(
        _crossing(tokens, group[-1], name.first) + _misfit(tokens, group, name) + _introduces(tokens, name)
        for name in names
    )


def _unused(names: Sequence[_Name]) -> int:
    """Return the cost of names that are given to no amount."""
    return sum(_UNUSED_OTHER if name.words == {Word.OTHER} else _UNUSED_WORD for name in names)


def _introduces(tokens: Sequence[CaptionToken], name: _Name) -> int:
    """Return what it costs not to take what a dash or colon behind a name introduces: amounts or a day."""
    following = [token.word for token in tokens[name.last + 1 : name.last + 5] if token.word is not Word.SHARES]
    return _INTRODUCED if following[:1] == [Word.DASH] and following[1:2] in ([Word.AMOUNT], [Word.DAY]) else 0


def _crossing(tokens: Sequence[CaptionToken], first: int, last: int) -> int:
    """Return the strength of the strongest punctuation between two tokens."""
    return max((_STRENGTH.get(token.word, 0) for token in tokens[first + 1 : last]), default=0)


def _misfit(tokens: Sequence[CaptionToken], group: Sequence[int], name: _Name) -> int:
    """Return what it costs to call a count of shares a par value, or money issued shares."""
    is_money = any(tokens[index].currency for index in group)
    is_whole = not is_money and not any(tokens[index].places > 0 for index in group)
    is_count = is_whole or any(
        tokens[index].nothing or tokens[index].in_full or tokens[index].value >= 10_000 for index in group
    )
    if name.words & _OF_MONEY:
        return _UNFIT if is_count and not is_money else 0
    return _UNFIT if is_money and Word.OTHER not in name.words else 0
