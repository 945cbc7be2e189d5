"""Tables -> statements: which statement a table is, the period of each column, scale, units and line items."""

from converter.statements.assembly import assemble, unread_figure
from converter.statements.choices import Choice
from converter.statements.classification import LIKELY_SCORE, find_qualifier
from converter.statements.columns import ColumnPeriod
from converter.statements.drafts import (
    Draft,
    columns_for_kind,
    is_partial_or_pro_forma,
    likely_statement,
    scale_above,
)
from converter.statements.durations import infer_durations
from converter.statements.found import DocumentTables, FilingStatements
from converter.statements.known_periods import KnownPeriods
from converter.statements.line_items import read_items
from converter.statements.model import (
    ONE,
    PRIMARY_KINDS,
    Column,
    Component,
    Figure,
    LineItem,
    Origin,
    Qualifier,
    Statement,
    StatementKind,
    UnitKind,
)
from converter.statements.names import without_periods
from converter.statements.position import Place
from converter.statements.printed import figures_in_no_row, mark_torn_figures
from converter.statements.reader import read_statements
from converter.statements.scale import Scale, read_scale
from converter.statements.year_ends import YearEnd, read_fiscal_years

__all__ = [
    "LIKELY_SCORE",
    "ONE",
    "PRIMARY_KINDS",
    "Choice",
    "Column",
    "ColumnPeriod",
    "Component",
    "DocumentTables",
    "Draft",
    "Figure",
    "FilingStatements",
    "KnownPeriods",
    "LineItem",
    "Origin",
    "Place",
    "Qualifier",
    "Scale",
    "Statement",
    "StatementKind",
    "UnitKind",
    "YearEnd",
    "assemble",
    "columns_for_kind",
    "figures_in_no_row",
    "find_qualifier",
    "infer_durations",
    "is_partial_or_pro_forma",
    "likely_statement",
    "mark_torn_figures",
    "read_fiscal_years",
    "read_items",
    "read_scale",
    "read_statements",
    "scale_above",
    "unread_figure",
    "without_periods",
]
