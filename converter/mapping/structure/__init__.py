"""What the structure of a statement says of its rows, before anything is guessed from their captions."""

from converter.mapping.structure.income import BEFORE_ALL, BEFORE_TAX_ONLY
from converter.mapping.structure.model import Bar, Structure, Verdict, combined
from converter.mapping.structure.reading import read_structure
from converter.mapping.structure.results import result_of
from converter.mapping.structure.sides import current_rows, is_classified

__all__ = [
    "BEFORE_ALL",
    "BEFORE_TAX_ONLY",
    "Bar",
    "Structure",
    "Verdict",
    "combined",
    "current_rows",
    "is_classified",
    "read_structure",
    "result_of",
]
