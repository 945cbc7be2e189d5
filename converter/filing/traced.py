"""Text whose characters are traced to the source: slicing, joining, wrapping, tabs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct

TAB_WIDTH = 8

_FIRST_OF_FIGURES = frozenset("$(.0123456789")
_WORD = re.compile(r"\S+")


class RichText(Struct, frozen=True, gc=False):
    """Visible text with the offset in the filing of each character.

    `offset` is that of the first character. The others follow it, unless there are runs: `starts` has the index of the
    first character of each run, from 0 on, and `places` twice its distance from `offset`. An odd place says that all
    characters of its run have the same offset: they were inserted, or stand for an entity. An inserted space has the
    offset of the character before it.
    """

    text: str = ""
    offset: int = 0
    starts: tuple[int, ...] = ()
    places: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.text)

    @property
    def last(self) -> int:
        """The offset of the last character."""
        if not self.starts:
            return self.offset + len(self.text) - 1
        place = self.places[-1]
        return self.offset + (place >> 1) + (0 if place & 1 else len(self.text) - 1 - self.starts[-1])

    def offsets(self) -> tuple[int, ...]:
        """Return the offset of every character."""
        return run_offsets(self.offset, len(self.text), self.starts, self.places)

    def cut(self, start: int, end: int) -> "RichText":
        """Return the characters [start, end)."""
        text, starts = self.text[start:end], self.starts
        if not starts:
            return RichText(text, self.offset + start)
        if not text:
            return BLANK
        first, last = bisect_right(starts, start) - 1, bisect_left(starts, start + len(text))
        place = self.places[first]
        moved = (place >> 1) + (0 if place & 1 else start - starts[first])
        if last - first == 1 and not place & 1:
            return RichText(text, self.offset + moved)
        cut_starts = 0, *[index - start for index in starts[first + 1 : last]]
        cut_places = place & 1, *[other - 2 * moved for other in self.places[first + 1 : last]]
        return RichText(text, self.offset + moved, cut_starts, cut_places)

    def moved(self, by: int) -> "RichText":
        """Return the text as it is if it stands so many characters later."""
        return RichText(self.text, self.offset + by, self.starts, self.places) if by and self.text else self

    def stripped(self) -> "RichText":
        """Return the text without leading and trailing whitespace."""
        text = self.text.strip()
        if len(text) == len(self.text):
            return self
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, start + len(text))


BLANK = RichText()


def run_offsets(offset: int, size: int, starts: Sequence[int], places: Sequence[int]) -> tuple[int, ...]:
    """Return the offset of every character of a text of `size` characters with these runs, see `RichText`."""
    if not starts:
        return tuple(range(offset, offset + size))
    offsets = list[int]()
    for start, end, place in zip(starts, (*starts[1:], size), places, strict=True):
        first = offset + (place >> 1)
        offsets += [first] * (end - start) if place & 1 else range(first, first + end - start)
    return tuple(offsets)


class RichTextBuilder:
    """Puts a text together from pieces; `size` is its length so far."""

    def __init__(self) -> None:
        self.size = 0
        self._texts: list[str] = []
        self._starts: list[int] = []
        self._places: list[int] = []  # from the start of the filing

    @property
    def end(self) -> str:
        """The last character so far, "" if there is none."""
        return self._texts[-1][-1] if self._texts else ""

    def add(self, text: str, offset: int, fixed: int = 0) -> None:
        """Append characters that follow each other from `offset` on; if `fixed` is 1, all have that offset."""
        if not text:
            return
        place = 2 * offset + fixed
        starts, places = self._starts, self._places
        if not starts or (place | places[-1]) & 1 or place - places[-1] != 2 * (self.size - starts[-1]):
            starts.append(self.size)
            places.append(place)
        self._texts.append(text)
        self.size += len(text)

    def add_rich(self, rich: RichText) -> None:
        """Append the characters of another text."""
        if not rich.starts:
            self.add(rich.text, rich.offset)
            return
        size, place = self.size, 2 * rich.offset
        self._starts += [size + start for start in rich.starts]
        self._places += [place + other for other in rich.places]
        self._texts.append(rich.text)
        self.size += len(rich.text)

    def rich(self) -> RichText:
        """Return the text so far."""
        return _with_runs("".join(self._texts), self._starts, self._places)


def inserted(text: str, offset: int) -> RichText:
    """Return a text that stands for the tag at `offset`."""
    return RichText(text, offset, (0,), (1,))


def joined(pieces: Iterable[RichText], separator: str = "") -> RichText:
    """Concatenate texts, separated by as many spaces as `separator` is long."""
    return in_columns([(0, piece) for piece in pieces], len(separator))


def squeezed(rich: RichText) -> RichText:
    """Strip the text and collapse runs of spaces inside."""
    rich = rich.stripped()
    if "  " not in rich.text:
        return rich
    return joined((rich.cut(*match.span()) for match in _WORD.finditer(rich.text)), " ")


def indented(rich: RichText, indent: int) -> RichText:
    """Prepend spaces, which get the offset of the first character."""
    if not indent or not rich.text:
        return rich
    starts = 0, *[indent + start for start in rich.starts or (0,)]
    return RichText(" " * indent + rich.text, rich.offset, starts, (1, *(rich.places or (0,))))


def wrapped(rich: RichText, width: int) -> list[RichText]:
    """Split the text into pieces of at most `width` characters, at spaces if possible; at least one."""
    text, start = rich.text, 0
    if len(text) <= width:
        return [rich]
    pieces = list[RichText]()
    while len(text) - start > width:
        end = text.rfind(" ", start + 1, start + width + 1)
        if end <= start or not text[start:end].strip():
            end = start + width
        pieces.append(rich.cut(start, end))
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    if start < len(text):
        pieces.append(rich.cut(start, len(text)))
    return pieces


def in_columns(pieces: Iterable[tuple[int, RichText]], gap: int) -> RichText:
    """Place texts on a line, each at its column, or `gap` spaces after the text before it if that reaches too far.

    Those without characters are left out.
    """
    texts, starts, places = list[str](), list[int](), list[int]()
    size = last = 0
    for left, rich in pieces:
        text, place = rich.text, 2 * rich.offset
        if not text:
            continue
        missing = (left if left > size + gap else size + gap) - size if size else left
        if missing > 0:
            starts.append(size)
            places.append(2 * last + 1 if size else place + 1)
            texts.append(" " * missing)
            size += missing
        if rich.starts:
            starts += [size + start for start in rich.starts]
            places += [place + other for other in rich.places]
            last = rich.last
        else:
            starts.append(size)
            places.append(place)
            last = rich.offset + len(text) - 1
        texts.append(text)
        size += len(text)
    return _with_runs("".join(texts), starts, places)


def _with_runs(text: str, starts: Sequence[int], places: Sequence[int]) -> RichText:
    """Return a text with runs whose places are counted from the start of the filing."""
    if not places:
        return BLANK
    first = places[0]
    if len(places) == 1 and not first & 1:
        return RichText(text, first >> 1)
    first &= -2
    return RichText(text, first >> 1, tuple(starts), tuple([place - first for place in places]))


def expand_tabs(rich: RichText) -> RichText:
    """Expand tabs to tab stops every 8 columns; their spaces have the offset of the tab.

    A tab before a figure makes two spaces at least, for one alone would not set it apart from the words before it.
    """
    builder, position = RichTextBuilder(), 0
    for piece in rich.text.split("\t"):
        if position:
            width = TAB_WIDTH - builder.size % TAB_WIDTH
            width += width == 1 and piece[:1] in _FIRST_OF_FIGURES
            builder.add(" " * width, rich.cut(position - 1, position).offset, int(width > 1))
        builder.add_rich(rich.cut(position, position + len(piece)))
        position += len(piece) + 1
    return builder.rich()
