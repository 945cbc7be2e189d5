"""Cumulative effects of accounting changes that are told part by part.

"Cumulative effect of accounting changes", as a heading, may stand on one line with the first of its parts:
"Cumulative effect of accounting changes Postemployment benefits", and below it "Pension assets". Such a row is a part,
not the whole effect.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from converter.mapping.captions import normalize_caption
from converter.mapping.structure.model import Verdict
from converter.mapping.structure.results import result_of
from converter.statements import LineItem, Statement
from converter.vocabulary import expression

_HEADED = expression(
    r"^cumulative effects? of (?:accounting changes?|changes? in accounting(?: principles?| methods?)?) "
    r"(?!(?:net|of|for|to|in|on|less|after|before|income tax(?:es)?|per|basic|diluted|primary|fully)\b)[a-z]"
)
_NO_PART = expression(
    r"^(?:net|total|preferred|dividends?|earnings|profit|income|loss|average|retained|per|basic|diluted|primary|fully|"
    r"weighted|extraordinary|discontinued|cumulative|pro forma)\b"
)


def read_parts_of_changes(statement: Statement) -> dict[int, Verdict]:
    """Return the verdicts on the first parts of cumulative effects that have the heading before them."""
    return {row: Verdict(None, "a part of the cumulative effect") for row in _first_parts(statement.items)}


def _first_parts(items: Sequence[LineItem]) -> Iterator[int]:
    for row, (item, below) in enumerate(pairwise(items)):
        if item.unit is below.unit and _HEADED.match(normalize_caption(item.label).phrase) and _is_part(below):
            yield row


def _is_part(item: LineItem) -> bool:
    phrase = normalize_caption(item.label).phrase
    return bool(phrase) and result_of(item.label) is None and not _NO_PART.match(phrase)
