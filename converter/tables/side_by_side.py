"""Split two tables that are typed side by side (assets left, liabilities right)."""

import re
from collections.abc import Sequence

_AMOUNT = r"\(?+\d{1,3}(?>(?:,\d{3})+)\)?+"
_SECOND_CAPTION = r"\s{2,}+(?=[A-Za-z]{4})"
_FIRST_ROW = re.compile(
    rf"[A-Za-z)].*?(?<=[\s.$])(?:(?<=\s\s)|(?<=\.\.)|(?<=\.\.\s)|(?<=\$)|(?<=\$\s)){_AMOUNT}{_SECOND_CAPTION}"
)
_LAST_AMOUNT = re.compile(rf"(?<=[\s.$]){_AMOUNT}\s*\Z")
_CANDIDATE = re.compile(rf",\d{{3}}\)?{_SECOND_CAPTION}")  # a fast test that few lines pass
_MIN_LINES = 3
_GUTTER_WIDTH = 2  # spaces left of the right table


def find_gutter(texts: Sequence[str]) -> int | None:
    """Return the column at which the right one of two tables starts; None for a single table.

    For two tables, several lines must have a caption and an amount followed by another caption and amount, and hardly
    any line may have text across the column at which the second captions start.
    """
    candidates = [text for text in texts if _CANDIDATE.search(text)]
    starts = [
        first.end()
        for text in candidates
        if (first := _FIRST_ROW.match(text, _indent(text))) and _LAST_AMOUNT.search(text, first.end() + 4)
    ]
    if len(starts) < _MIN_LINES:
        return None
    gutter = min(starts)
    crossing = sum(1 for text in texts if not is_parted(text, gutter))
    return gutter if crossing * 10 <= len(texts) else None


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def is_parted(text: str, gutter: int) -> bool:
    """Whether there are only spaces directly before the gutter."""
    return not text[max(0, gutter - _GUTTER_WIDTH) : gutter].strip()


def halves(text: str, gutter: int) -> tuple[str, str]:
    """Split a line into the parts of the left and the right table. The columns of the text do not change."""
    if not is_parted(text, gutter):
        return text, ""
    return text[:gutter].rstrip(), " " * gutter + text[gutter:] if text[gutter:].strip() else ""
