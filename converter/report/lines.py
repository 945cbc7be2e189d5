"""Name the lines that no concept fits: the caption that distinguishes each of them from every other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from converter.report.duplicates import FactKey, consistent
from converter.report.model import Context, Dimension, Fact, IndexedFact
from converter.statements import LineItem
from converter.taxonomy import CAPTION_AXIS

_MAX_TRIED = 100
"""A line is compared with so many lines of its name; if all are different, it is numbered after the last."""
NO_CAPTION = "(no caption)"


class CaptionLine(Struct, frozen=True):
    """A row, or a part of one, that needs a caption; its facts still lack the caption dimension.

    `caption` is as printed, `path` the same with the headings above it; `statement` is an index.
    """

    caption: str
    path: str
    statement: int
    facts: tuple[IndexedFact, ...]


def caption_of(item: LineItem) -> str:
    """Return the printed caption, single-spaced."""
    return " ".join(item.label.split()) or NO_CAPTION


def path_of(item: LineItem) -> str:
    """Return the printed caption after the headings above it: `Section / Caption`."""
    sections = (" ".join(section.split()) for section in item.sections)
    return " / ".join([section for section in sections if section] + [caption_of(item)])


def name_lines(lines: Iterable[CaptionLine], earlier: Mapping[FactKey, Fact] | None = None) -> Iterator[IndexedFact]:
    """Yield each line's facts with the caption dimension, in order.

    A line is named by its caption. If two different lines would then report the same concept in the same context,
    they are named by their paths, and numbered ` (2)`, ` (3)` if that is not enough. A line that repeats one of
    another statement of the same kind, with consistent figures, shares its name. The `earlier` facts, with the caption
    dimension, keep their names.
    """
    lines = tuple(lines)
    owners = {key: _Owner(_EARLIER, fact) for key, fact in (earlier or {}).items()} if lines else {}
    ambiguous = _ambiguous_captions(lines, owners)
    numbers: dict[tuple[str, int], int] = {}
    largest: dict[str, int] = {}
    for line in lines:
        name = line.path if line.caption in ambiguous else line.caption
        number = first = numbers.get((name, line.statement), 1)
        keys = _keys(line, _numbered(name, number))
        while _is_taken(owners, line, keys):
            number = number + 1 if number < first + _MAX_TRIED else max(number, largest.get(name, number)) + 1
            keys = _keys(line, _numbered(name, number))
        numbers[name, line.statement] = number
        largest[name] = max(number, largest.get(name, 1))
        _register(owners, line, keys)
        for (index, fact), (_, context, _) in zip(line.facts, keys, strict=True):
            yield IndexedFact(index, replace(fact, context=context))


class _Owner(Struct, frozen=True):
    """The first fact with a key, without the caption dimension, and the index of its statement."""

    statement: int
    fact: Fact


_Owners = dict[FactKey, _Owner]
_EARLIER = -1
"""In place of the index of the statement of earlier facts."""


def _ambiguous_captions(lines: Sequence[CaptionLine], earlier: _Owners) -> set[str]:
    """Return the captions under which two different lines would report in the same context."""
    ambiguous: set[str] = set()
    owners = dict(earlier)
    for line in lines:
        keys = _keys(line, line.caption)
        if _is_taken(owners, line, keys):
            ambiguous.add(line.caption)
        _register(owners, line, keys)
    return ambiguous


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name} ({number})"


def _keys(line: CaptionLine, name: str) -> list[FactKey]:
    """Return the keys of the line's facts under this name."""
    return [(fact.concept, _captioned(fact.context, name), fact.unit) for _, fact in line.facts]


@lru_cache(maxsize=1024)
def _captioned(context: Context, caption: str) -> Context:
    return Context(context.period, (Dimension(CAPTION_AXIS, text=caption), *context.dimensions))


def _register(owners: _Owners, line: CaptionLine, keys: Iterable[FactKey]) -> None:
    for key, (_, fact) in zip(keys, line.facts, strict=True):
        owners.setdefault(key, _Owner(line.statement, fact))


def _is_taken(owners: _Owners, line: CaptionLine, keys: Iterable[FactKey]) -> bool:
    """Whether another line has one of these keys and the line does not repeat it.

    A line repeats one of another statement of the same kind with consistent figures.
    """
    for key, (_, fact) in zip(keys, line.facts, strict=True):
        owner = owners.get(key)
        if owner is not None and (
            owner.statement == line.statement
            or owner.fact.statement is not fact.statement
            or not consistent(owner.fact, fact)
        ):
            return True
    return False
