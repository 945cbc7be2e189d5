"""Reports read from the flat table of facts, CSV or Parquet."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby

from msgspec.structs import replace

from converter.loading.model import Entity, NotOurs, fact_of, report_of
from converter.outputs import FactRow
from converter.report import Context, Dimension, Fact, Group, Report, Unit
from converter.statements import StatementKind
from converter.taxonomy import CAPTION_AXIS, PART_AXIS, REPORTING_BASIS_AXIS
from converter.vocabulary import Duration, Instant, Period

_COLUMNS = FactRow.__struct_fields__
_Row = Mapping[str, str]
"""The cells of a row by column; "" is an empty cell."""


def read_facts_csv(data: bytes) -> Report:
    """Read a table that `render_facts_csv` made. Raises NotOurs for any other file."""
    try:
        rows = csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True)
        if tuple(rows.fieldnames or ()) != _COLUMNS:
            raise NotOurs("not a table of facts of this program: its columns are others")
        return _report(list(rows))
    except (csv.Error, UnicodeDecodeError) as error:
        raise NotOurs(f"not a table of facts of this program ({error})") from None


def read_parquet(data: bytes) -> Report:
    """Read a table that `render_parquet` made. Raises NotOurs for any other file, ImportError without pyarrow."""
    import pyarrow
    from pyarrow import parquet

    try:
        table = parquet.read_table(io.BytesIO(data))
    except pyarrow.ArrowException as error:
        raise NotOurs(f"not a Parquet file: {str(error).splitlines()[0]}") from None
    if tuple(table.column_names) != _COLUMNS:
        raise NotOurs("not a table of facts of this program: its columns are others")
    return _report([{name: _text(value) for name, value in row.items()} for row in table.to_pylist()])


def _text(value: object) -> str:
    """Return a value as the CSV file writes it."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _report(rows: list[_Row]) -> Report:
    """Return the report of one filing, without the places of its facts in the source and without its networks."""
    entities = {Entity(row["entity_scheme"], row["entity"]) for row in rows}
    if len(entities) != 1:
        raise NotOurs("not a table of one filing's facts")
    return report_of(entities.pop(), _groups(rows))


def _groups(rows: Iterable[_Row]) -> Iterator[Group]:
    for (title, statement), of_group in groupby(rows, key=lambda row: (row["statement_title"], row["statement"])):
        kind = StatementKind(statement) if statement in list(StatementKind) else None
        yield Group(title, kind, tuple(replace(_fact(row), statement=kind) for row in of_group))


def _fact(row: _Row) -> Fact:
    unit = Unit(*row["unit"].split("/")) if row["unit"] else None
    context = Context(_period(row), tuple(_dimensions(row)))
    fact = fact_of(row["concept"], context, unit, row["value_text"], row["decimals"])
    return replace(fact, label=row["label"], confidence=float(row["confidence"]) if row["confidence"] else None)


def _period(row: _Row) -> Period:
    try:
        end = date.fromisoformat(row["period_end"])
        return Instant(end) if row["instant"] == "true" else Duration(date.fromisoformat(row["period_start"]), end)
    except ValueError:
        raise NotOurs(f"the fact {row['fact']} has no period") from None


def _dimensions(row: _Row) -> Iterator[Dimension]:
    if row["caption"]:
        yield Dimension(CAPTION_AXIS, text=row["caption"])
    if row["reporting_basis"]:
        member, _, part = row["reporting_basis"].partition("/")
        yield Dimension(REPORTING_BASIS_AXIS, member=member)
        if part:
            yield Dimension(PART_AXIS, text=part)
