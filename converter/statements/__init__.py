"""Tables -> statements: which statement a table is, the period of each column, scale, units and line items."""

from converter.statements.assembly import assemble
from converter.statements.classification import find_qualifier
from converter.statements.columns import ReadColumn
from converter.statements.drafts import (
    Draft,
    columns_as,
    is_of_parts,
    lengths_from_others,
    likely_statement,
    scale_above,
)
from converter.statements.line_items import read_items
from converter.statements.model import (
    ONE,
    Column,
    Figure,
    LineItem,
    Origin,
    Qualifier,
    Statement,
    StatementKind,
    UnitKind,
)
from converter.statements.reader import DocumentTables, ReadStatements, read_statements
from converter.statements.scale import Scale

__all__ = [
    "ONE",
    "Column",
    "DocumentTables",
    "Draft",
    "Figure",
    "LineItem",
    "Origin",
    "Qualifier",
    "ReadColumn",
    "ReadStatements",
    "Scale",
    "Statement",
    "StatementKind",
    "UnitKind",
    "assemble",
    "columns_as",
    "find_qualifier",
    "is_of_parts",
    "lengths_from_others",
    "likely_statement",
    "read_items",
    "read_statements",
    "scale_above",
]
