"""Figures that only their red colour may mark as negative, as spreadsheets print them."""

import re
from collections.abc import Iterator

from converter.vocabulary import lowercase

# For lowercase text; begins with a word, so that it is fast.
_RED = re.compile(r"""color(?<=\bcolor)\s{0,3}[=:]\s{0,3}["']?(?:red|#?f00|#?ff0000)\b""")
_TAG = re.compile(r"<[^<>]*>|&nbsp;|\s")
_FIGURE = re.compile(r"(?!(?:19|20)\d\d\s*<)(?:\$\s?)?[\d,]+(?:\.\d+)?\s*<")
_LONGEST = 200  # characters from the colour to the end of the figure


def red_figures(body: str) -> Iterator[int]:
    """Yield the offsets of the elements of HTML that show a figure without a sign in red."""
    for match in _RED.finditer(lowercase(body)):
        end = body.find(">", match.end(), match.end() + _LONGEST)
        if end >= 0:
            shown = body[end + 1 : end + _LONGEST]
            first = next((i for i, char in enumerate(shown) if char in "$0123456789"), None)
            if first is not None and not _TAG.sub("", shown[:first]) and _FIGURE.match(shown, first):
                yield match.start()
