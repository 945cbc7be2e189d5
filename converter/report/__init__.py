"""Statements and mappings -> Report: facts with contexts and units, calculation networks and findings."""

from converter.report.accounting import TABLE_ORIGINS, Account
from converter.report.build import build_report
from converter.report.check_findings import headline_finding
from converter.report.duplicates import FactKey, consistent, key_of
from converter.report.facts import admit_statements
from converter.report.fiscal import FULL_YEAR, FiscalCalendar, FiscalPeriod, quarters_of
from converter.report.layout import PrintedFact, layout_of_groups, printed_facts
from converter.report.ledger import Admission, Aside, Ledger
from converter.report.lines import CaptionLine, name_lines, path_of
from converter.report.model import (
    CIK_SCHEME,
    OWN_SCHEME,
    Check,
    Context,
    Dimension,
    Fact,
    Group,
    IndexedFact,
    Measure,
    Report,
    Status,
    Summary,
    Unit,
    Value,
    format_value,
    line_number,
)
from converter.report.option_checks import option_findings
from converter.report.options import Options
from converter.report.printed import (
    COVER,
    PARENTHETICAL,
    QUARTERLY,
    SELECTED,
    Cell,
    PrintedColumn,
    PrintedRow,
    PrintedStatement,
)
from converter.report.rows import MappedRow, general_fact, mapped_facts
from converter.report.views import Facts, Statements, StatementView

__all__ = [
    "CIK_SCHEME",
    "COVER",
    "FULL_YEAR",
    "OWN_SCHEME",
    "PARENTHETICAL",
    "QUARTERLY",
    "SELECTED",
    "TABLE_ORIGINS",
    "Account",
    "Admission",
    "Aside",
    "CaptionLine",
    "Cell",
    "Check",
    "Context",
    "Dimension",
    "Fact",
    "FactKey",
    "Facts",
    "FiscalCalendar",
    "FiscalPeriod",
    "Group",
    "IndexedFact",
    "Ledger",
    "MappedRow",
    "Measure",
    "Options",
    "PrintedColumn",
    "PrintedFact",
    "PrintedRow",
    "PrintedStatement",
    "Report",
    "StatementView",
    "Statements",
    "Status",
    "Summary",
    "Unit",
    "Value",
    "admit_statements",
    "build_report",
    "consistent",
    "format_value",
    "general_fact",
    "headline_finding",
    "key_of",
    "layout_of_groups",
    "line_number",
    "mapped_facts",
    "name_lines",
    "option_findings",
    "path_of",
    "printed_facts",
    "quarters_of",
]
