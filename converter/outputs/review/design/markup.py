"""HTML of a filing -> markup of a few harmless elements, cut at the places of its figures.

The parser of lxml makes a tree of the tags that matter. Nothing of them is copied: what comes out is made anew
of `div`, `span`, `table`, `tr`, `td`, `br`, `hr` and links within the document, with no attribute but a class for the
look, the spans of cells, and ids of our own. So there is nothing in it that runs, loads or leads away, and every
nesting is one that XHTML 1.1 allows: inline elements become a look of each run of text.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import cast

from lxml import etree
from msgspec import Struct

from converter.outputs.review.design.looks import TEXT, Look, StyleSheet, look_of
from converter.outputs.review.design.source import BLOCKS, CELLS, INLINE, PLACE, simplified

_PADDING = re.compile(r"\d{1,2}")
_DEEPEST = 120
"""Elements inside each other, at most: readers of XML give up at 256."""

_TOO_DEEP = "ERR_RESOURCE_LIMIT"  # the parser goes no deeper, and leaves the rest out


class _Frame(Struct):
    """An open element of the source: what it became, the look of text in it, where its text leads, how it is set."""

    became: str  # "div", "table", "tr", "td", or "" for nothing
    text: Look
    href: str
    centred: bool


class _Table(Struct):
    """An open table. Its tags are written when its first cell begins; what stands between cells waits for the next."""

    name: str
    padding: str
    opened: bool = False
    row: str = ""
    row_opened: bool = False
    in_cell: bool = False
    waiting: list[str] = []


def dress(source: str, places: Sequence[tuple[int, int]], sheet: StyleSheet, prefix: str) -> tuple[str, ...] | None:
    """Return the markup of an HTML document before, between and after the places [start, end) of its source.

    Places are in order, do not overlap and hold no tag. `prefix` begins the ids of the targets of its links. Returns
    None where a place is in what is not shown, such as a script, and for a document in which nothing is left or that is
    too deep to be read as a whole.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = cast("etree._Element | None", etree.fromstring(simplified(source, places).encode(), parser))
    except etree.XMLSyntaxError:
        return None
    if root is None or any(entry.type_name == _TOO_DEEP for entry in parser.error_log):
        return None
    writer = _Writer(sheet, _targets(root, prefix))
    writer.write(root)
    chunks = writer.chunks()
    return chunks if len(chunks) == len(places) + 1 else None


def _targets(root: etree._Element, prefix: str) -> Mapping[str, str]:
    """Return ids for the names in the document that one of its links leads to."""
    linked = {str(element.get("href"))[1:] for element in root.iter("a") if str(element.get("href")).startswith("#")}
    named = (element.get(name) for element in root.iter(etree.Element) for name in ("name", "id"))
    found = dict.fromkeys(name for name in named if name and name in linked)
    return {name: f"{prefix}{number}" for number, name in enumerate(found, 1)}


