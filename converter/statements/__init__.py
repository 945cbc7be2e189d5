"""Tables -> statements: which statement a table is, the period of each column, scale, units and line items."""

from converter.statements.assembly import assemble
from converter.statements.choices import Choice
from converter.statements.classification import LIKELY_SCORE, content_scores, find_qualifier
from converter.statements.columns import ColumnPeriod, without_periods
from converter.statements.drafts import (
    Draft,
    columns_for_kind,
    infer_durations,
    is_partial_or_pro_forma,
    likely_statement,
    scale_above,
)
from converter.statements.known_periods import KnownPeriods
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
from converter.statements.position import Place, Places
from converter.statements.reader import DocumentTables, FilingStatements, read_statements
from converter.statements.scale import Scale, read_scale

__all__ = [
    "LIKELY_SCORE",
    "ONE",
    "Choice",
    "Column",
    "ColumnPeriod",
    "DocumentTables",
    "Draft",
    "Figure",
    "FilingStatements",
    "KnownPeriods",
    "LineItem",
    "Origin",
    "Place",
    "Places",
    "Qualifier",
    "Scale",
    "Statement",
    "StatementKind",
    "UnitKind",
    "assemble",
    "columns_for_kind",
    "content_scores",
    "find_qualifier",
    "infer_durations",
    "is_partial_or_pro_forma",
    "likely_statement",
    "read_items",
    "read_scale",
    "read_statements",
    "scale_above",
    "without_periods",
]
