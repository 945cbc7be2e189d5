"""How the captions of a table are written: as sentences or titles, with hyphens at the ends of lines or without."""

import re
from collections.abc import Sequence

from converter.tables.scanning import ScannedLine, Shape

_LETTERS = re.compile(r"[a-z]+")
_LONG_WORD = re.compile(r"\b[A-Za-z][a-z]{3,}\b")
_MIN_WORDS = 20
_SENTENCES = 0.8
"""Share of the long words within captions that begin with small letters where captions are written as sentences."""


def has_sentences(lines: Sequence[ScannedLine]) -> bool:
    """Whether nearly all long words within captions begin with a small letter."""
    captions = (line.text[: line.label_end] for line in lines if line.shape in (Shape.TEXT, Shape.FIGURES))
    words = [word for caption in captions for word in _LONG_WORD.findall(caption.strip()[1:])]
    small = sum(word[0].islower() for word in words)
    return len(words) >= _MIN_WORDS and small > _SENTENCES * len(words)


def words_for_hyphens(lines: Sequence[ScannedLine]) -> frozenset[str]:
    """Return the words of a table in which a caption line ends with a hyphen; none for other tables."""
    captions = (line.text[: line.label_end] for line in lines if line.shape in (Shape.TEXT, Shape.FIGURES))
    if not any(caption.rstrip().endswith("-") for caption in captions):
        return frozenset()
    return frozenset(word for line in lines for word in _LETTERS.findall(line.text.lower()))
