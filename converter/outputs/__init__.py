"""Reading -> files: the XBRL 2.1 instance and every other format, each from one and the same valid report."""

from converter.outputs.files import replacing
from converter.outputs.formats import FORMATS, FormatError, checked, format_of, write_files
from converter.outputs.instance import environment, legal
from converter.outputs.model import Checked, Files, Format
from converter.outputs.oim import ISO4217, XBRLI
from converter.outputs.parquet import fits, schema
from converter.outputs.table import FactRow, rows_of
from converter.outputs.validity import InvalidInstance
from converter.outputs.validity.schema import validate_with_arelle
from converter.outputs.xbrl_csv import METADATA

__all__ = [
    "FORMATS",
    "ISO4217",
    "METADATA",
    "XBRLI",
    "Checked",
    "FactRow",
    "Files",
    "Format",
    "FormatError",
    "InvalidInstance",
    "checked",
    "environment",
    "fits",
    "format_of",
    "legal",
    "replacing",
    "rows_of",
    "schema",
    "validate_with_arelle",
    "write_files",
]
