"""The flat table of facts as a CSV file (RFC 4180, UTF-8)."""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, fields
from decimal import Decimal

from converter.outputs.table import Row
from converter.rendering import lexical


def render_facts_csv(rows: Iterable[Row]) -> str:
    """A header with the names of the columns (see Row), then one line a fact.

    Amounts in full without exponent or separators, dates as ISO 8601, `true` and `false`, nothing for None.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(field.name for field in fields(Row))
    for row in rows:
        writer.writerow(map(_cell, astuple(row)))
    return stream.getvalue()


def _cell(value: object) -> object:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return lexical(value)
        case _:
            return value
