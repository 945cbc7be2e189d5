"""A workbook that is the same each time it is made, its formats, and cells of all types."""

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

_MADE = datetime(1980, 1, 1)  # a fixed time, so that equal books are equal
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME, _LONGEST_TEXT = 31, 32_767
MOST_INDENT = 15
_SAMPLE = 200  # rows that tell the width of a column

AMOUNT = '#,##0;(#,##0);"-"'
PER_SHARE = '#,##0.00####;(#,##0.00####);"-"'
FRACTION = '#,##0.####;(#,##0.####);"-"'
DAY = "yyyy-mm-dd"


class Book:
    """A workbook in memory. Raises ImportError when xlsxwriter is not installed."""

    def __init__(self) -> None:
        import xlsxwriter

        self._stream = io.BytesIO()
        options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
        self._book = xlsxwriter.Workbook(self._stream, {**options, "strings_to_urls": False})
        self._book.set_properties({"created": _MADE})
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self._names: set[str] = set()

    def sheet(self, name: str) -> "Sheet":
        """Add a sheet; its name is shortened to what Excel takes, and numbered if there is one of that name."""
        short = " ".join(_NOT_IN_NAMES.sub(" ", name).split()).strip("'")[:_LONGEST_NAME].strip() or "Sheet"
        unique, number = short, 1
        while unique.lower() in self._names or unique.lower() == "history":
            number += 1
            suffix = f" ({number})"
            unique = f"{short[: _LONGEST_NAME - len(suffix)]}{suffix}"
        self._names.add(unique.lower())
        return Sheet(self._book.add_worksheet(unique), self)

    def format(self, **properties: object) -> Any:
        """Return the format with these properties, always the same one; None without any."""
        if not properties:
            return None
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]

    def close(self) -> bytes:
        """Return the workbook as a file."""
        self._book.close()
        return self._stream.getvalue()


class Sheet:
    """A sheet of a book; rows and columns are counted from 0."""

    def __init__(self, sheet: Any, book: Book) -> None:
        self._sheet, self._book = sheet, book

    def text(self, row: int, column: int, text: str, **properties: object) -> None:
        """Write a text, whatever it looks like; nothing if it is empty."""
        if not text:
            return
        self._sheet.write_string(row, column, text[:_LONGEST_TEXT], self._book.format(**properties))

    def number(self, row: int, column: int, value: Decimal, **properties: object) -> None:
        """Write a number with the sign given, as a binary one of about fifteen digits."""
        self._sheet.write_number(row, column, float(value), self._book.format(**properties))

    def value(self, row: int, column: int, value: object, **properties: object) -> None:
        """Write a value in a cell of its type; nothing for None."""
        match value:
            case None:
                return
            case bool():
                self._sheet.write_boolean(row, column, value, self._book.format(**properties))
            case int() | float() | Decimal():
                self._sheet.write_number(row, column, float(value), self._book.format(**properties))
            case date():
                day = datetime(value.year, value.month, value.day)
                if value.year < 1900:  # the first that Excel knows
                    self.text(row, column, value.isoformat(), **properties)
                else:
                    self._sheet.write_datetime(row, column, day, self._book.format(num_format=DAY, **properties))
            case _:
                self.text(row, column, str(value), **properties)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Write a table under its header, which stays in sight and can be filtered by."""
        for column, name in enumerate(columns):
            self.text(0, column, name, bold=True)
            sample = rows[:_SAMPLE]
            longest = max((len(str(row[column])) for row in sample if row[column] is not None), default=0)
            self.width(column, min(max(longest, len(name)) + 2, 50))
        write_text, write_number = self._sheet.write_string, self._sheet.write_number
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                kind = type(value)
                if kind is str:
                    write_text(number, column, value[:_LONGEST_TEXT])  # type: ignore[index]
                elif kind is int or kind is float or kind is Decimal:
                    write_number(number, column, float(value))  # type: ignore[arg-type]
                elif value is not None:
                    self.value(number, column, value)
        self.freeze(1, 0)
        self._sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)

    def width(self, column: int, characters: int) -> None:
        """Set the width of a column."""
        self._sheet.set_column(column, column, characters)

    def freeze(self, rows: int, columns: int) -> None:
        """Keep the first rows and columns in sight."""
        self._sheet.freeze_panes(rows, columns)
