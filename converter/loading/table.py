"""Reports read from the flat table of facts, CSV or Parquet."""

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from converter.loading.csv_rows import csv_rows
from converter.loading.model import LARGEST, Entity, NotOurs, fact_of, report_of, unit_of
from converter.outputs import FactRow, arrow_schema, unguarded
from converter.report import PARENTHETICAL, QUARTERLY, SELECTED, Context, Dimension, Fact, Group, Report
from converter.statements import StatementKind
from converter.taxonomy import (
    CAPTION_AXIS,
    CLASS_OF_STOCK_AXIS,
    COMPONENT_AXIS,
    EQUITY_COMPONENTS_AXIS,
    PART_AXIS,
    REPORTING_BASIS_AXIS,
)
from converter.vocabulary import Duration, Instant, Period

if TYPE_CHECKING:
    import pyarrow

_COLUMNS = FactRow.__struct_fields__
_OTHER_COLUMNS = "not a table of facts of this program: its columns are others"
_MOST_ROWS = 250_000
_BATCH = 10_000
_ENCODINGS = {"PLAIN", "RLE", "PLAIN_DICTIONARY", "RLE_DICTIONARY", "BIT_PACKED"}
_Row = Mapping[str, str]
"""The cells of a row by column; "" is an empty cell."""


def read_facts_csv(data: bytes) -> Report:
    """Read a table that `render_facts_csv` made. Raises NotOurs for any other file."""
    rows: list[_Row] = [{name: unguarded(cell) for name, cell in row.items()} for row in csv_rows(data)]
    if rows and tuple(rows[0]) != _COLUMNS:
        raise NotOurs(_OTHER_COLUMNS)
    return _report(rows)


def read_parquet(data: bytes) -> Report:
    """Read a table that `render_parquet` made. Raises NotOurs for any other file, ImportError without pyarrow."""
    import pyarrow  # noqa: F401 - so that only a missing library is an ImportError

    try:
        rows = _parquet_rows(data)
    except (NotOurs, MemoryError):
        raise
    except Exception as error:  # what pyarrow raises for damaged files is of many kinds, OSError among them
        raise NotOurs(f"not a Parquet file that can be read: {error}") from None
    return _report(rows)


def _parquet_rows(data: bytes) -> list[_Row]:
    """Return the rows of a Parquet file. It is read by one thread: the memory of others is not bounded."""
    import pyarrow
    from pyarrow import parquet

    schema = arrow_schema()
    if not parquet.read_schema(io.BytesIO(data)).equals(schema):
        raise NotOurs(_OTHER_COLUMNS)
    texts = [field.name for field in schema if field.type == pyarrow.string()]
    file = parquet.ParquetFile(io.BytesIO(data), read_dictionary=texts)  # a text of many rows is held once
    _refuse_inflated(file)
    rows: list[_Row] = []
    for batch in file.iter_batches(_BATCH, use_threads=False):
        columns = [_cells(column) for column in batch.columns]
        rows += [dict(zip(_COLUMNS, cells, strict=True)) for cells in zip(*columns, strict=True)]
    return rows


def _refuse_inflated(file: Any) -> None:
    """Raise NotOurs for a file that takes much more memory than its size, as its metadata say.

    A row of each group is read before they are asked about columns: where statistics are damaged, that raises an
    exception, but the question would end the process.
    """
    metadata = file.metadata
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    if metadata.num_rows > _MOST_ROWS or sum(group.total_byte_size for group in groups) > LARGEST:
        raise NotOurs(f"a table with more than {_MOST_ROWS:,} rows or {LARGEST >> 20} MB")
    for number in range(len(groups)):
        next(file.iter_batches(1, row_groups=[number], use_threads=False), None)
    chunks = [group.column(number) for group in groups for number in range(group.num_columns)]
    if sum(chunk.total_uncompressed_size for chunk in chunks) > LARGEST:
        raise NotOurs(f"a table with more than {_MOST_ROWS:,} rows or {LARGEST >> 20} MB")
    if not _ENCODINGS.issuperset(encoding for chunk in chunks for encoding in chunk.encodings):
        raise NotOurs("a table that is encoded in another way")


def _cells(column: "pyarrow.Array") -> list[str]:
    """Return the values of a column as the CSV file writes them."""
    if not hasattr(column, "dictionary"):
        return [_text(value) for value in column.to_pylist()]
    texts = [_text(value) for value in column.dictionary.to_pylist()]
    return ["" if number is None else texts[number] for number in column.indices.to_pylist()]


def _text(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _report(rows: list[_Row]) -> Report:
    """Return the report of one filing, without the places of its facts in the source and without its networks."""
    entities = {Entity(row["entity_scheme"], row["entity"]) for row in rows}
    if len(entities) != 1:
        raise NotOurs("not a table of one filing's facts")
    return report_of(entities.pop(), _groups(row for row in rows if row["again"] != "true"))


_KINDS_OF_PARTS = {
    PARENTHETICAL: StatementKind.BALANCE_SHEET,
    QUARTERLY: StatementKind.INCOME,
    SELECTED: StatementKind.INCOME,
}
"""The statements that parts of a filing belong to; balances in selected data belong to the balance sheet."""


def _groups(rows: Iterable[_Row]) -> Iterator[Group]:
    for (title, statement, balances), of_group in groupby(rows, key=_group):
        kind = StatementKind.BALANCE_SHEET if balances else _KINDS_OF_PARTS.get(statement)
        part = "" if kind is None else statement
        if statement in list(StatementKind):
            kind = StatementKind(statement)
        yield Group(title, kind, tuple(replace(_fact(row), statement=kind) for row in of_group), part)


def _group(row: _Row) -> tuple[str, str, bool]:
    return row["statement_title"], row["statement"], row["statement"] == SELECTED and row["instant"] == "true"


def _fact(row: _Row) -> Fact:
    unit = unit_of(row["unit"].split("/")) if row["unit"] else None
    context = Context(_period(row), tuple(_dimensions(row)))
    fact = fact_of(row["concept"], context, unit, row["value_text"], row["decimals"])
    return replace(fact, label=row["label"], confidence=_confidence(row["confidence"]))


def _confidence(text: str) -> float | None:
    if not text:
        return None
    with suppress(ValueError):
        if 0 <= (confidence := float(text)) <= 1:
            return confidence
    raise NotOurs(f"a confidence of {text}")


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
    if row["class_of_stock"]:
        yield Dimension(CLASS_OF_STOCK_AXIS, member=row["class_of_stock"])
    if row["equity_component"]:
        member, _, name = row["equity_component"].partition("/")
        yield Dimension(EQUITY_COMPONENTS_AXIS, member=member)
        if name:
            yield Dimension(COMPONENT_AXIS, text=name)
