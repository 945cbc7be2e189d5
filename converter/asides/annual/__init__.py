"""The figures of a fiscal year in the primary statements, by which other tables of the registrant are proven."""

from converter.asides.annual.rows import AnnualMatch, AnnualRow, AnnualRows, rounding

__all__ = ["AnnualMatch", "AnnualRow", "AnnualRows", "rounding"]