class _Writer:
    """Walks through a document and writes its markup."""

    def __init__(self, sheet: StyleSheet, targets: Mapping[str, str]) -> None:
        self._sheet = sheet
        self._targets = targets
        self._met = set[str]()
        self._frames = [_Frame("", {}, "", False)]
        self._tables: list[_Table] = []
        self._depth = 0
        self._run: tuple[str, str] | None = None  # the open run of text: its class, and the id that it leads to
        self._chunks: list[str] = []
        self._parts: list[str] = []

    def chunks(self) -> tuple[str, ...]:
        """Return the markup between the places."""
        return (*self._chunks, "".join(self._parts))

    def write(self, root: etree._Element) -> None:
        """Write an element and all that is in it, without recursion."""
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                self._start(element)
                self._flow(element.text)
                continue
            self._end()
            if element is not root:
                self._flow(element.tail)
        self._close_run()

    # Text

    def _flow(self, text: str | None) -> None:
        """Write text where it may stand; between the cells of a table it waits."""
        if not text:
            return
        if self._between_cells():
            if not text.isspace():
                self._tables[-1].waiting.append(text)
            return
        first, *others = text.split(PLACE)
        self._text(first)
        for other in others:
            self._open_run(self._sheet.name(self._frames[-1].text), "")
            self._chunks.append("".join(self._parts))
            self._parts.clear()
            self._text(other)

    def _text(self, text: str) -> None:
        if not text:
            return
        if not text.isspace():
            frame = self._frames[-1]
            self._open_run(self._sheet.name(frame.text), frame.href)
        self._parts.append(escape(text, quote=False))

    def _open_run(self, name: str, href: str) -> None:
        if self._run != (name, href):
            self._close_run()
            if href:
                self._parts.append(f'<a class="within {name}" href="#{href}">')
            elif name:
                self._parts.append(f'<span class="{name}">')
            self._run = (name, href)

    def _close_run(self) -> None:
        if self._run is not None:
            self._parts.append("</a>" if self._run[1] else "</span>" if self._run[0] else "")
            self._run = None

    # Elements

    def _between_cells(self) -> bool:
        return bool(self._tables) and not self._tables[-1].in_cell

    def _start(self, element: etree._Element) -> None:
        tag = str(element.tag)
        outer = self._frames[-1]
        look = look_of(tag, tuple((str(name), str(value)) for name, value in element.items()))
        frame = _Frame("", outer.text, outer.href, outer.centred)
        if tag == "table":
            self._start_table(element, look, frame)
        elif self._between_cells():
            if tag == "tr":
                frame.became = "tr"
                self._tables[-1].row = self._sheet.name(look)
            elif tag in CELLS:
                self._start_cell(element, look, frame)
        elif tag in BLOCKS or tag in CELLS or tag == "tr":
            self._start_block(tag, look, frame)
        elif tag in INLINE:
            frame.text = {**outer.text, **{name: value for name, value in look.items() if name in TEXT}}
            if tag == "a":
                frame.href = self._targets.get(str(element.get("href")).removeprefix("#"), "")
        elif tag == "br":
            self._parts.append("<br/>")
        elif tag == "hr":
            self._close_run()
            name = self._sheet.name({"width": look["width"]} if "width" in look else {})
            self._parts.append(f'<hr class="{name}"/>' if name else "<hr/>")
        elif tag == "img":
            self._flow(f"[{element.get('alt') or 'picture'}]")
        self._frames.append(frame)
        self._target(element)

    def _target(self, element: etree._Element) -> None:
        for name in (element.get("name"), element.get("id")):
            id_ = self._targets.get(str(name), "")
            if id_ and id_ not in self._met and not self._between_cells():
                self._close_run()
                self._met.add(id_)
                self._parts.append(f'<span id="{id_}"></span>')

    def _start_block(self, tag: str, look: Look, frame: _Frame) -> None:
        self._close_run()
        if self._depth >= _DEEPEST:
            self._parts.append("<br/>")
            return
        if tag == "li":
            look = {"display": "list-item", **look}
        self._parts.append(f"<div{_class(self._sheet.name(look))}>")
        self._depth += 1
        frame.became = "div"
        frame.text = {name: value for name, value in frame.text.items() if name not in look}
        if "text-align" in look:
            frame.centred = look["text-align"] == "center"

    def _start_table(self, element: etree._Element, look: Look, frame: _Frame) -> None:
        if self._between_cells() or self._depth >= _DEEPEST:
            return
        self._close_run()
        align = str(element.get("align")).lower()
        look = {**_EDGES.get("center" if frame.centred and align == "None" else align, {}), **look}
        padding = _PADDING.fullmatch(str(element.get("cellpadding")).strip())
        border = str(element.get("border")).strip()
        edge = {"border": "1px solid"} if border not in ("", "0", "None") else {}
        self._tables.append(_Table(self._sheet.name({**look, **edge}), f"{padding[0]}px" if padding else ""))
        self._depth += 3
        frame.became, frame.text, frame.centred = "table", {}, False

    def _start_cell(self, element: etree._Element, look: Look, frame: _Frame) -> None:
        table = self._tables[-1]
        if not table.opened:
            self._parts.append(f"<table{_class(table.name)}>")
            table.opened = True
        if not table.row_opened:
            self._parts.append(f"<tr{_class(table.row)}>")
            table.row_opened = True
        if table.padding:
            look = {"padding": table.padding, **look}
        spans = "".join(
            f' {name}="{number}"' for name in ("colspan", "rowspan") if (number := _span(element, name)) > 1
        )
        self._parts.append(f"<td{_class(self._sheet.name(look))}{spans}>")
        table.in_cell = True
        frame.became = "td"
        frame.centred = look.get("text-align") == "center"
        self._write_waiting(table)

    def _write_waiting(self, table: _Table) -> None:
        waiting, table.waiting = table.waiting, []
        for text in waiting:
            self._flow(text)

    def _end(self) -> None:
        frame = self._frames.pop()
        if frame.became in ("div", "td"):
            self._close_run()
            self._parts.append(f"</{frame.became}>")
        if frame.became == "div":
            self._depth -= 1
        elif frame.became == "td":
            self._tables[-1].in_cell = False
        elif frame.became == "tr" or frame.became == "table":
            self._end_row(self._tables[-1])
        if frame.became == "table":
            table = self._tables.pop()
            self._parts.append("</table>" if table.opened else "")
            self._depth -= 3
            self._write_waiting(table)

    def _end_row(self, table: _Table) -> None:
        if table.row_opened:
            self._parts.append("</tr>")
        table.row_opened, table.row = False, ""


_EDGES: Mapping[str, Look] = {
    "center": {"margin-left": "auto", "margin-right": "auto"},
    "right": {"margin-left": "auto"},
}


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _span(element: etree._Element, name: str) -> int:
    """Return how many columns or rows a cell takes."""
    text = str(element.get(name)).strip()
    return min(int(text), 1000) if text.isascii() and text.isdigit() and len(text) < 5 else 1
