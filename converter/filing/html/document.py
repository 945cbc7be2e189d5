"""Lay out an HTML document as a fixed-width page, with every character traced to the source.

A small tokenizer makes a single pass over the tags. Block elements split the text into flow lines; every table is laid
out when it closes, so that nested tables need no recursion. Tables of data are enclosed in lines `<TABLE>` and
`</TABLE>`; tables that only position text are converted to text.
"""

import re
from dataclasses import dataclass, field

from converter.filing.html.grid import GridCell, HtmlTable
from converter.filing.html.richtext import Flow, FlowKind, RichText, RichTextReader, indented, wrapped
from converter.filing.html.styles import Style, read_style
from converter.filing.html.table import lay_out_table
from converter.filing.lines import PAGE_BREAK, Line, expand_tabs, normalise

PAGE_WIDTH = 100
_ALIGN_WIDTH = 80
_MAX_TABLE_DEPTH = 16
_LIST_INDENT = 4

_HTML = re.compile(r"<(?i:!doctype\s+html|html|body|t[rd]|div|font|br)(?=[\s/>])")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*)([^<>]*)>?|<!--|<[!?][^<>]*>?")
_ROW_OR_CELL = re.compile(r"<t[rdh][\s>]", re.I)
_SUPERSCRIPT = re.compile(r"([^<>]{1,40}|(?:<[^<>]{1,100}>){1,6}[^<>]{1,40}(?:</[^<>]{1,20}>){0,6})</sup\s*>", re.I)
_FRACTION = re.compile(r"(?:\s|<[^<>]{0,100}>){0,8}(?:[/\u2044]|&frasl;|&#8260;)", re.I)
_FOOTNOTE = re.compile(r"\s*(?:\d{1,2}|[a-z])\s*")
_NO_TAGS = re.compile(r"<[^<>]*>|&nbsp;?|&#160;?")

_RAW_TEXT = {"script", "style", "title", "textarea"}
_INLINE = {"font", "b", "i", "u", "a", "span", "em", "strong", "small", "big", "sub", "tt", "nobr"}
_BLOCKS = {"address", "blockquote", "body", "caption", "center", "dd", "dir", "div", "dl", "dt", "fieldset", "form"}
_BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "html", "li", "menu", "ol", "p", "pre", "ul", "section", "article"}
_SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre"}
_INDENTED = {"blockquote", "ul", "ol", "dl", "dd", "dir", "menu"}
_PARAGRAPH = {"p"}
_CLOSED_BY = {"li": {"p", "li"}, "dd": {"p", "dd", "dt"}, "dt": {"p", "dd", "dt"}}
_TABLE_TAGS = {"td", "th", "tr", "table", "thead", "tbody", "tfoot"}
# The SEC's tags for tables in text, which some filers left inside <PRE>: kept as text, as in a plain text filing.
_SGML_TAGS = {"page", "s", "c", "fn", "caption", "table"}


def is_html(text: str) -> bool:
    """Whether a document is HTML. The tags of text filings (`<TABLE>`, `<CAPTION>`, `<S>`, `<C>`, `<PAGE>`) are not."""
    return _HTML.search(text) is not None


def lay_out(text: str, base_offset: int, base_line: int) -> tuple[Line, ...]:
    """Lay out an HTML document that starts at `base_offset` of the filing, on its line `base_line` (1-based).

    Runs in time linear in the length of the text, without recursion. Inserted lines (page breaks, rulers, table
    markers) have the offset of the tag that they stand for.
    """
    reader = RichTextReader(normalise(text), base_offset, base_line)
    return _page_lines(_FlowBuilder(reader).flows(), reader)


@dataclass(slots=True)
class _Block:
    name: str
    align: str
    margin: float
    text_indent: float
    page_break_after: bool
    spaced: bool


@dataclass(slots=True)
class _Container:
    """The page or a cell: its flow so far, its open blocks, and the text ranges of the current line.

    `open_counts` counts the open blocks by name. `at_block_start`: no line of the innermost block is complete, so its
    text indent applies. `verbatim` is the number of open <PRE> blocks.
    """

    align: str = ""
    margin: float = 0
    flows: list[Flow] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)
    open_counts: dict[str, int] = field(default_factory=dict)
    ranges: list[tuple[int, int]] = field(default_factory=list)
    at_block_start: bool = True
    verbatim: int = 0


