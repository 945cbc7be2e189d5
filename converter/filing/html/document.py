"""An HTML document -> a fixed-width page as a person would see it, every character traced to the source.

A small tokenizer of our own walks the tags once; block elements break the text into flow lines, and every table is
laid out when it closes, so that nesting needs no recursion. Tables of data stand between lines `<TABLE>` and
`</TABLE>`; tables that only place text on the page are read as text.
"""

import re
from dataclasses import dataclass, field

from converter.filing.html.grid import GridCell, HtmlTable
from converter.filing.html.richtext import Flow, FlowKind, Rich, RichTextReader, indented, wrapped
from converter.filing.html.styles import Style, read_style
from converter.filing.html.table import lay_out_table
from converter.filing.lines import PAGE_BREAK, Line, expand_tabs, normalise

PAGE_WIDTH = 100
_CENTRED_IN = 80
_DEEPEST_TABLE = 16
_LIST_INDENT = 4

_HTML = re.compile(r"<(?i:!doctype\s+html|html|body|t[rd]|div|font|br)(?=[\s/>])")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*)([^<>]*)>?|<!--|<[!?][^<>]*>?")
_ROW_OR_CELL = re.compile(r"<t[rdh][\s>]", re.I)
_SUPERSCRIPT = re.compile(r"([^<>]{1,40}|(?:<[^<>]{1,100}>){1,6}[^<>]{1,40}(?:</[^<>]{1,20}>){0,6})</sup\s*>", re.I)
_FRACTION = re.compile(r"(?:\s|<[^<>]{0,100}>){0,8}(?:[/\u2044]|&frasl;|&#8260;)", re.I)
_FOOTNOTE = re.compile(r"\s*(?:\d{1,2}|[a-z])\s*")
_NO_TAGS = re.compile(r"<[^<>]*>|&nbsp;?|&#160;?")

_RAW = {"script", "style", "title", "textarea"}
_INLINE = {"font", "b", "i", "u", "a", "span", "em", "strong", "small", "big", "sub", "tt", "nobr"}
_BLOCKS = {"address", "blockquote", "body", "caption", "center", "dd", "dir", "div", "dl", "dt", "fieldset", "form"}
_BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6", "html", "li", "menu", "ol", "p", "pre", "ul", "section", "article"}
_SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre"}
_INDENTED = {"blockquote", "ul", "ol", "dl", "dd", "dir", "menu"}
_PARAGRAPH = {"p"}
_CLOSED_BY = {"li": {"p", "li"}, "dd": {"p", "dd", "dt"}, "dt": {"p", "dd", "dt"}}
_PARTS = {"td", "th", "tr", "table", "thead", "tbody", "tfoot"}
# Tags of the SEC's own text tables, which some filers left inside <PRE>: kept as they are, as in a plain text filing.
_SGML = {"page", "s", "c", "fn", "caption", "table"}


def is_html(text: str) -> bool:
    """Whether a document is HTML; the `<TABLE>`, `<CAPTION>`, `<S>`, `<C>`, `<PAGE>` of plain text filings are not."""
    return _HTML.search(text) is not None


def lay_out(text: str, base_offset: int, base_line: int) -> tuple[Line, ...]:
    """The lines of an HTML document that starts at `base_offset` of the filing, on its line `base_line` (1-based).

    Linear in the length of the text, and never recursive. Markers and rulers have the offset of the tag they show.
    """
    source = RichTextReader(normalise(text), base_offset, base_line)
    return _page_lines(_Builder(source).flows(), source)


@dataclass(slots=True)
class _Block:
    name: str
    align: str
    margin: float
    first: float
    page_after: bool
    spaced: bool


@dataclass(slots=True)
class _Container:
    """The page itself, or a cell: its flow so far, its open blocks, and the ranges of the line being read."""

    align: str = ""
    margin: float = 0
    flows: list[Flow] = field(default_factory=list)
    blocks: list[_Block] = field(default_factory=list)
    open: dict[str, int] = field(default_factory=dict)
    ranges: list[tuple[int, int]] = field(default_factory=list)
    fresh: bool = True
    verbatim: int = 0


