"""Statements and mappings -> Report: the facts of an instance, their contexts and units, and what else applies."""

from converter.report.accounting import TABLES, account_of
from converter.report.build import build_report
from converter.report.duplicates import consistent, key_of
from converter.report.facts import admit_statements
from converter.report.ledger import Admission, Aside, Ledger
from converter.report.model import (
    CIK_SCHEME,
    OWN_SCHEME,
    Context,
    Dimension,
    Fact,
    FigureIndex,
    Group,
    Options,
    Report,
    Summary,
    Unit,
    Value,
    line_number,
    shown,
)
from converter.report.rows import MappedRow, mapped_fact

__all__ = [
    "CIK_SCHEME",
    "OWN_SCHEME",
    "TABLES",
    "Admission",
    "Aside",
    "Context",
    "Dimension",
    "Fact",
    "FigureIndex",
    "Group",
    "Ledger",
    "MappedRow",
    "Options",
    "Report",
    "Summary",
    "Unit",
    "Value",
    "account_of",
    "admit_statements",
    "build_report",
    "consistent",
    "key_of",
    "line_number",
    "mapped_fact",
    "shown",
]
