"""The flat table of facts as a Parquet file. Needs pyarrow, the extra `parquet`."""

import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from converter.outputs.check_table import CheckRow
from converter.outputs.instance import lexical
from converter.outputs.standard_table import StandardRow
from converter.outputs.table import FactRow

if TYPE_CHECKING:
    import pyarrow

Row = FactRow | CheckRow | StandardRow
"""A row of one of the tables for analysts."""

PRECISION, SCALE = 38, 10
"""Total and fractional digits of the column `value`: fixed, so that the files of an archive have the same schema."""

_TYPES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("period_start", "period_end", "filed", "document_period_end"), "date32"),
        **dict.fromkeys(("statement_number", "statement_row", "statement_column"), "int32"),
        **dict.fromkeys(("fiscal_year", "quarters"), "int32"),
        **dict.fromkeys(("decimals", "document", "line", "column_start", "column_end"), "int32"),
        **dict.fromkeys(("offset_start", "offset_end"), "int64"),
        **dict.fromkeys(("instant", "latest", "again", "negated"), "bool"),
        **dict.fromkeys(("confidence", "value_double"), "float64"),
    }
)
"""Arrow types of the columns, except `value`, which is a decimal; columns without one here are strings."""


def render_parquet(rows: Iterable[FactRow | StandardRow], row: type[FactRow | StandardRow] = FactRow) -> bytes:
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


def arrow_schema(row: type[Row] = FactRow) -> "pyarrow.Schema":
    """Return the columns of the flat table, or of that with other rows, as an Arrow schema.

    Raises ImportError when pyarrow is not installed.
    """
    import pyarrow

    types = {name: pyarrow.type_for_alias(alias) for name, alias in _TYPES.items()}
    types["value"] = pyarrow.decimal128(PRECISION, SCALE)
    return pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in row.__struct_fields__])


def _value_or_null(value: object) -> object:
    return value if fits_arrow(value) else None


def fits_arrow(value: object) -> bool:
    """Whether the table can hold the value: numbers must be exact with the digits of the column `value`."""
    if not isinstance(value, Decimal):
        return True
    whole, _, fraction = lexical(value).lstrip("-").partition(".")
    return len(whole) <= PRECISION - SCALE and len(fraction) <= SCALE
