"""Place the flow of an HTML document on lines: paragraphs wrapped and aligned, blank lines, rules, page breaks."""

from collections.abc import Iterable, Iterator, Sequence

from converter.filing.html.placing import beside_each_other
from converter.filing.html.richtext import Flow, FlowKind, RichTextReader
from converter.filing.lines import PAGE_BREAK, Lines, LinesBuilder
from converter.filing.traced import BLANK, RichText, expand_tabs, indented, inserted, wrapped

PAGE_WIDTH = 100
_ALIGN_WIDTH = 80
_WIDEST_ROW = 250  # of a table that is laid out with spaces that do not break
_WIDEST_END = 30
_COLUMN_GAP = "   "


def page_lines(flows: Iterable[Flow], reader: RichTextReader) -> Lines:
    """Place the items of a flow on a page, one below the other."""
    lines = LinesBuilder()
    texts = lines.texts
    for flow in flows:
        offset = flow.offset
        if flow.kind is FlowKind.TEXT:
            for rich in _paragraph(flow):
                reader.add_line(lines, rich, offset)
        elif flow.kind is FlowKind.FIXED:
            reader.add_line(lines, flow.rich, offset)
        elif flow.kind is FlowKind.RULE:
            reader.add_line(lines, inserted("-" * _ALIGN_WIDTH, offset), offset)
        elif flow.kind is FlowKind.PAGE:
            if next((text for text in reversed(texts[-8:]) if text), "") != PAGE_BREAK:
                reader.add_line(lines, inserted(PAGE_BREAK, offset), offset)
        elif texts and (texts[-1] or (flow.kind is FlowKind.BLANK and texts[-2:-1] and texts[-2])):
            reader.add_line(lines, BLANK, offset)
    return lines.lines(reader.entities)


def by_line(flows: Sequence[Flow]) -> Iterable[Flow]:
    """Replace the texts of <PRE> by their lines, and put lines that are placed by themselves beside each other."""
    if any(flow.place or flow.kind is FlowKind.VERBATIM for flow in flows):
        return _by_line(flows)
    return flows


def _by_line(flows: Sequence[Flow]) -> Iterator[Flow]:
    placed = list[Flow]()
    for flow in flows:
        if flow.place is not None:
            placed.append(flow)
            continue
        if placed:
            yield from beside_each_other(placed)
            placed = []
        if flow.kind is not FlowKind.VERBATIM:
            yield flow
            continue
        text, start = flow.rich.text, 0
        while start <= len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            yield from _verbatim_line(flow.rich.cut(start, end), flow.offset)
            start = end + 1
    yield from beside_each_other(placed)


def _verbatim_line(rich: RichText, base: int) -> Iterator[Flow]:
    """Yield the items for a line of <PRE>. Form feeds become page breaks, tabs become spaces."""
    start = 0
    for index, piece in enumerate(rich.text.split("\f")):
        place = min(start, len(rich) - 1)
        offset = rich.cut(place, place + 1).offset if rich.text else base
        if index:
            yield Flow(FlowKind.PAGE, BLANK, "", 0, offset)
        line = rich.cut(start, start + len(piece.rstrip()))
        start += len(piece) + 1
        if line.text:
            yield Flow(FlowKind.FIXED, expand_tabs(line) if "\t" in line.text else line, "", 0, offset)
        elif not index:
            yield Flow(FlowKind.BLANK, BLANK, "", 0, offset)


def _paragraph(flow: Flow) -> Iterator[RichText]:
    """Wrap and align a paragraph on the page."""
    whole, indent = flow.rich, min(flow.indent, PAGE_WIDTH // 2)
    size = len(whole.text)
    is_kept = size <= PAGE_WIDTH - indent or _is_row(whole.text)
    if flow.indent > indent and (is_kept or size <= _ALIGN_WIDTH):
        # By spaces that do not break: headings stand over their columns.
        indent, is_kept = max(indent, min(flow.indent, _WIDEST_ROW - size)), True
    for rich in [whole] if is_kept else wrapped(whole, PAGE_WIDTH - indent):
        if flow.align == "center":
            indent = max(0, (_ALIGN_WIDTH - len(rich)) // 2)
        elif flow.align == "right":
            indent = max(0, _ALIGN_WIDTH - len(rich))
        yield indented(rich, indent)


def _is_row(text: str) -> bool:
    """Whether a line is the row of a table: several spaces, as only those that do not break stay, before its end."""
    _, gap, end = text.rpartition(_COLUMN_GAP)
    return bool(gap) and len(text) <= _WIDEST_ROW and len(end) <= _WIDEST_END
