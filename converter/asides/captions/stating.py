"""A caption -> what it states of shares: the stock, what is stated of it, and an amount for each column."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from converter.asides.captions.columns import Columns, read_columns, settle
from converter.asides.captions.grammar import Group, group_amounts
from converter.asides.captions.lexer import CaptionToken, Word, read_tokens

_READ = (
    Word.PAR,
    Word.AUTHORIZED,
    Word.ISSUED,
    Word.OUTSTANDING,
    Word.TREASURY,
    Word.LIQUIDATION,
    Word.PREFERENCE_PER_SHARE,
)


_COUNTED = frozenset({Word.ISSUED, Word.OUTSTANDING, Word.TREASURY, Word.OTHER})
_OF_STOCK = frozenset({Word.COMMON, Word.PREFERRED, Word.AUTHORIZED, Word.ISSUED, Word.OUTSTANDING})


class Stock(Struct, frozen=True):
    """A kind of stock: COMMON, PREFERRED or TREASURY, and the name of its class, "" without one."""

    kind: Word
    name: str = ""


class Statement(Struct, frozen=True):
    """What a caption states of a stock: an amount for each column, None where it states none.

    The word is SHARES if the caption does not say what shares they are.
    """

    stock: Stock
    word: Word
    amounts: tuple[CaptionToken | None, ...]


def read_caption(text: str, ends: Sequence[date], heading: Stock | None = None) -> tuple[Statement, ...]:
    """Read what a caption states.

    `text` has its words one space apart, `ends` are the days of the columns; `heading` is the stock that the headings
    above the caption name, which counts if the caption names none.
    """
    tokens = read_tokens(text)
    stated: list[Statement] = []
    for stock, segment in _segments(tokens, heading):
        stated += _read_segment(stock, segment, ends)
    return tuple(stated)


def _segments(tokens: Sequence[CaptionToken], heading: Stock | None) -> Iterator[tuple[Stock, Sequence[CaptionToken]]]:
    """Divide a caption where it begins to speak of another stock or class, after amounts of the first."""
    if _is_treasury(tokens):
        yield Stock(Word.TREASURY), tokens
        return
    start, name, has_amounts = 0, "", False
    kind: Word | None = None
    for index, token in enumerate(tokens):
        is_other = (token.word in (Word.COMMON, Word.PREFERRED) and token.word is not kind) or (
            token.word is Word.CLASS and token.text.lower() != name.lower()
        )
        if is_other and has_amounts and kind is not None:
            yield Stock(kind, name), tokens[start:index]
            start, has_amounts = index, False
            kind, name = (token.word, "") if token.word is not Word.CLASS else (kind, "")
        if token.word in (Word.COMMON, Word.PREFERRED):
            kind = token.word
        elif token.word is Word.CLASS:
            name = token.text
            kind = kind or (Word.PREFERRED if token.text.lower().startswith("series") else None)
        elif token.word is Word.AMOUNT:
            has_amounts = True
    if kind is None and tokens and tokens[0].word is Word.SHARES:
        kind = Word.COMMON
    if kind is not None:
        yield Stock(kind, name), tokens[start:]
    elif heading is not None:
        yield Stock(heading.kind, name or heading.name), tokens


def _is_treasury(tokens: Sequence[CaptionToken]) -> bool:
    words = [token.word for token in tokens]
    if Word.TREASURY in words and not _OF_STOCK.intersection(words):
        return True
    if Word.TREASURY not in words or Word.AUTHORIZED in words or Word.PREFERRED in words:
        return False
    counts = [i for i, token in enumerate(tokens) if token.word is Word.AMOUNT and not token.currency]
    return not counts or words.index(Word.TREASURY) < counts[0]


def _read_segment(stock: Stock, tokens: Sequence[CaptionToken], ends: Sequence[date]) -> Iterator[Statement]:
    default = Word.TREASURY if stock.kind is Word.TREASURY else None
    if _is_of_two_stocks(tokens):
        return
    groups: Sequence[Group] = _with_repeated(tokens, group_amounts(tokens, len(ends), default))
    groups, dated = read_columns(tokens, groups, ends)
    for word in _READ:
        amounts = _in_columns(tokens, [group for group in groups if word in group.words], dated, ends)
        if any(amounts):
            yield Statement(stock, word, amounts)
    bare = [group for group in groups if not group.words and not group.aside]
    if len(bare) == 1 and not any(group.words & _COUNTED for group in groups):
        amounts = _in_columns(tokens, bare, dated, ends)
        if any(amounts) and not any(token.currency for token in amounts if token):
            yield Statement(stock, Word.SHARES, amounts)


def _is_of_two_stocks(tokens: Sequence[CaptionToken]) -> bool:
    """Whether amounts are "respectively" those of several stocks: the word stands before them."""
    words = [token.word for token in tokens]
    return any(
        words[i] is Word.RESPECTIVELY and words[i + 1] is Word.AMOUNT and words[i - 1] in (Word.STOP, Word.OPEN)
        for i in range(1, len(words) - 1)
    )


def _in_columns(
    tokens: Sequence[CaptionToken], groups: Sequence[Group], dated: Columns, ends: Sequence[date]
) -> tuple[CaptionToken | None, ...]:
    """Return the amount of each column; none if two contradict each other or it is not certain where they belong."""
    amounts: list[CaptionToken | None] = [None] * len(ends)
    if any(group.words == {Word.PAR} and len(group.amounts) > 1 for group in groups):
        return tuple(amounts)
    for index, columns in settle(groups, dated, len(ends)).items():
        for column in columns:
            existing = amounts[column]
            if existing is not None and existing.value != tokens[index].value:
                return (None,) * len(ends)
            amounts[column] = tokens[index]
    return tuple(amounts)


def _with_repeated(tokens: Sequence[CaptionToken], groups: Sequence[Group]) -> tuple[Group, ...]:
    """Give an amount with a day of its own the words of the one before it: "310 issued (302 in 2008)".

    Without a day, what it is cannot be known, nor whether the one before it is all there is.
    """
    result: list[Group] = []
    counts: list[int] = []
    for position, group in enumerate(groups):
        if not group.aside and not tokens[group.amounts[0]].currency and Word.PAR not in group.words:
            if not group.words and counts:
                earlier = result[counts[-1]]
                if _has_own_day(tokens, groups, position):
                    group = replace(group, words=earlier.words)
                elif not group.words and Word.AUTHORIZED not in earlier.words:
                    result[counts[-1]] = replace(earlier, words=frozenset())
            elif counts and not result[counts[-1]].words and group.first == group.amounts[0]:
                group = replace(group, words=frozenset())
            counts.append(position)
        result.append(group)
    return tuple(result)


def _has_own_day(tokens: Sequence[CaptionToken], groups: Sequence[Group], position: int) -> bool:
    """Whether a day stands before an amount, or behind it and before the next one that is no part of it."""
    group = groups[position]
    following = next((other.first for other in groups[position + 1 :] if not other.aside), len(tokens))
    before = tokens[max(0, group.first - 3) : group.first]
    return any(token.word is Word.DAY for token in (*before, *tokens[group.last + 1 : following]))
