"""The flat tables as Parquet files. Needs pyarrow, the extra `parquet`."""

import io
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args, get_type_hints

from msgspec import Struct

from converter.outputs.instance import lexical
from converter.outputs.table import FactRow

if TYPE_CHECKING:
    import pyarrow

PRECISION, SCALE = 38, 10
"""Total and fractional digits of a column of amounts: fixed, so that the files of an archive have the same schema."""

AMOUNT, BOOLEAN = "amount", "bool"

_TYPES: Mapping[type, str] = MappingProxyType(
    {date: "date32", int: "int32", bool: BOOLEAN, float: "float64", Decimal: AMOUNT, str: "string"}
)
_LARGE = ("offset_start", "offset_end")  # columns of 64 bits


@cache
def column_types(row: type[Struct]) -> Mapping[str, str]:
    """Return the columns of a table with their Arrow types, by the fields of its rows; AMOUNT is an exact decimal."""
    hints = get_type_hints(row)
    types = {name: next(each for each in (get_args(hint) or (hint,)) if each in _TYPES) for name, hint in hints.items()}
    return {name: "int64" if name in _LARGE else _TYPES[types[name]] for name in row.__struct_fields__}


def render_parquet(rows: Iterable[Struct], row: type[Struct] = FactRow) -> bytes:
    """Return a Parquet file with rows of the type `row`; equal rows give equal bytes in one version of pyarrow.

    `value` is an exact decimal128(38, 10), null for a number that does not fit; `value_text` has all values. Raises
    ImportError when pyarrow is not installed.
    """
    import pyarrow
    from pyarrow import parquet

    rows = tuple(rows)
    columns = {name: [_value_or_null(getattr(each, name)) for each in rows] for name in row.__struct_fields__}
    table = pyarrow.table(columns, schema=arrow_schema(row))
    stream = io.BytesIO()
    parquet.write_table(table, stream, compression="zstd")
    return stream.getvalue()


def arrow_schema(row: type[Struct] = FactRow) -> "pyarrow.Schema":
    """Return the columns of the flat table, or of another one by the type of its rows, as an Arrow schema.

    Raises ImportError when pyarrow is not installed.
    """
    import pyarrow

    amount = pyarrow.decimal128(PRECISION, SCALE)
    types = column_types(row).items()
    return pyarrow.schema(
        [(name, amount if alias == AMOUNT else pyarrow.type_for_alias(alias)) for name, alias in types]
    )


def _value_or_null(value: object) -> object:
    return None if isinstance(value, Decimal) and amount_text(value) is None else value


def amount_text(value: Decimal) -> str | None:
    """Return an amount as the tables have it; None if it has more digits than a column of amounts can hold."""
    text = lexical(value)
    whole, _, fraction = text.lstrip("-").partition(".")
    return text if len(whole) <= PRECISION - SCALE and len(fraction) <= SCALE else None
