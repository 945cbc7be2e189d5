"""Statements without the row that closes them: the file was cut off, or a page was not found."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from converter.filing import Filing
from converter.statements.model import Statement, StatementKind, UnitKind
from converter.statements.selection import Candidate
from converter.vocabulary import Code, Finding, Severity

_MOST_LINES_BELOW = 1
"""The caption that was cut off."""
_LEAST_PART = 3
"""The total of a balance sheet is at least a third of its largest figure, which may be gross, or retained earnings."""
_NET_INCOME = re.compile(
    r"\bnet\s+\(?(?:income|loss|earnings|profit)|\bper\s+(?:\w+\s+){0,3}(?:share|unit)|\bexcess\s+of\s+revenue|"
    r"\bdistributable\s+income|\b(?:increase|change)\s+in\s+(?:\w+\s+)?net\s+assets|\b(?:profit|income)\s+for\s+the\b",
    re.I,
)
_CASH_AT_END = re.compile(
    r"\bcash\b.{0,60}\bend(?:ing)?\b|\b(?:end|close)\s+of\b|\bending\b.{0,60}\bcash\b|"
    r"^\W{0,3}(?:net\s+)?\(?(?:increase|decrease|change)\b.{0,30}\bcash\b",
    re.I,
)
_WORDS = re.compile(r"(?<!\S)(?![<])\S{0,40}[^\W\d_]")


def not_closed(filing: Filing, candidates: Iterable[Candidate]) -> Iterator[Finding]:
    """Yield an error for each of the registrant's statements whose closing row is missing."""
    for candidate in candidates:
        statement = candidate.statement
        if statement.qualifier is None and statement.items and not _is_closed(statement):
            lines = filing.documents[statement.document].lines
            end = max(draft.block.lines[-1].index for draft in candidate.drafts)
            is_last = statement.document == len(filing.documents) - 1
            below = [line for line in lines[end + 1 :] if _WORDS.search(line.text)] if is_last else []
            if is_last and len(below) <= _MOST_LINES_BELOW:
                message = f"the file ends inside the {statement.title!r}"
            else:
                message = f"the {statement.title!r} has no row that closes it: a part of it may be lost"
            yield Finding(Severity.ERROR, Code.STATEMENT_INCOMPLETE, message, lines[end].number)


def _is_closed(statement: Statement) -> bool:
    """Whether a statement has the row that closes it."""
    if statement.kind is StatementKind.BALANCE_SHEET:
        money = [item for item in statement.items if item.unit is UnitKind.MONETARY]
        values = Counter(item.figures[0].value for item in money if item.figures[0] is not None)
        largest = max(values, default=Decimal(0))
        return any(count > 1 and value * _LEAST_PART >= largest for value, count in values.items())
    pattern = _NET_INCOME if statement.kind is StatementKind.INCOME else _CASH_AT_END
    return any(pattern.search(item.label) for item in statement.items)
