"""What the structure of a statement says of its rows, before anything is guessed from their captions."""

from converter.mapping.structure.income import BEFORE_ALL, BEFORE_TAX_ONLY
from converter.mapping.structure.model import Bar, Structure, Verdict, combined
from converter.mapping.structure.reading import read_structure
from converter.mapping.structure.results import result_of

__all__ = ["BEFORE_ALL", "BEFORE_TAX_ONLY", "Bar", "Structure", "Verdict", "combined", "read_structure", "result_of"]
