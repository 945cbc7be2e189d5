"""The flat table of facts as a CSV file (RFC 4180, UTF-8)."""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from operator import attrgetter

from converter.outputs.instance import lexical
from converter.outputs.table import FactRow


def render_facts_csv(rows: Iterable[FactRow]) -> str:
    """A header with the names of the columns (see FactRow), then one line a fact.

    Amounts in full without exponent or separators, dates as ISO 8601, `true` and `false`, nothing for None.
    """
    cells = attrgetter(*FactRow.__struct_fields__)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(FactRow.__struct_fields__)
    for row in rows:
        writer.writerow(map(cell, cells(row)))
    return stream.getvalue()


def cell(value: object) -> object:
    """A value as a CSV writer is to be given it."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return lexical(value)
        case _:
            return value
