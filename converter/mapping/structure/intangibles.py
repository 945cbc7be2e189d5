"""Intangible assets of the years before goodwill had a row of its own."""

import re
from datetime import date

from converter.mapping.structure.model import Verdict
from converter.statements import Statement, UnitKind
from converter.vocabulary import Instant, wording

_BEFORE = date(2002, 12, 15)
"""FAS 142 (paragraphs 43 and 48): goodwill is a separate row in fiscal years beginning after December 15, 2001."""
_INTANGIBLES = re.compile(
    r"^\W*(?:net |total )?intangible assets?\b(?! (?:other|excluding|subject|not)\b)|^\W*intangibles\b"
)
_GOODWILL = re.compile(
    r"\bgood\s?will\b|\b(?:cost|price|investments?)s? (?:in excess|over)\b|"
    r"\bexcess (?:of )?(?:cost|purchase|acquisition)"
)


def read_intangibles(statement: Statement) -> dict[int, Verdict]:
    """Return the verdict on the row of intangible assets, which are with goodwill where no row is goodwill."""
    days = [column.period.day for column in statement.columns if isinstance(column.period, Instant)]
    if not days or max(days) >= _BEFORE:
        return {}
    rows = []
    for row, item in enumerate(statement.items):
        text = wording(item.label).lowered
        if _GOODWILL.search(text) or any(_GOODWILL.search(wording(heading).lowered) for heading in item.sections):
            return {}
        if item.unit is UnitKind.MONETARY and any(item.figures) and _INTANGIBLES.search(text):
            rows.append(row)
    reason = "no row is goodwill, and before FAS 142 none had to be"
    return {row: Verdict("IntangibleAssetsNetIncludingGoodwill", reason) for row in rows[-1:]}
