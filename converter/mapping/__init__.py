"""LineItem -> Concept, with the evidence and a confidence."""

from converter.mapping.agreement import agree
from converter.mapping.details import map_details
from converter.mapping.mapper import map_statement
from converter.mapping.overrides import Override, OverrideError, apply_overrides, read_overrides
from converter.mapping.result import Candidate, Mapping

__all__ = [
    "Candidate",
    "Mapping",
    "Override",
    "OverrideError",
    "agree",
    "apply_overrides",
    "map_details",
    "map_statement",
    "read_overrides",
]
