"""What the structure of a statement says of its rows, before anything is guessed from their captions."""

from converter.mapping.structure.model import Bar, Structure, Verdict, combined
from converter.mapping.structure.reading import read_structure

__all__ = ["Bar", "Structure", "Verdict", "combined", "read_structure"]
