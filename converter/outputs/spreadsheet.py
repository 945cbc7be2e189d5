"""Cells that a spreadsheet would take for formulas, and their guard: an apostrophe before them."""

import re

# What a spreadsheet reads as a formula, or as a command to another program, unless it is a number. A cell that has the
# guard by nature gets another one, so that taking one away always gives what there was.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_NUMBER = re.compile(r"[+-][0-9][0-9,]*(?:\.[0-9]*)?")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n]")


def guarded(text: str) -> str:
    """Return the text of a cell, after an apostrophe if a spreadsheet might take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text