@dataclass(slots=True)
class _Open:
    """A table being read, and the container it stands in."""

    table: HtmlTable
    outer: _Container
    row_align: str = ""
    cell: GridCell | None = None


class _Builder:
    """Walks the tags of a document and collects the flow of its page."""

    def __init__(self, source: RichTextReader) -> None:
        self._source = source
        self._text = source.text
        self._base = source.offset
        self._page = self._current = _Container()
        self._tables: list[_Open] = []
        self._ignored_tables = 0
        self._has_cells = _ROW_OR_CELL.search(self._text) is not None
        self._unclosed = dict[str, bool]()

    def flows(self) -> list[Flow]:
        """The flow of the whole page."""
        position = 0
        text = self._text
        while (found := _TAG.search(text, position)) is not None:
            start = found.start()
            current = self._current
            if start > position and (current.ranges or current.verbatim or not text[position:start].isspace()):
                current.ranges.append((position, start))
            name = (found[2] or "").lower()
            inline = name in _INLINE and "page-break" not in found[3]
            position = found.end() if inline else self._tag(name, found)
        if position < len(self._text):
            self._current.ranges.append((position, len(self._text)))
        while self._tables:
            self._close_table(len(self._text))
        self._flush(len(self._text))
        return self._page.flows

    def _tag(self, name: str, found: re.Match[str]) -> int:
        """Handle a tag; the offset where the text goes on."""
        end = found.end()
        if not name:
            return self._after("-->", end) if found[0] == "<!--" else end
        if name in _RAW:
            return end if found[1] else self._after(f"</{name}", end)
        if self._current.verbatim and name in _SGML and not self._has_cells:
            self._current.ranges.append((found.start(), end))
        elif name in _PARTS:
            self._table_tag(name, found)
        elif name in _BLOCKS:
            self._block_tag(name, found)
        elif name == "br":
            self._flush(found.start(), forced=True)
            self._page_break(read_style(found[3]), found.start())
        elif name == "hr":
            self._rule(found)
        elif name == "page":
            self._flush(found.start())
            self._add(FlowKind.PAGE, found.start())
        elif name == "sup" and not found[1]:
            return self._superscript(end)
        elif "page-break" in found[3]:
            self._page_break(read_style(found[3]), found.start())
        return end

    def _after(self, closing: str, position: int) -> int:
        """The offset behind a closing mark, or `position` when there is none; looked for in vain just once."""
        if self._unclosed.get(closing):
            return position
        found = re.compile(re.escape(closing) + (">?" if closing == "-->" else "[^<>]*>?"), re.I).search(
            self._text, position
        )
        if found is None:
            self._unclosed[closing] = True
            return position
        return found.end()

    def _superscript(self, position: int) -> int:
        """Keep a raised figure from running into the one before it: leave out a footnote's mark, set apart the rest."""
        found = _SUPERSCRIPT.match(self._text, position)
        if found is None:
            return position
        if _FRACTION.match(self._text, found.end()) is None and _FOOTNOTE.fullmatch(_NO_TAGS.sub("", found[1])):
            return found.end()
        if self._current.ranges and re.match(r"[\d(]", _NO_TAGS.sub("", found[1]).strip()):
            self._current.ranges.append((position, position))
        return position

    # Flow

    def _add(self, kind: FlowKind, position: int, rich: Rich | None = None, align: str = "", indent: int = 0) -> None:
        self._current.flows.append(Flow(kind, rich or Rich(), align, indent, position + self._base))

    def _flush(self, position: int, forced: bool = False) -> None:
        """End the line being read; an empty one is a blank line when it is `forced`."""
        current = self._current
        if current.verbatim:
            self._flush_verbatim()
            return
        if current.ranges:
            rich = self._source.read(current.ranges)
            current.ranges.clear()
        elif not forced:
            return
        else:
            rich = Rich()
        block = current.blocks[-1] if current.blocks else None
        margin = block.margin if block else current.margin
        if current.fresh and block:
            margin += block.first
        text = rich.text
        if text and not text.isspace():
            leading = len(text) - len(text.lstrip())
            align = (block.align if block else "") or current.align
            self._add(FlowKind.TEXT, position, rich.stripped(), align, max(0, round(margin)) + leading)
            current.fresh = False
        elif text or forced:
            self._add(FlowKind.BLANK, position)
            current.fresh = False

    def _flush_verbatim(self) -> None:
        current = self._current
        rich = self._source.read(current.ranges, verbatim=True)
        current.ranges.clear()
        start = 0
        for piece in rich.text.split("\n") if rich.text else []:
            self._verbatim_line(rich.cut(start, start + len(piece)))
            start += len(piece) + 1

    def _verbatim_line(self, rich: Rich) -> None:
        """One line of <PRE>; its form feeds become page breaks, its tabs blanks."""
        flows, start = self._current.flows, 0
        for index, piece in enumerate(rich.text.split("\f")):
            place = rich.at[min(start, len(rich) - 1)] if rich.at else self._base
            if index:
                flows.append(Flow(FlowKind.PAGE, Rich(), "", 0, place))
            line = rich.cut(start, start + len(piece.rstrip()))
            start += len(piece) + 1
            if line.text:
                flows.append(Flow(FlowKind.FIXED, _tabs_expanded(line), "", 0, place))
            elif not index:
                flows.append(Flow(FlowKind.BLANK, Rich(), "", 0, place))

    def _page_break(self, style: Style, position: int) -> None:
        if style.page_before or style.page_after:
            self._flush(position)
            self._add(FlowKind.PAGE, position)

    def _rule(self, found: re.Match[str]) -> None:
        self._flush(found.start())
        style = read_style(found[3])
        if not style.unseen and not found[1]:
            self._add(FlowKind.RULE, found.start())
        self._page_break(style, found.start())

    # Blocks

    def _block_tag(self, name: str, found: re.Match[str]) -> None:
        self._flush(found.start())
        current = self._current
        if found[1]:
            if current.open.get(name):
                self._close_blocks(name, found.start())
            elif name == "p":
                self._add(FlowKind.GAP, found.start())
            return
        if current.blocks and current.blocks[-1].name in _CLOSED_BY.get(name, _PARAGRAPH):
            self._close_blocks(current.blocks[-1].name, found.start())
        self._open_block(name, read_style(found[3]), found.start())

    def _open_block(self, name: str, style: Style, position: int) -> None:
        current = self._current
        outer = current.blocks[-1] if current.blocks else None
        if style.page_before:
            self._add(FlowKind.PAGE, position)
        align = style.align or ("center" if name in ("center", "caption") else outer.align if outer else "")
        own = _LIST_INDENT * (name in _INDENTED) + (style.margin if name != "body" else 0)
        margin = (outer.margin if outer else current.margin) + own
        spaced = name in _SPACED and not style.tight
        if spaced:
            self._add(FlowKind.GAP, position)
        first = style.first or (outer.first if outer and name == "p" else 0)
        current.blocks.append(_Block(name, align, min(margin, 60), first, style.page_after, spaced))
        current.open[name] = current.open.get(name, 0) + 1
        current.fresh = True
        current.verbatim += name == "pre"

    def _close_blocks(self, name: str, position: int) -> None:
        """Close the innermost open block of that name, and all that were left open inside it."""
        current = self._current
        closed = ""
        while closed != name:
            block = current.blocks.pop()
            closed = block.name
            current.open[closed] -= 1
            current.verbatim -= closed == "pre"
            if block.page_after:
                self._add(FlowKind.PAGE, position)
            elif block.spaced:
                self._add(FlowKind.GAP, position)
        current.fresh = True

    # Tables

    def _table_tag(self, name: str, found: re.Match[str]) -> None:
        closing, position = bool(found[1]), found.start()
        self._flush(position)
        if name == "table":
            self._end_of_table(position) if closing else self._start_of_table(read_style(found[3]), position)
        elif not self._tables or self._ignored_tables:
            return
        elif name in ("td", "th"):
            if closing:
                self._close_cell(position)
            else:
                self._open_cell(name, read_style(found[3]), position)
        else:
            self._close_cell(position)
            if name == "tr" and not closing:
                self._open_row(read_style(found[3]), position)

    def _start_of_table(self, style: Style, position: int) -> None:
        if self._tables and self._tables[-1].cell is None and not self._ignored_tables:
            self._close_table(position)
        if len(self._tables) >= _DEEPEST_TABLE or self._ignored_tables:
            self._ignored_tables += 1
            return
        if style.page_before:
            self._add(FlowKind.PAGE, position)
        self._tables.append(_Open(HtmlTable(position + self._base), self._current))

    def _end_of_table(self, position: int) -> None:
        if self._ignored_tables:
            self._ignored_tables -= 1
        elif self._tables:
            self._close_table(position)

    def _open_row(self, style: Style, position: int) -> None:
        if style.page_before:
            self._tables[-1].outer.flows.append(Flow(FlowKind.PAGE, Rich(), "", 0, position + self._base))
        self._tables[-1].table.rows.append([])
        self._tables[-1].row_align = style.align

    def _open_cell(self, name: str, style: Style, position: int) -> None:
        self._close_cell(position)
        opened = self._tables[-1]
        if not opened.table.rows:
            opened.table.rows.append([])
        align = style.align or opened.row_align or ("center" if name == "th" else "")
        self._current = _Container(align=align, margin=max(0, style.margin + style.first))
        opened.cell = GridCell(style, position + self._base, self._current.flows)
        opened.table.rows[-1].append(opened.cell)

    def _close_cell(self, position: int) -> None:
        opened = self._tables[-1]
        if opened.cell is not None:
            self._flush(position)
            opened.cell = None
            self._current = opened.outer

    def _close_table(self, position: int) -> None:
        self._flush(position)
        self._close_cell(position)
        opened = self._tables.pop()
        self._current = opened.outer
        self._current.flows.extend(lay_out_table(opened.table, position + self._base, nested=bool(self._tables)))
        self._current.fresh = True


