"""The flat tables as CSV files (RFC 4180, UTF-8)."""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from operator import attrgetter

from msgspec import Struct

from converter.outputs.instance import lexical
from converter.outputs.spreadsheet import guarded
from converter.outputs.table import FactRow


def render_facts_csv(rows: Iterable[Struct], row: type[Struct] = FactRow) -> str:
    """Return a header with the names of the columns (the fields of `row`, the type of the rows), then the rows.

    Numbers are written without exponent or separators, dates as ISO 8601, booleans as `true` and `false`, None as an
    empty cell. Text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    values_of = attrgetter(*row.__struct_fields__)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(row.__struct_fields__)
    for each in rows:
        writer.writerow(map(_cell, values_of(each)))
    return stream.getvalue()


def _cell(value: object) -> object:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return lexical(value)
        case str():
            return guarded(value)
        case _:
            return value
