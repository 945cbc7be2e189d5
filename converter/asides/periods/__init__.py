"""Tables of quarters or years beside the statements, and the figures of the statements by which they are proven.

`marks` finds what texts say of quarters and years, `grids` brings tables of any orientation to rows of cells with
marks, `layout` brings the cells into the order of fiscal years; `rows` are the rows of the statements by their figures
of fiscal years.
"""

from converter.asides.periods.grids import Grid, join_all, join_grids, possible_scales, read_grid
from converter.asides.periods.layout import Layout, Place, Slot, holding_sums, lay_out, name_of, offsets
from converter.asides.periods.left_out import figures_left_out
from converter.asides.periods.marks import Mark, read_mark
from converter.asides.periods.rows import (
    AnnualMatch,
    AnnualRow,
    AnnualRows,
    caption_key,
    is_of_other_figures,
    rounding,
    same_words,
    share_words,
)

__all__ = [
    "AnnualMatch",
    "AnnualRow",
    "AnnualRows",
    "Grid",
    "Layout",
    "Mark",
    "Place",
    "Slot",
    "caption_key",
    "figures_left_out",
    "holding_sums",
    "is_of_other_figures",
    "join_all",
    "join_grids",
    "lay_out",
    "name_of",
    "offsets",
    "possible_scales",
    "read_grid",
    "read_mark",
    "rounding",
    "same_words",
    "share_words",
]
