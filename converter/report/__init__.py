"""Statements and mappings -> Report: facts with contexts and units, calculation networks and findings."""

from converter.report.accounting import TABLE_ORIGINS, account_of
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
    Group,
    IndexedFact,
    Options,
    Report,
    Summary,
    Unit,
    Value,
    format_value,
    line_number,
)
from converter.report.rows import MappedRow, mapped_facts

__all__ = [
    "CIK_SCHEME",
    "OWN_SCHEME",
    "TABLE_ORIGINS",
    "Admission",
    "Aside",
    "Context",
    "Dimension",
    "Fact",
    "Group",
    "IndexedFact",
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
    "format_value",
    "key_of",
    "line_number",
    "mapped_facts",
]