@dataclass(slots=True)
class _OpenTable:
    """A table that is not closed yet, and the container around it."""

    table: HtmlTable
    outer: _Container
    row_align: str = ""
    cell: GridCell | None = None


class _FlowBuilder:
    """Processes the tags of a document and collects the flow of its page."""

    def __init__(self, reader: RichTextReader) -> None:
        self._reader = reader
        self._text = reader.text
        self._base = reader.offset
        self._page = self._current = _Container()
        self._tables: list[_OpenTable] = []
        self._ignored_tables = 0
        self._has_cells = _ROW_OR_CELL.search(self._text) is not None
        self._missing_ends = set[str]()

    def flows(self) -> list[Flow]:
        """Return the flow of the whole page."""
        position = 0
        text = self._text
        while (tag := _TAG.search(text, position)) is not None:
            start = tag.start()
            current = self._current
            if start > position and (current.ranges or current.verbatim or not text[position:start].isspace()):
                current.ranges.append((position, start))
            name = (tag[2] or "").lower()
            inline = name in _INLINE and "page-break" not in tag[3]
            position = tag.end() if inline else self._handle_tag(name, tag)
        if position < len(self._text):
            self._current.ranges.append((position, len(self._text)))
        while self._tables:
            self._close_table(len(self._text))
        self._flush(len(self._text))
        return self._page.flows

    def _handle_tag(self, name: str, tag: re.Match[str]) -> int:
        """Handle a tag, and return the position at which to continue."""
        end = tag.end()
        if not name:
            return self._after("-->", end) if tag[0] == "<!--" else end
        if name in _RAW_TEXT:
            return end if tag[1] else self._after(f"</{name}", end)
        if self._current.verbatim and name in _SGML_TAGS and not self._has_cells:
            self._current.ranges.append((tag.start(), end))
        elif name in _TABLE_TAGS:
            self._table_tag(name, tag)
        elif name in _BLOCKS:
            self._block_tag(name, tag)
        elif name == "br":
            self._flush(tag.start(), keep_empty=True)
            self._page_break(read_style(tag[3]), tag.start())
        elif name == "hr":
            self._rule(tag)
        elif name == "page":
            self._flush(tag.start())
            self._add(FlowKind.PAGE, tag.start())
        elif name == "sup" and not tag[1]:
            return self._superscript(end)
        elif "page-break" in tag[3]:
            self._page_break(read_style(tag[3]), tag.start())
        return end

    def _after(self, closing: str, position: int) -> int:
        """Return the position after the next `closing` mark, or `position` if there is none (searched only once)."""
        if closing in self._missing_ends:
            return position
        pattern = re.compile(re.escape(closing) + (">?" if closing == "-->" else "[^<>]*>?"), re.I)
        match = pattern.search(self._text, position)
        if match is None:
            self._missing_ends.add(closing)
            return position
        return match.end()

    def _superscript(self, position: int) -> int:
        """Skip a superscript that is a footnote mark; put a space between a raised figure and the one before it."""
        match = _SUPERSCRIPT.match(self._text, position)
        if match is None:
            return position
        if _FRACTION.match(self._text, match.end()) is None and _FOOTNOTE.fullmatch(_NO_TAGS.sub("", match[1])):
            return match.end()
        if self._current.ranges and re.match(r"[\d(]", _NO_TAGS.sub("", match[1]).strip()):
            self._current.ranges.append((position, position))
        return position

    # Flow

    def _add(self, kind: FlowKind, position: int) -> None:
        self._current.flows.append(Flow(kind, RichText(), "", 0, position + self._base))

    def _flush(self, position: int, keep_empty: bool = False) -> None:
        """End the current line. An empty one gives a blank line if `keep_empty`."""
        current = self._current
        if current.verbatim:
            self._flush_verbatim()
            return
        if current.ranges:
            rich = self._reader.read(current.ranges)
            current.ranges.clear()
        elif not keep_empty:
            return
        else:
            rich = RichText()
        block = current.blocks[-1] if current.blocks else None
        margin = block.margin if block else current.margin
        if current.at_block_start and block:
            margin += block.text_indent
        text = rich.text
        if text and not text.isspace():
            leading = len(text) - len(text.lstrip())
            align = (block.align if block else "") or current.align
            indent = max(0, round(margin)) + leading
            current.flows.append(Flow(FlowKind.TEXT, rich.stripped(), align, indent, position + self._base))
            current.at_block_start = False
        elif text or keep_empty:
            self._add(FlowKind.BLANK, position)
            current.at_block_start = False

    def _flush_verbatim(self) -> None:
        current = self._current
        rich = self._reader.read(current.ranges, verbatim=True)
        current.ranges.clear()
        start = 0
        for piece in rich.text.split("\n") if rich.text else []:
            self._verbatim_line(rich.cut(start, start + len(piece)))
            start += len(piece) + 1

    def _verbatim_line(self, rich: RichText) -> None:
        """Add a line of <PRE>. Form feeds become page breaks, tabs become spaces."""
        flows, start = self._current.flows, 0
        for index, piece in enumerate(rich.text.split("\f")):
            offset = rich.offsets[min(start, len(rich) - 1)] if rich.offsets else self._base
            if index:
                flows.append(Flow(FlowKind.PAGE, RichText(), "", 0, offset))
            line = rich.cut(start, start + len(piece.rstrip()))
            start += len(piece) + 1
            if line.text:
                flows.append(Flow(FlowKind.FIXED, _tabs_expanded(line), "", 0, offset))
            elif not index:
                flows.append(Flow(FlowKind.BLANK, RichText(), "", 0, offset))

    def _page_break(self, style: Style, position: int) -> None:
        if style.page_break_before or style.page_break_after:
            self._flush(position)
            self._add(FlowKind.PAGE, position)

    def _rule(self, tag: re.Match[str]) -> None:
        self._flush(tag.start())
        style = read_style(tag[3])
        if not style.invisible and not tag[1]:
            self._add(FlowKind.RULE, tag.start())
        self._page_break(style, tag.start())

    # Blocks

    def _block_tag(self, name: str, tag: re.Match[str]) -> None:
        self._flush(tag.start())
        current = self._current
        if tag[1]:
            if current.open_counts.get(name):
                self._close_blocks(name, tag.start())
            elif name == "p":
                self._add(FlowKind.GAP, tag.start())
            return
        if current.blocks and current.blocks[-1].name in _CLOSED_BY.get(name, _PARAGRAPH):
            self._close_blocks(current.blocks[-1].name, tag.start())
        self._open_block(name, read_style(tag[3]), tag.start())

    def _open_block(self, name: str, style: Style, position: int) -> None:
        current = self._current
        outer = current.blocks[-1] if current.blocks else None
        if style.page_break_before:
            self._add(FlowKind.PAGE, position)
        align = style.align or ("center" if name in ("center", "caption") else outer.align if outer else "")
        own_margin = _LIST_INDENT * (name in _INDENTED) + (style.margin if name != "body" else 0)
        margin = (outer.margin if outer else current.margin) + own_margin
        spaced = name in _SPACED and not style.tight
        if spaced:
            self._add(FlowKind.GAP, position)
        text_indent = style.text_indent or (outer.text_indent if outer and name == "p" else 0)
        current.blocks.append(_Block(name, align, min(margin, 60), text_indent, style.page_break_after, spaced))
        current.open_counts[name] = current.open_counts.get(name, 0) + 1
        current.at_block_start = True
        current.verbatim += name == "pre"

    def _close_blocks(self, name: str, position: int) -> None:
        """Close the innermost open block with this name, and the blocks left open inside it."""
        current = self._current
        closed = ""
        while closed != name:
            block = current.blocks.pop()
            closed = block.name
            current.open_counts[closed] -= 1
            current.verbatim -= closed == "pre"
            if block.page_break_after:
                self._add(FlowKind.PAGE, position)
            elif block.spaced:
                self._add(FlowKind.GAP, position)
        current.at_block_start = True

    # Tables

    def _table_tag(self, name: str, tag: re.Match[str]) -> None:
        closing, position = bool(tag[1]), tag.start()
        self._flush(position)
        if name == "table":
            self._end_table(position) if closing else self._start_table(read_style(tag[3]), position)
        elif not self._tables or self._ignored_tables:
            return
        elif name in ("td", "th"):
            if closing:
                self._close_cell(position)
            else:
                self._open_cell(name, read_style(tag[3]), position)
        else:
            self._close_cell(position)
            if name == "tr" and not closing:
                self._open_row(read_style(tag[3]), position)

    def _start_table(self, style: Style, position: int) -> None:
        if self._tables and self._tables[-1].cell is None and not self._ignored_tables:
            self._close_table(position)
        if len(self._tables) >= _MAX_TABLE_DEPTH or self._ignored_tables:
            self._ignored_tables += 1
            return
        if style.page_break_before:
            self._add(FlowKind.PAGE, position)
        self._tables.append(_OpenTable(HtmlTable(position + self._base), self._current))

    def _end_table(self, position: int) -> None:
        if self._ignored_tables:
            self._ignored_tables -= 1
        elif self._tables:
            self._close_table(position)

    def _open_row(self, style: Style, position: int) -> None:
        if style.page_break_before:
            self._tables[-1].outer.flows.append(Flow(FlowKind.PAGE, RichText(), "", 0, position + self._base))
        self._tables[-1].table.rows.append([])
        self._tables[-1].row_align = style.align

    def _open_cell(self, name: str, style: Style, position: int) -> None:
        self._close_cell(position)
        innermost = self._tables[-1]
        if not innermost.table.rows:
            innermost.table.rows.append([])
        align = style.align or innermost.row_align or ("center" if name == "th" else "")
        self._current = _Container(align=align, margin=max(0, style.margin + style.text_indent))
        innermost.cell = GridCell(style, position + self._base, self._current.flows)
        innermost.table.rows[-1].append(innermost.cell)

    def _close_cell(self, position: int) -> None:
        innermost = self._tables[-1]
        if innermost.cell is not None:
            self._flush(position)
            innermost.cell = None
            self._current = innermost.outer

    def _close_table(self, position: int) -> None:
        self._flush(position)
        self._close_cell(position)
        closed = self._tables.pop()
        self._current = closed.outer
        self._current.flows.extend(lay_out_table(closed.table, position + self._base, nested=bool(self._tables)))
        self._current.at_block_start = True


