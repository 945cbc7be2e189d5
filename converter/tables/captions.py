"""Read the rows of a table: captions joined from their lines, figures by column, headings as sections."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from converter.tables.alignment import ColumnSpan, assign
from converter.tables.caption_style import CaptionStyle, words_for_hyphens
from converter.tables.caption_text import CONTINUES, LineSpan, is_connected, is_heading, join_lines
from converter.tables.references import without_references
from converter.tables.scanning import ScannedLine, Shape, strip_leaders
from converter.vocabulary import MONTH_PREFIXES, Token, wording


class FigureCell(Struct, frozen=True, gc=False):
    """One figure of a row: the index of its line in Document.lines, and its token."""

    line: int
    token: Token


class TableRow(Struct, frozen=True, gc=False):
    """A caption with its figures. The lines of spans and cells are indexes into Document.lines.

    - `label`: the caption, or "" if the row has none;
    - `sections`: the headings above the row that apply to it, outermost first;
    - `indent`: the column at which the caption (without one, the first figure) starts;
    - `ruled`: whether there is a rule directly above the row;
    - `cells`: one entry per column; `stray`: the figures outside of all columns;
    - `anchor`: the caption line next to the figures, or the figures if there is no caption;
    - `caption_lines`: all lines of the caption, top to bottom.
    """

    label: str
    sections: tuple[str, ...]
    indent: int
    ruled: bool
    cells: tuple[FigureCell | None, ...]
    stray: tuple[FigureCell, ...]
    anchor: LineSpan
    caption_lines: tuple[LineSpan, ...]

    @property
    def printed(self) -> tuple[FigureCell, ...]:
        """All figures of the row: those in columns, then the stray ones."""
        return (*[cell for cell in self.cells if cell is not None], *self.stray)


_MAX_SPACE = 12  # as much space is left at most where a caption is broken, unless it goes on in lower case
_SHARES = re.compile(r"(?:(?:19|20)\d\d ?[-–—:] ?)?\d[\d,]{3,15} shares\b", re.ASCII)
"""A count of shares, which goes on with a caption even after a colon: "authorized: | 500,000 shares"."""
_NEVER_FIRST = re.compile(
    r"(?i:equivalents|activities)\b|(?:AND|OR|OF|TO|FROM|BY|WITH)\b|(?i:year|(?:the )?period|operations)\W*$"
)
"""Words that captions do not begin with, and the last words of captions."""
_NOT_ANOTHER = re.compile(rf"(?:Issued|Authorized|Outstanding|Notes?|(?:{'|'.join(MONTH_PREFIXES)})[a-z]*)\b", re.I)
"""Words that begin a part of a caption as well as a caption: "Issued and outstanding", dates, notes."""
_CONTINUES_FIGURES = re.compile(r"[a-z]|\((?:[a-z\d$]|Note)|\$\d|\d")
_DASHES = ("-", "–", "—")
_TWO_LETTERS = re.compile(r"[A-Za-z]{2}")
_PERIOD = re.compile(
    r"(?:for\s+the\s+)?(?:[\w-]+\s+){0,3}(?:months?|weeks|years?|quarters?|periods?)\s+end(?:ed|ing)\b.*", re.I
)
_WITHOUT_FIGURE = re.compile(
    r"(?:serial |cumulative |convertible |redeemable )*(?:preferred|preference|common|ordinary) (?:stock|shares).*"
    r"\b(?:none|no shares)\b|(?:commitments|contingen(?:cies|t liabilities))\b(?: and (?:contingencies|other))?\W*"
    r"(?:\([^()]*\))?$",
    re.I,
)
"""Captions of rows that state nothing: no preferred stock issued, commitments and contingencies."""


class _Section(Struct):
    label: str
    indent: int  # -1 if rows belong to the section whatever their indent
    has_indented_row: bool = False  # a row is indented further than the heading


class _PendingText(NamedTuple):
    """The lines of pending text: those of the caption of a row, and those of each heading before it."""

    caption: list[ScannedLine]
    headings: list[list[ScannedLine]]


class _RowAssembler(Struct):
    """Processes the lines of a table from top to bottom, and builds its rows from captions, figures and sections."""

    columns: tuple[ColumnSpan, ...]
    width: int  # of the captions
    double_spaced: bool
    words: frozenset[str]  # of the table in lowercase, if words are hyphenated at the ends of its lines
    style: CaptionStyle
    rows: list[TableRow] = []
    sections: list[_Section] = []
    pending: list[ScannedLine] = []
    after_gap: set[int] = set()  # pending lines that follow a blank line or a rule
    under_rule: set[int] = set()  # pending lines directly below a rule
    ruled: bool = False  # the previous line is a rule
    gap: bool = True  # a blank line, rule or tag follows the last row or text

    def add_separator(self, line: ScannedLine) -> None:
        """Process a line without text: blank line, rule, tag or page break."""
        if line.shape is Shape.RULER:
            self.ruled = _reaches_figures(line, self.columns)
            self._flush_before_rule()
        if line.shape is not Shape.BLANK or not self.double_spaced:
            self.gap = True

    def _flush_before_rule(self) -> None:
        """Turn pending text into headings: text above a rule is not the caption of the figures below it."""
        for line in self._take_pending():
            self._open_section(line)

    def add_text(self, line: ScannedLine) -> None:
        """Process a line without figures: the rest of the caption above, a heading, or the start of a caption."""
        if not self.pending and not self.gap and self.rows and self._continues_row(line):
            self._extend_row(line)
            return
        if self.gap:
            self.after_gap.add(line.index)
        if self.ruled:
            self.under_rule.add(line.index)
        self.pending.append(line)
        self.gap = self.ruled = False

    def add_figures(self, line: ScannedLine) -> None:
        """Process a line with figures, which completes a row."""
        label = line.label
        pending = self._split_pending(label, line, self.gap) if label else self._adopt_pending(self.gap)
        for heading in pending.headings:
            self._open_section(*heading)
        cells, stray = assign(line.tail, self.columns)
        parts, labels = pending.caption, [part.label or strip_leaders(part.text) for part in pending.caption]
        if label:
            parts, labels = [*parts, line], [*labels, label]
        first = parts[0] if parts else line
        text = " ".join(join_lines(labels, self.words).split())
        indent = first.indent if parts else line.tail[0].start
        if parts:
            self._close_sections(indent)
        spans = tuple([_span(part, label) for part, label in zip(parts, labels, strict=True)])
        self.rows.append(
            TableRow(
                text,
                tuple([section.label for section in self.sections]),
                indent,
                self.ruled or first.index in self.under_rule,
                tuple([None if token is None else FigureCell(line.index, token) for token in cells]),
                tuple([FigureCell(line.index, token) for token in stray]),
                spans[-1] if spans else LineSpan(line.index, line.tail[0].start, line.tail[-1].end),
                spans,
            )
        )
        self._close_section_of_total(text)
        self.ruled = self.gap = False

    def _take_pending(self) -> list[ScannedLine]:
        taken, self.pending = self.pending, []
        return taken

    def _split_pending(self, label: str, line: ScannedLine, gap: bool) -> _PendingText:
        """Split the pending lines into the start of the caption that ends with `label`, and headings.

        A line whose indent is that of the next row is no rest of a caption for its indent.
        """
        pending = self._take_pending()
        caption: list[ScannedLine] = []
        if not pending:
            return _PendingText(caption, [])
        indent, hangs = line.indent, line.index not in self.style.siblings
        while pending and self._continues_in(pending[-1], label, indent, gap, hangs):
            line = pending.pop()
            caption.append(line)
            label, indent, gap, hangs = strip_leaders(line.text), line.indent, line.index in self.after_gap, True
        return _PendingText(caption[::-1], self._headings(pending))

    def _adopt_pending(self, gap: bool) -> _PendingText:
        """Use the last pending text as the caption of figures without one on their line, unless it is a heading."""
        pending = self._take_pending()
        headings = self._headings(pending)
        if not pending or self.ruled or not self._may_be_caption(pending[-1], gap):
            return _PendingText([], headings)
        return _PendingText(headings[-1], headings[:-1])

    def _may_be_caption(self, line: ScannedLine, gap: bool) -> bool:
        text = line.text.rstrip()
        if text.endswith((":", "-")) or (is_heading(text) and gap):
            return False
        return not gap or text.endswith("..")

    def _headings(self, lines: list[ScannedLine]) -> list[list[ScannedLine]]:
        """Group the lines of each heading."""
        headings: list[list[ScannedLine]] = []
        for line in lines:
            label = strip_leaders(line.text)
            if headings and self._continues_in(headings[-1][-1], label, line.indent, line.index in self.after_gap):
                headings[-1].append(line)
            else:
                headings.append([line])
        return headings

    def _continues_in(self, above: ScannedLine, label: str, indent: int, gap: bool, hangs: bool = True) -> bool:
        """Whether the text of the line `above` continues in `label`, the text of the next line."""
        text = above.text.strip()
        connected = is_connected(text)
        if text.endswith(":") and _SHARES.match(label) and not gap:
            return True
        if text.endswith(":") or (text.endswith("..") and label) or _PERIOD.fullmatch(text):
            return False
        continues = CONTINUES.match(label) is not None
        if gap:
            return connected and continues
        if text.endswith(_DASHES) and not hangs and label[:1].isupper():
            return False
        if continues or connected or text.count("(") > text.count(")"):
            return True
        if _NEVER_FIRST.match(label) or label.count("(") < label.count(")"):
            return True
        if is_heading(text) or (text.isupper() and not label.isupper()):
            return False
        first_word = label.split(maxsplit=1)[0] if label else ""
        space = self.width - 3 - (above.indent + len(text) + 1 + len(first_word))
        if (not hangs or space >= 0) and self._begins_another(text, label):
            return False
        if not hangs and indent > above.indent:
            return False
        if hangs and self.style.hanging_indent and indent - above.indent == self.style.hanging_indent:
            return space < _MAX_SPACE
        return space < 0 and indent >= above.indent

    def _begins_another(self, text: str, label: str) -> bool:
        """Whether a capital letter begins another caption; after a word with one, it may go on with a name."""
        if not label[:1].isupper() or label[:2].isupper() or not text.rsplit(maxsplit=1)[-1].islower():
            return False
        return _NOT_ANOTHER.match(label) is None and self.style.sentences

    def _continues_row(self, line: ScannedLine) -> bool:
        row = self.rows[-1]
        if not row.label:
            return False
        text = line.text.strip()
        if text.endswith(":"):
            return False
        open_bracket = row.label.count("(") > row.label.count(")")
        connected = is_connected(row.label)
        continues = _CONTINUES_FIGURES.match(text) is not None
        return line.indent >= row.indent and (open_bracket or connected or continues)

    def _extend_row(self, line: ScannedLine) -> None:
        row, text = self.rows[-1], strip_leaders(line.text)
        label = join_lines([row.label, text], self.words)
        self.rows[-1] = replace(row, label=label, caption_lines=(*row.caption_lines, _span(line, text)))

    def _open_section(self, *lines: ScannedLine) -> None:
        if not lines:
            return
        label = join_lines([strip_leaders(line.text) for line in lines], self.words)
        label = " ".join(label.split())
        if not _TWO_LETTERS.search(label) or len(label) > 160 or _WITHOUT_FIGURE.match(label):
            return
        indent = lines[0].indent
        root = _ROOT.match(label.rstrip(" :")) is not None or (indent > self.width * 0.3 and label.upper() == label)
        if root:
            self.sections.clear()
        else:
            self.sections = [section for section in self.sections if section.indent < indent or section.indent < 0]
        self.sections.append(_Section(label.rstrip(" :"), -1 if root else indent))

    def _close_sections(self, indent: int) -> None:
        """Close the sections that a row with this indent does not belong to.

        A row left of a heading ends its section, and so does a row at the same indent after indented rows.
        """
        while self.sections:
            last = self.sections[-1]
            if last.indent > indent or (last.indent == indent and last.has_indented_row):
                self.sections.pop()
                continue
            last.has_indented_row = last.has_indented_row or indent > last.indent
            return

    def _close_section_of_total(self, label: str) -> None:
        """Close the section named by a total, which is its last row."""
        if not _TOTAL.match(label):
            return
        for position, section in enumerate(self.sections):
            if _names_section(label, section.label):
                del self.sections[position:]
                return


def _span(line: ScannedLine, label: str) -> LineSpan:
    """Return the place of the part of a caption on a line."""
    return LineSpan(line.index, line.indent, min(line.indent + len(label), len(line.text)))


_TOTAL = re.compile(r"(?:total|net cash|cash (?:flows? )?(?:provided|used|generated|from)|net income|net loss)\b", re.I)
_ROOT = re.compile(r"(?:total )?assets\Z|liabilities\W+(?:and|&)|liabilities\W.*(?:equity|deficit)", re.I)
_COMMON_WORDS = {"cash", "flows", "flow", "from", "activities", "used", "provided", "total", "for", "and", "the", "in"}


def _names_section(total: str, section: str) -> bool:
    words = wording(section).words - _COMMON_WORDS
    return bool(words) and words <= wording(total).words


def _reaches_figures(line: ScannedLine, columns: Sequence[ColumnSpan]) -> bool:
    """Whether a rule extends to the columns of figures."""
    return bool(columns) and len(line.text.rstrip()) > columns[0].start


def read_rows(
    lines: Sequence[ScannedLine], columns: tuple[ColumnSpan, ...], opening: Sequence[str] = ()
) -> tuple[TableRow, ...]:
    """Read the rows of a table's body, top to bottom. `opening` are the sections that contain its first line."""
    lines = without_references(lines)
    figure_lines = [line for line in lines if line.shape is Shape.FIGURES]
    caption_ends = sorted(line.indent + len(label) for line in figure_lines if (label := line.label))
    text_ends = [
        len(line.text.rstrip())
        for line in lines
        if line.shape is Shape.TEXT and columns and len(line.text.rstrip()) <= columns[0].start
    ]
    width = max([*caption_ends[-max(1, len(caption_ends) // 10) :], *text_ends], default=0)
    double_spaced = sum(1 for line in lines if line.shape is Shape.BLANK) > 0.8 * len(figure_lines)
    assembler = _RowAssembler(columns, width, double_spaced, words_for_hyphens(lines), CaptionStyle(lines))
    assembler.sections = [_Section(label, -1) for label in opening]
    for line in lines:
        if line.shape is Shape.FIGURES:
            assembler.add_figures(line)
        elif line.shape is Shape.TEXT:
            assembler.add_text(line)
        else:
            assembler.add_separator(line)
    return tuple(assembler.rows)
