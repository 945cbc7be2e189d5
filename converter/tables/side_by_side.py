"""Two tables typed side by side (assets left, liabilities right): where the right one begins."""

import re
from collections.abc import Sequence

_AMOUNT = r"\$?+\s*+\(?+\d{1,3}(?:,\d{3})++\)?+"
_SECOND_CAPTION = r"\s{2,}+(?=[A-Za-z]{4}"
_BOTH = re.compile(
    rf"[A-Za-z)].*?(?:\s{{2}}|\.{{2}}|\$)\s*+{_AMOUNT}{_SECOND_CAPTION}[^\n]*?(?:\s|\.|\$)\s*+{_AMOUNT}\s*$)"
)
_PROMISING = re.compile(rf",\d{{3}}\)?{_SECOND_CAPTION})")  # what hardly any line has, and is found fast
_FEWEST = 3
_WIDEST = 250
_PARTED = 2  # blanks left of the right table


def find_gutter(texts: Sequence[str]) -> int | None:
    """The column at which the right one of two tables begins, None for a single table.

    Several lines have a caption with an amount and then, further right, another caption with an amount,
    and hardly any line has text across the column where the second captions begin.
    """
    promising = [text for text in texts if _PROMISING.search(text)]
    starts = [match.end() for text in promising if (match := _BOTH.match(text[:_WIDEST], _indent(text)))]
    if len(starts) < _FEWEST:
        return None
    gutter = min(starts)
    crossing = sum(1 for text in texts if not is_parted(text, gutter))
    return gutter if crossing * 10 <= len(texts) else None


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def is_parted(text: str, gutter: int) -> bool:
    """Whether nothing is printed right before the gutter."""
    return not text[max(0, gutter - _PARTED) : gutter].strip()


def halves(text: str, gutter: int) -> tuple[str, str]:
    """What of a line belongs to the left and to the right table; columns stay what they are."""
    if not is_parted(text, gutter):
        return text, ""
    return text[:gutter].rstrip(), " " * gutter + text[gutter:] if text[gutter:].strip() else ""
