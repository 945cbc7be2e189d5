"""Lines that no concept fits: the caption that tells each of them apart from every other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from converter.report.duplicates import Key, consistent, key_of
from converter.report.model import Context, Dimension, Fact, Place
from converter.statements import LineItem
from converter.taxonomy import CAPTION_AXIS

NO_CAPTION = "(no caption)"


@dataclass(frozen=True, slots=True)
class Line:
    """A row, or a part of one, that needs a caption; its facts still lack the dimension that carries it.

    `caption` is as printed, `path` the same with the headings above it; `statement` is an index.
    """

    caption: str
    path: str
    statement: int
    facts: tuple[tuple[Place, Fact], ...]


def caption_of(item: LineItem) -> str:
    """The printed caption, single-spaced."""
    return " ".join(item.label.split()) or NO_CAPTION


def path_of(item: LineItem) -> str:
    """The printed caption after the headings above it: `Section / Caption`."""
    sections = (" ".join(section.split()) for section in item.sections)
    return " / ".join([section for section in sections if section] + [caption_of(item)])


def name_lines(lines: Iterable[Line]) -> Iterator[tuple[Place, Fact]]:
    """Each line's facts with the caption dimension, in order.

    A line is called by its caption; where two different lines would then report the same concept in the
    same context, they are called by their paths, and numbered ` (2)`, ` (3)` where that is not enough.
    A line that repeats one of another statement of the same kind, with consistent figures, shares its name.
    """
    lines = tuple(lines)
    ambiguous = _ambiguous_captions(lines)
    holders: dict[Key, tuple[int, Fact]] = {}
    numbers: dict[tuple[str, int], int] = {}
    for line in lines:
        base = line.path if line.caption in ambiguous else line.caption
        number = numbers.get((base, line.statement), 1)
        named = _named(line, base, number)
        while any(_clash(holders, line.statement, fact) for _, fact in named):
            number += 1
            named = _named(line, base, number)
        numbers[base, line.statement] = number
        for place, fact in named:
            holders.setdefault(key_of(fact), (line.statement, fact))
            yield place, fact


def _ambiguous_captions(lines: Sequence[Line]) -> set[str]:
    """The captions that two different lines would report in the same context."""
    ambiguous: set[str] = set()
    holders: dict[Key, tuple[int, Fact]] = {}
    for line in lines:
        named = _named(line, line.caption, 1)
        if any(_clash(holders, line.statement, fact) for _, fact in named):
            ambiguous.add(line.caption)
        for _, fact in named:
            holders.setdefault(key_of(fact), (line.statement, fact))
    return ambiguous


def _named(line: Line, base: str, number: int) -> list[tuple[Place, Fact]]:
    name = base if number == 1 else f"{base} ({number})"
    return [(place, replace(fact, context=_captioned(fact.context, name))) for place, fact in line.facts]


def _captioned(context: Context, caption: str) -> Context:
    return replace(context, dimensions=(Dimension(CAPTION_AXIS, text=caption), *context.dimensions))


def _clash(holders: dict[Key, tuple[int, Fact]], statement: int, fact: Fact) -> bool:
    """Whether another line holds this name: one of the same statement or kind of it, or with other figures."""
    holder = holders.get(key_of(fact))
    if holder is None:
        return False
    number, held = holder
    return number == statement or held.statement is not fact.statement or not consistent(held, fact)
