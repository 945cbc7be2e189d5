"""Rows of the data sets as text and as archives of a quarter, and in the Parquet form that secfsdstools keeps."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import IO, TYPE_CHECKING

import msgspec
from msgspec import Struct

from converter.outputs.fsds.model import TABLES
from converter.outputs.fsds.rows import Submission
from converter.taxonomy import zip_entry

if TYPE_CHECKING:
    import pyarrow

SUFFIX = ".txt"

PARQUET_TABLES = ("sub", "num", "pre")
"""The tables that secfsdstools keeps as Parquet."""

_TYPES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("cik", "period", "filed", "ddate", "qtrs", "report", "line", "inpth", "negating"), "int32"),
        **dict.fromkeys(("wksi", "prevrpt", "detail", "nciks"), "int64"),
        **dict.fromkeys(("sic", "ein", "changed", "fy", "value"), "float64"),
    }
)
"""The Arrow types of columns that are not text, as secfsdstools has them."""


class Piece(Struct, frozen=True):
    """The rows of a filing in each table, as lines of tabs without a header."""

    sub: bytes
    num: bytes
    tag: bytes
    pre: bytes


def pack(submission: Submission) -> bytes:
    """Return the rows of a filing, compressed."""
    tables = ((submission.sub,), submission.num, submission.tag, submission.pre)
    return zlib.compress(msgspec.msgpack.encode(Piece(*map(_lines, tables))), 1)


def unpack(packed: bytes) -> Piece:
    """Return the rows that `pack` was given. Raises zlib.error or ValueError for other bytes."""
    return msgspec.msgpack.decode(zlib.decompress(packed), type=Piece)


def write_quarter(pieces: "Iterable[Piece]", target: IO[bytes]) -> None:
    """Write the four tables of a quarter as one zip file; `pieces`, in the order of rows, are iterated four times.

    The same pieces give the same bytes. A tag that several filings use has one row.
    """
    with zipfile.ZipFile(target, "w") as archive:
        for table, row in TABLES.items():
            with archive.open(zip_entry(f"{table}{SUFFIX}"), "w", force_zip64=True) as file:
                file.write("\t".join(row.__struct_fields__).encode() + b"\n")
                for lines in table_lines(table, pieces):
                    file.write(lines)


def quarter_zip(submission: Submission) -> bytes:
    """Return an archive with one filing."""
    stream = io.BytesIO()
    write_quarter([unpack(pack(submission))], stream)
    return stream.getvalue()


def table_lines(table: str, pieces: Iterable[Piece]) -> Iterator[bytes]:
    """Yield the lines of a table; each tag and version once."""
    if table != "tag":
        yield from (getattr(piece, table) for piece in pieces)
        return
    seen: set[bytes] = set()
    for piece in pieces:
        for line in piece.tag.splitlines(keepends=True):
            tag, version, _ = line.split(b"\t", 2)
            if (key := tag + b"\t" + version) not in seen:
                seen.add(key)
                yield line


def arrow_schema_of(table: str) -> "pyarrow.Schema":
    """Return the columns of a table as an Arrow schema, as secfsdstools has them."""
    import pyarrow

    names = TABLES[table].__struct_fields__
    return pyarrow.schema([(name, pyarrow.type_for_alias(_TYPES.get(name, "string"))) for name in names])


def arrow_table(table: str, lines: bytes) -> "pyarrow.Table":
    """Return lines of a table as Arrow has them; an empty cell is an empty text, or null where numbers are."""
    from pyarrow import BufferReader
    from pyarrow.csv import ConvertOptions, ParseOptions, ReadOptions, read_csv

    schema = arrow_schema_of(table)
    return read_csv(
        BufferReader(lines),
        ReadOptions(column_names=schema.names, block_size=len(lines) + 1, use_threads=False),
        ParseOptions(delimiter="\t", quote_char=False),
        ConvertOptions(column_types=schema, null_values=[""], strings_can_be_null=False),
    )


def _lines(rows: Iterable[Struct]) -> bytes:
    return "".join("\t".join(msgspec.structs.astuple(row)) + "\n" for row in rows).encode()
