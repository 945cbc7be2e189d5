"""What is parsed of the tables of an HTML document: cells and tables, before they are placed on a grid."""

from collections.abc import Sequence

from msgspec import Struct, field

from converter.filing.html.richtext import Flow, FlowKind
from converter.filing.html.styles import Style

_MOST_BLANKS = 20  # lines between two tables of which one goes on with the other


class GridCell(Struct, gc=False):
    """A cell as parsed: its flow, and the offset of its tag.

    `is_blank`: it has neither a border nor more than one blank line. `is_tall`: its flow has several items. `only` is
    the table that is all there is in it.
    """

    style: Style
    offset: int
    flows: Sequence[Flow]
    is_blank: bool = False
    is_tall: bool = False
    only: "WaitingTable | None" = None

    def close(self, flows: Sequence[Flow]) -> "GridCell":
        """Set the flow of the cell, and return it."""
        style = self.style
        self.flows, self.is_tall = flows, len(flows) > 1
        self.is_blank = (
            (not flows or (len(flows) == 1 and flows[0].kind is FlowKind.BLANK))
            and not style.border_top
            and not style.border_bottom
        )
        return self


CellAt = tuple[GridCell, int]
"""A cell, and how many characters later than there it stands, if it is one that was read before."""


class HtmlTable(Struct):
    """A table as parsed; `offset` is that of its tag."""

    offset: int
    rows: list[list[CellAt]] = field(default_factory=list)


class WaitingTable(Struct):
    """A table that is closed, and not laid out yet, as the next one may go on with it.

    It ends at the position `end` and belongs before the flow `at` of its container; `cells` counts its cells and rows.
    """

    table: HtmlTable
    end: int
    at: int
    cells: int

    def is_open(self, flows: Sequence[Flow]) -> bool:
        """Whether nothing but blank lines follows it in the flows of its container."""
        return len(flows) - self.at <= _MOST_BLANKS and _are_blank(flows[self.at :])

    def is_alone(self, flows: Sequence[Flow]) -> bool:
        """Whether there is nothing but blank lines beside it in the flows of its container."""
        return len(flows) <= _MOST_BLANKS and _are_blank(flows)


def _are_blank(flows: Sequence[Flow]) -> bool:
    return all(flow.kind in (FlowKind.BLANK, FlowKind.GAP) for flow in flows)
