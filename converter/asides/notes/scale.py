"""In what multiple a sentence states an amount without "million": in whole dollars, or in that of the statements.

Notes of filers with statements in thousands say "$564,000" or "$564". What proves which: amounts that end in 000,
amounts too large for the statements, a place right below the cash flow statement, or that the text repeats figures of
the statements as these print them.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

from converter.asides.notes.grammar import StatedAmount
from converter.statements import ONE, Statement, StatementKind, UnitKind
from converter.vocabulary import expression

_BARE = expression(r"\$\s?(\d{1,3}(?:,\d{3}){1,4})(?!\d|[.,]\d|\s(?:thousand|million|billion))")
_FEWEST_REPEATED = 2
_ALONE_ROUND = Decimal(100_000)
_MOST_LINES_BELOW = 30
"""So many lines below a cash flow statement are taken for a part of it."""


class Scales:
    """The multiple of bare amounts in a document's text."""

    def __init__(self, statements: Sequence[Statement], texts: Sequence[str]) -> None:
        figures = [
            (abs(figure.value), item.factor)
            for statement in statements
            for item in statement.items
            if item.unit is UnitKind.MONETARY
            for figure in item.figures
            if figure
        ]
        self._values = {value for value, _ in figures}
        self.factor = max((factor for _, factor in figures), default=ONE)
        self.largest = max(self._values, default=ONE)
        self._texts = texts
        self._ends = [
            max(item.source.line for item in statement.items)
            for statement in statements
            if statement.kind is StatementKind.CASH_FLOW and statement.items
        ]

    def power(self, stated: Sequence[StatedAmount], line: int) -> int | None:
        """Return the power of ten of the bare amounts of a sentence on this line, None if it is not certain."""
        bare = [each.amount.value for each in stated if each.power is None and each.amount.value]
        if not bare:
            return 0
        if self.factor == ONE:
            return 0 if min(bare) >= 1000 else None
        if all(not value % 1000 for value in bare) and (len(bare) > 1 or bare[0] >= _ALONE_ROUND):
            return 0
        if min(bare) * self.factor > self.largest:
            return 0
        is_below = any(self._is_below(end, line) for end in self._ends)
        return self.factor.adjusted() if is_below or self._repeats_printed else None

    def _is_below(self, end: int, line: int) -> bool:
        """Whether a line stands right below one, on the same page."""
        return 0 < line - end <= _MOST_LINES_BELOW and not any(
            "<PAGE>" in text.upper() for text in self._texts[end + 1 : line + 1]
        )

    @cached_property
    def _repeats_printed(self) -> bool:
        """Whether bare amounts of the text are figures as the statements print them."""
        bare = {
            Decimal(match[1].replace(",", ""))
            for line in self._texts
            if "$" in line and "    " not in line.strip()
            for match in _BARE.finditer(line)
        }
        printed = sum(value * self.factor in self._values for value in bare)
        return printed >= _FEWEST_REPEATED and printed > sum(value in self._values for value in bare)
