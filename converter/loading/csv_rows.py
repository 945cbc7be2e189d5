"""The rows of a CSV file (RFC 4180). Cells have any length: the module csv has one limit for the whole process."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from converter.loading.model import NotOurs

_PLAIN = re.compile(r'[^",\r\n]*')
_QUOTES = re.compile('"+')
_END = re.compile(r",|\r?\n|\Z")


def csv_rows(data: bytes) -> Iterator[Mapping[str, str]]:
    """Yield the cells of each row by column; the first row has the names of the columns.

    Raises NotOurs for text that is not UTF-8, a quotation mark where none may be, a name that two columns have, and a
    row with too few cells or too many.
    """
    rows = _rows(data)
    columns = next(rows, [])
    if len(set(columns)) != len(columns):
        raise NotOurs("a table with two columns of one name")
    for number, row in enumerate(rows, 2):
        if len(row) != len(columns):
            raise NotOurs(f"row {number} has {len(row)} cells, and the table {len(columns)} columns")
        yield dict(zip(columns, row, strict=True))


def _rows(data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise NotOurs(f"not a table of facts of this program ({error})") from None
    position, row = 0, list[str]()
    while position < len(text):
        cell = _cell_at(text, position)
        separator = _END.match(text, cell.end)
        if separator is None:
            raise NotOurs(f"not a table of facts of this program (a damaged cell at character {cell.end})")
        row.append(cell.value)
        position = separator.end()
        if separator[0] != ",":
            yield row
            row = []
    if row:
        raise NotOurs("not a table of facts of this program (its last row is cut)")


class _Cell(NamedTuple):
    value: str
    end: int


def _cell_at(text: str, start: int) -> _Cell:
    """Return the cell that starts here. In a quoted one, quotation marks are doubled: an odd number of them ends it."""
    if not text.startswith('"', start):
        match = _PLAIN.match(text, start)
        assert match is not None
        return _Cell(match[0], match.end())
    for quotes in _QUOTES.finditer(text, start + 1):
        if (quotes.end() - quotes.start()) % 2:
            return _Cell(text[start + 1 : quotes.end() - 1].replace('""', '"'), quotes.end())
    raise NotOurs("not a table of facts of this program (a quotation mark is left open)")
