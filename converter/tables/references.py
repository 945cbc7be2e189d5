"""A column of letters between captions and figures that refer to notes: "Interest expense      H      728"."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from converter.tables.scanning import ScannedLine, Shape

_LETTERS = re.compile(r"(?<=[\s.]{2})[A-Z](?: ?(?:,|&|and) ?[A-Z]){0,3}$")
_MIN_LINES = 3
_WIDTH = 8


def without_references(lines: Sequence[ScannedLine]) -> Sequence[ScannedLine]:
    """Return the lines without single capital letters that stand below each other, apart from the captions."""
    found = {
        number: match
        for number, line in enumerate(lines)
        if line.shape is Shape.FIGURES
        and (caption := line.text[: line.label_end].rstrip())[-1:].isupper()
        and (match := _LETTERS.search(caption))
    }
    starts = sorted(match.start() for match in found.values())
    if len(found) < _MIN_LINES or starts[-1] - starts[0] > _WIDTH or len({m[0] for m in found.values()}) == 1:
        return lines
    return [
        replace(line, label_end=len(line.text[: found[number].start()].rstrip())) if number in found else line
        for number, line in enumerate(lines)
    ]
