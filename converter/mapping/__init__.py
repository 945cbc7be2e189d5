"""The mapping of line items to concepts of the taxonomy, with confidence, sign and evidence."""

from converter.mapping.agreement import reconcile
from converter.mapping.mapper import map_statement
from converter.mapping.overrides import Override, OverrideError, apply_overrides, read_overrides, unused_overrides
from converter.mapping.result import Candidate, MappedStatement, Mapping
from converter.mapping.signs import is_two_signed
from converter.mapping.statements import map_statements
from converter.mapping.totals import is_bare

__all__ = [
    "Candidate",
    "MappedStatement",
    "Mapping",
    "Override",
    "OverrideError",
    "apply_overrides",
    "is_bare",
    "is_two_signed",
    "map_statement",
    "map_statements",
    "read_overrides",
    "reconcile",
    "unused_overrides",
]