def _tabs_expanded(line: Rich) -> Rich:
    if "\t" not in line.text:
        return line
    text, columns = expand_tabs(line.text, 0)
    return Rich(text, [line.at[column] for column in columns])


def _page_lines(flows: list[Flow], source: RichTextReader) -> tuple[Line, ...]:
    lines: list[Line] = []
    for flow in flows:
        position = flow.position
        if flow.kind is FlowKind.TEXT:
            lines.extend(source.line(rich, position) for rich in _paragraph(flow))
        elif flow.kind is FlowKind.FIXED:
            lines.append(source.line(flow.rich, position))
        elif flow.kind is FlowKind.RULE:
            lines.append(source.line(Rich("-" * _CENTRED_IN, [position] * _CENTRED_IN), position))
        elif flow.kind is FlowKind.PAGE:
            if not lines or _last_visible(lines) != PAGE_BREAK:
                lines.append(source.line(Rich(PAGE_BREAK, [position] * len(PAGE_BREAK)), position))
        elif lines and (lines[-1].text or (flow.kind is FlowKind.BLANK and lines[-2:-1] and lines[-2].text)):
            lines.append(source.line(Rich(), position))
    return tuple(lines)


def _last_visible(lines: list[Line]) -> str:
    return next((line.text for line in reversed(lines[-8:]) if line.text), "")


def _paragraph(flow: Flow) -> list[Rich]:
    """The lines of a paragraph on the page."""
    result = []
    indent = min(flow.indent, PAGE_WIDTH // 2)
    for rich in wrapped(flow.rich, PAGE_WIDTH - indent):
        if flow.align == "center":
            indent = max(0, (_CENTRED_IN - len(rich)) // 2)
        elif flow.align == "right":
            indent = max(0, _CENTRED_IN - len(rich))
        result.append(indented(rich, indent))
    return result
