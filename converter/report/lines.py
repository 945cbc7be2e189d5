"""Lines that no concept fits: the caption that tells each of them apart from every other."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from converter.report.duplicates import Key, consistent
from converter.report.model import Context, Dimension, Fact, FigureIndex
from converter.statements import LineItem
from converter.taxonomy import CAPTION_AXIS

NO_CAPTION = "(no caption)"


class CaptionLine(Struct, frozen=True):
    """A row, or a part of one, that needs a caption; its facts still lack the dimension that carries it.

    `caption` is as printed, `path` the same with the headings above it; `statement` is an index.
    """

    caption: str
    path: str
    statement: int
    facts: tuple[tuple[FigureIndex, Fact], ...]


def caption_of(item: LineItem) -> str:
    """The printed caption, single-spaced."""
    return " ".join(item.label.split()) or NO_CAPTION


def path_of(item: LineItem) -> str:
    """The printed caption after the headings above it: `Section / Caption`."""
    sections = (" ".join(section.split()) for section in item.sections)
    return " / ".join([section for section in sections if section] + [caption_of(item)])


def name_lines(lines: Iterable[CaptionLine]) -> Iterator[tuple[FigureIndex, Fact]]:
    """Each line's facts with the caption dimension, in order.

    A line is called by its caption; where two different lines would then report the same concept in the
    same context, they are called by their paths, and numbered ` (2)`, ` (3)` where that is not enough.
    A line that repeats one of another statement of the same kind, with consistent figures, shares its name.
    """
    lines = tuple(lines)
    ambiguous = _ambiguous_captions(lines)
    holders: _Holders = {}
    numbers: dict[tuple[str, int], int] = {}
    for line in lines:
        base = line.path if line.caption in ambiguous else line.caption
        number = numbers.get((base, line.statement), 1)
        keys = _keys(line, _numbered(base, number))
        while _clash(holders, line, keys):
            number += 1
            keys = _keys(line, _numbered(base, number))
        numbers[base, line.statement] = number
        _hold(holders, line, keys)
        for (place, fact), (_, context, _) in zip(line.facts, keys, strict=True):
            yield place, replace(fact, context=context)


_Holders = dict[Key, tuple[int, Fact]]
"""What has a name so far: the statement and the fact, which lacks the dimension."""


def _ambiguous_captions(lines: Sequence[CaptionLine]) -> set[str]:
    """The captions that two different lines would report in the same context."""
    ambiguous: set[str] = set()
    holders: _Holders = {}
    for line in lines:
        keys = _keys(line, line.caption)
        if _clash(holders, line, keys):
            ambiguous.add(line.caption)
        _hold(holders, line, keys)
    return ambiguous


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name} ({number})"


def _keys(line: CaptionLine, name: str) -> list[Key]:
    """The keys of the line's facts when it has this name."""
    return [(fact.concept, _captioned(fact.context, name), fact.unit) for _, fact in line.facts]


@lru_cache(maxsize=1024)
def _captioned(context: Context, caption: str) -> Context:
    return Context(context.period, (Dimension(CAPTION_AXIS, text=caption), *context.dimensions))


def _hold(holders: _Holders, line: CaptionLine, keys: Iterable[Key]) -> None:
    for key, (_, fact) in zip(keys, line.facts, strict=True):
        holders.setdefault(key, (line.statement, fact))


def _clash(holders: _Holders, line: CaptionLine, keys: Iterable[Key]) -> bool:
    """Whether another line has this name: one of the same statement or kind of it, or with other figures."""
    for key, (_, fact) in zip(keys, line.facts, strict=True):
        number, held = holders.get(key, (-1, fact))
        if number == line.statement or held.statement is not fact.statement or not consistent(held, fact):
            return True
    return False
