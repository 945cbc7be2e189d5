"""Statements and mappings -> Report: the facts of an instance, their contexts and units, and what else applies."""

from converter.report.build import build_report
from converter.report.ledger import Admission, Aside, Ledger
from converter.report.model import (
    CIK_SCHEME,
    OWN_SCHEME,
    Context,
    Dimension,
    Fact,
    Group,
    Options,
    Report,
    Summary,
    Unit,
)

__all__ = [
    "CIK_SCHEME",
    "OWN_SCHEME",
    "Admission",
    "Aside",
    "Context",
    "Dimension",
    "Fact",
    "Group",
    "Ledger",
    "Options",
    "Report",
    "Summary",
    "Unit",
    "build_report",
]