def _tabs_expanded(line: RichText) -> RichText:
    if "\t" not in line.text:
        return line
    text, indexes = expand_tabs(line.text, 0)
    return RichText(text, [line.offsets[index] for index in indexes])


def _page_lines(flows: list[Flow], reader: RichTextReader) -> tuple[Line, ...]:
    lines: list[Line] = []
    for flow in flows:
        offset = flow.offset
        if flow.kind is FlowKind.TEXT:
            lines.extend(reader.line(rich, offset) for rich in _paragraph(flow))
        elif flow.kind is FlowKind.FIXED:
            lines.append(reader.line(flow.rich, offset))
        elif flow.kind is FlowKind.RULE:
            lines.append(reader.line(RichText("-" * _ALIGN_WIDTH, [offset] * _ALIGN_WIDTH), offset))
        elif flow.kind is FlowKind.PAGE:
            if not lines or _last_visible_text(lines) != PAGE_BREAK:
                lines.append(reader.line(RichText(PAGE_BREAK, [offset] * len(PAGE_BREAK)), offset))
        elif lines and (lines[-1].text or (flow.kind is FlowKind.BLANK and lines[-2:-1] and lines[-2].text)):
            lines.append(reader.line(RichText(), offset))
    return tuple(lines)


def _last_visible_text(lines: list[Line]) -> str:
    return next((line.text for line in reversed(lines[-8:]) if line.text), "")


def _paragraph(flow: Flow) -> list[RichText]:
    """Wrap and align a paragraph on the page."""
    result = []
    indent = min(flow.indent, PAGE_WIDTH // 2)
    for rich in wrapped(flow.rich, PAGE_WIDTH - indent):
        if flow.align == "center":
            indent = max(0, (_ALIGN_WIDTH - len(rich)) // 2)
        elif flow.align == "right":
            indent = max(0, _ALIGN_WIDTH - len(rich))
        result.append(indented(rich, indent))
    return result
