"""The layout of the SEC's Financial Statement Data Sets, which begin in 2009, for filings from before."""

from converter.outputs.fsds.files import (
    PARQUET_TABLES,
    SUFFIX,
    Piece,
    arrow_schema_of,
    arrow_table,
    pack,
    quarter_zip,
    table_lines,
    unpack,
    write_quarter,
)
from converter.outputs.fsds.rows import Submission, quarter_of, submission_of

__all__ = [
    "PARQUET_TABLES",
    "SUFFIX",
    "Piece",
    "Submission",
    "arrow_schema_of",
    "arrow_table",
    "pack",
    "quarter_of",
    "quarter_zip",
    "submission_of",
    "table_lines",
    "unpack",
    "write_quarter",
]
