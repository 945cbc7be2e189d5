"""Lines of an HTML document that are placed by themselves, as converters of PDF do with each word or figure."""

from collections.abc import Iterator, Sequence

from converter.filing.html.richtext import Flow, FlowKind
from converter.filing.traced import in_columns

_LINE = 2.0  # the height of a line, in columns of text
_SAME_LINE = 0.9  # lines no farther apart stand beside each other
_CLOSER = 1.3  # letters are narrower than those that are all as wide
_FARTHEST = 250.0
_GAP = 2


def place_of(own: tuple[float, float] | None, outer: tuple[float, float] | None) -> tuple[float, float] | None:
    """Return where a block stands whose style gives its `own` place within that of the block around it."""
    if own is None or outer is None:
        return own or outer
    return own[0] + outer[0], own[1] + outer[1]


def next_place(place: tuple[float, float]) -> tuple[float, float]:
    """Return where the line below stands."""
    return place[0] + _LINE, place[1]


def beside_each_other(flows: Sequence[Flow]) -> Iterator[Flow]:
    """Put lines that are placed on the lines of a page, from top to bottom and from left to right."""
    row: list[tuple[float, Flow]] = []
    top = 0.0
    for flow in sorted(flows, key=lambda flow: flow.place or (0.0, 0.0)):
        down, right = flow.place or (0.0, 0.0)
        if row and down - top > _SAME_LINE:
            yield _line(row)
            row = []
        top = top if row else down
        row.append((right, flow))
    if row:
        yield _line(row)


def _line(row: list[tuple[float, Flow]]) -> Flow:
    row.sort(key=lambda piece: piece[0])
    pieces = [(round(min(right, _FARTHEST) * _CLOSER), flow.rich) for right, flow in row]
    return Flow(FlowKind.FIXED, in_columns(pieces, _GAP), "", 0, row[0][1].offset)
