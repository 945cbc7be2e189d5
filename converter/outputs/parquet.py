"""The flat table of facts as a Parquet file. Needs pyarrow, the extra `parquet`."""

import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from converter.outputs.instance import lexical
from converter.outputs.table import FactRow

if TYPE_CHECKING:
    import pyarrow

PRECISION, SCALE = 38, 10
"""Digits of the column `value` in all, and behind the point: fixed, so that the files of an archive are one table."""

_TYPES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("period_start", "period_end"), "date32"),
        **dict.fromkeys(("decimals", "document", "line", "column_start", "column_end"), "int32"),
        **dict.fromkeys(("offset_start", "offset_end"), "int64"),
        "instant": "bool",
        "confidence": "float64",
    }
)
"""Names of Arrow types; `value` is a decimal, and what is not here is a string."""


def render_parquet(rows: Iterable[FactRow]) -> bytes:
    """One row a fact; the same rows give the same bytes with the same version of pyarrow.

    `value` is a decimal128(38, 10), exact; a number that does not fit it is null there and stands in `value_text`
    only, as all values do. Raises ImportError when pyarrow is not installed.
    """
    import pyarrow
    from pyarrow import parquet

    rows = tuple(rows)
    columns = {name: [_fitting(getattr(row, name)) for row in rows] for name in FactRow.__struct_fields__}
    table = pyarrow.table(columns, schema=schema())
    stream = io.BytesIO()
    parquet.write_table(table, stream, compression="zstd")
    return stream.getvalue()


def schema() -> "pyarrow.Schema":
    """The columns of the flat table, in Arrow's types. Raises ImportError when pyarrow is not installed."""
    import pyarrow

    types = {name: pyarrow.type_for_alias(alias) for name, alias in _TYPES.items()}
    types["value"] = pyarrow.decimal128(PRECISION, SCALE)
    return pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in FactRow.__struct_fields__])


def _fitting(value: object) -> object:
    return value if fits(value) else None


def fits(value: object) -> bool:
    """Whether a column can hold the value: a decimal128 of these digits cannot hold every number exactly."""
    if not isinstance(value, Decimal):
        return True
    whole, _, fraction = lexical(value).lstrip("-").partition(".")
    return len(whole) <= PRECISION - SCALE and len(fraction) <= SCALE
