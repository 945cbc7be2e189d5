"""The output formats: the XBRL 2.1 instance and all others, each rendered from the same schema-valid report."""

from typing import TYPE_CHECKING

from converter.outputs.check_table import CheckRow, checks_of
from converter.outputs.files import OverwriteError, UsedFile, refuse_overwrites, replacing
from converter.outputs.formats import (
    COMPANY_FACTS,
    FORMATS,
    FSDS,
    WORKBOOK,
    FormatError,
    checked,
    format_of,
    write_files,
)
from converter.outputs.instance import legal_xml
from converter.outputs.model import CheckedReading, Files, Format, MissingIdentity
from converter.outputs.oim import ISO4217, METADATA, XBRLI
from converter.outputs.parquet import AMOUNT, BOOLEAN, amount_text, arrow_schema, column_types
from converter.outputs.spreadsheet import unguarded
from converter.outputs.standard_table import StandardRow, standard_rows_of
from converter.outputs.table import FactRow, rows_of
from converter.outputs.validity import InvalidInstance
from converter.outputs.validity.schema import validate_with_arelle

if TYPE_CHECKING:  # modules that are loaded when they are used
    from converter.outputs import companyfacts, fsds, panels  # noqa: TC004 - named in __all__

__all__ = [
    "AMOUNT",
    "BOOLEAN",
    "COMPANY_FACTS",
    "FORMATS",
    "FSDS",
    "ISO4217",
    "METADATA",
    "WORKBOOK",
    "XBRLI",
    "CheckRow",
    "CheckedReading",
    "FactRow",
    "Files",
    "Format",
    "FormatError",
    "InvalidInstance",
    "MissingIdentity",
    "OverwriteError",
    "StandardRow",
    "UsedFile",
    "amount_text",
    "arrow_schema",
    "checked",
    "checks_of",
    "column_types",
    "companyfacts",
    "format_of",
    "fsds",
    "legal_xml",
    "panels",
    "refuse_overwrites",
    "replacing",
    "rows_of",
    "standard_rows_of",
    "unguarded",
    "validate_with_arelle",
    "write_files",
]
