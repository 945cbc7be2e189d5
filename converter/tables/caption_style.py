"""How the captions of a table are written: as sentences or titles, with hyphens at the ends of lines or without."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise, zip_longest

from converter.tables.caption_text import CONTINUES, is_connected, is_heading
from converter.tables.scanning import ScannedLine, Shape

_LETTERS = re.compile(r"[a-z]+")
_LONG_WORD = re.compile(r"\b[A-Za-z][a-z]{3,}\b")
_MIN_WORDS = 20
_WITH_WORDS = (Shape.TEXT, Shape.FIGURES)
_SENTENCES = 0.8
"""Share of the long words within captions that begin with small letters where captions are written as sentences."""


class CaptionStyle:
    """How the captions in the lines of a table are written; each trait is found out when it is asked for."""

    def __init__(self, lines: Sequence[ScannedLine]) -> None:
        self._lines = lines

    @cached_property
    def hanging_indent(self) -> int:
        """The indent of continuation lines of captions; 0 if it is not distinctive."""
        return _hanging_indent(self._lines)

    @cached_property
    def siblings(self) -> frozenset[int]:
        """The lines of figures with the indent of the next row."""
        return _siblings(self._lines)

    @cached_property
    def sentences(self) -> bool:
        """Whether captions are written as sentences are: a capital letter begins another one."""
        return has_sentences(self._lines)


def has_sentences(lines: Sequence[ScannedLine]) -> bool:
    """Whether nearly all long words within captions begin with a small letter."""
    captions = (line.text[: line.label_end] for line in lines if line.shape in _WITH_WORDS)
    words = [word for caption in captions for word in _LONG_WORD.findall(caption.strip()[1:])]
    small = sum(word[0].islower() for word in words)
    return len(words) >= _MIN_WORDS and small > _SENTENCES * len(words)


def words_for_hyphens(lines: Sequence[ScannedLine]) -> frozenset[str]:
    """Return the words of a table in which a caption line ends with a hyphen; none for other tables."""
    captions = [line.text[: line.label_end] for line in lines if "-" in line.text and line.shape in _WITH_WORDS]
    if not any(caption.rstrip().endswith("-") for caption in captions):
        return frozenset()
    return frozenset(word for line in lines for word in _LETTERS.findall(line.text.lower()))


def _hanging_indent(lines: Sequence[ScannedLine]) -> int:
    """Return the indent of continuation lines of captions; 0 if rows are indented below headings by as much.

    A text is also a heading if two rows that begin with capital letters follow it at one indent.
    """
    hanging: Counter[int] = Counter()
    below_headings: Counter[int] = Counter()
    for above, line, below in zip_longest(lines, lines[1:], lines[2:]):
        if line and above.shape is Shape.TEXT and line.shape in _WITH_WORDS and line.label:
            text = above.text.strip()
            if text.endswith(":") or is_heading(text) or (below and _are_rows(line, below) and not is_connected(text)):
                below_headings[line.indent - above.indent] += 1
            elif is_connected(text) or CONTINUES.match(line.label):
                hanging[line.indent - above.indent] += 1
    if not hanging:
        return 0
    indent = hanging.most_common(1)[0][0]
    return indent if indent > 0 and below_headings[indent] == 0 else 0


def _siblings(lines: Sequence[ScannedLine]) -> frozenset[int]:
    """The lines of figures whose indent, not at the margin, is that of the next line, which begins another caption."""
    texts = (line for line in lines if line.shape in _WITH_WORDS)
    rows = [(line, line.indent, label) for line in texts if (label := line.label)]
    return frozenset(
        [
            line.index
            for (line, indent, _), (_, next_indent, next_label) in pairwise(rows)
            if line.shape is Shape.FIGURES and indent == next_indent > 0 and next_label[:1].isupper()
        ]
    )


def _are_rows(line: ScannedLine, below: ScannedLine) -> bool:
    """Whether two lines with figures begin with capital letters at one indent."""
    both = (line, below)
    return line.indent == below.indent and all(x.shape is Shape.FIGURES and x.label[:1].isupper() for x in both)
