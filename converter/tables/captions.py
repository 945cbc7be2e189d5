"""The rows of a table: captions put together from their lines, figures in their columns, headings as sections."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec import Struct
from msgspec.structs import replace

from converter.tables.alignment import ColumnSpan, assign
from converter.tables.caption_text import is_heading, join_lines
from converter.tables.scanning import ScannedLine, Shape, strip_leaders
from converter.vocabulary import Token, wording


class FigureCell(Struct, frozen=True):
    """One figure of a row: the line it stands on (index into Document.lines) and its token."""

    line: int
    token: Token


class LineSpan(Struct, frozen=True):
    """Characters of a line: its index into Document.lines, and columns of its text (`end` excluded)."""

    line: int
    start: int
    end: int


class TableRow(Struct, frozen=True):
    """A caption with its figures: `cells` has one entry a column; `stray` are figures outside every column.

    `anchor` is the line of the caption that stands beside the figures, or the figures when there is no caption;
    `caption_lines` are all lines of the caption, top to bottom.
    """

    label: str
    sections: tuple[str, ...]
    indent: int
    ruled: bool
    cells: tuple[FigureCell | None, ...]
    stray: tuple[FigureCell, ...]
    anchor: LineSpan
    caption_lines: tuple[LineSpan, ...]


_CONNECTED = re.compile(
    r"(?:[,;&/-]|\b(?:and|or|of|for|to|in|on|the|from|by|with|at|before|after|less|net of|than|per|a|"
    r"an|as|its|due|other than))$",
    re.I,
)
_LONGEST_LINK = 10  # "other than"
_CONTINUES = re.compile(
    r"[a-z$%&]|\((?:[a-z$\d]|Note|Unaudited|Including|Excl|Net |See |"
    r"(?:Loss|Benefit|Expense|Deficit|Gain|Income)\)\s*(?:$|[a-z]))",
    re.ASCII,
)
_CONTINUES_FIGURES = re.compile(r"[a-z]|\((?:[a-z\d$]|Note)|\$\d|\d")
_TWO_LETTERS = re.compile(r"[A-Za-z]{2}")
_PERIOD = re.compile(
    r"(?:for\s+the\s+)?(?:[\w-]+\s+){0,3}(?:months?|weeks|years?|quarters?|periods?)\s+end(?:ed|ing)\b.*", re.I
)
_NOTHING_ISSUED = re.compile(
    r"(?:preferred|preference|common|ordinary)\s+(?:stock|shares).*\b(?:none|no\s+shares)\b.*", re.I
)


@dataclass(slots=True)
class _Section:
    label: str
    indent: int
    holds_deeper: bool = False  # a row stands further right than the heading


@dataclass(slots=True)
class _Assembler:
    """Walks down the lines of a table and puts captions, figures and sections together."""

    columns: tuple[ColumnSpan, ...]
    width: int
    hang: int  # how far the further lines of a caption are indented, 0 when that tells nothing
    double_spaced: bool
    words: frozenset[str]  # of the table, in small letters, as far as words are divided in it
    rows: list[TableRow] = field(default_factory=list)
    sections: list[_Section] = field(default_factory=list)
    pending: list[ScannedLine] = field(default_factory=list)
    gaps: set[int] = field(default_factory=set)  # pending lines that a blank line or rule stands above
    under_rule: set[int] = field(default_factory=set)  # pending lines that a rule stands directly above
    ruled: bool = False
    broken: bool = True  # a blank, rule or other mark stands between the last row and here

    def skip(self, line: ScannedLine) -> None:
        """A blank line or a rule."""
        if line.shape is Shape.RULER:
            self.ruled = _rules_figures(line, self.columns)
            self._flush_before_rule()
        if line.shape is not Shape.BLANK or not self.double_spaced:
            self.broken = True

    def _flush_before_rule(self) -> None:
        """Text above a rule is never the caption of figures below it, unless its own figures are missing."""
        for line in self._take_pending():
            self._open_section(line)

    def text(self, line: ScannedLine) -> None:
        """A line without figures: the rest of the caption above, a heading, or the start of a caption."""
        if not self.pending and not self.broken and self.rows and self._continues_row(line):
            self._extend_row(line)
            return
        if self.broken:
            self.gaps.add(line.index)
        if self.ruled:
            self.under_rule.add(line.index)
        self.pending.append(line)
        self.broken = self.ruled = False

    def figures(self, line: ScannedLine) -> None:
        """A line with figures: a row."""
        label = line.label
        gap = self.broken
        if label:
            wrapped, headings = self._split_pending(label, line.indent, gap)
        else:
            wrapped, headings = self._adopt_pending(gap)
        for group in headings:
            self._open_section(*group)
        cells, stray = assign(line.tail, self.columns)
        parts = [*wrapped, line] if label else wrapped
        first = parts[0] if parts else line
        labels = [part.label or strip_leaders(part.text) for part in parts]
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
        self._close_totalled(text)
        self.ruled = self.broken = False

    def finish(self) -> tuple[TableRow, ...]:
        return tuple(self.rows)

    def _take_pending(self) -> list[ScannedLine]:
        taken, self.pending = self.pending, []
        return taken

    def _split_pending(self, label: str, indent: int, gap: bool) -> tuple[list[ScannedLine], list[list[ScannedLine]]]:
        """The pending lines that are the beginning of this caption, and the headings before them."""
        pending = self._take_pending()
        wrapped: list[ScannedLine] = []
        while pending and self._wraps(pending[-1], label, indent, gap):
            gap = pending[-1].index in self.gaps
            wrapped.insert(0, pending.pop())
            label, indent = strip_leaders(wrapped[0].text), wrapped[0].indent
        return wrapped, self._groups(pending)

    def _adopt_pending(self, gap: bool) -> tuple[list[ScannedLine], list[list[ScannedLine]]]:
        """Figures without a caption on their line belong to the text right above, unless that is a heading."""
        pending = self._take_pending()
        if not pending or self.ruled or not self._may_own_figures(pending[-1], gap):
            return [], self._groups(pending)
        groups = self._groups(pending)
        return groups[-1], groups[:-1]

    def _may_own_figures(self, line: ScannedLine, gap: bool) -> bool:
        text = line.text.rstrip()
        if text.endswith((":", "-")) or (is_heading(text) and gap):
            return False
        return not gap or text.endswith("..")

    def _groups(self, lines: list[ScannedLine]) -> list[list[ScannedLine]]:
        """Lines that make one heading each."""
        groups: list[list[ScannedLine]] = []
        for line in lines:
            label = strip_leaders(line.text)
            if groups and self._wraps(groups[-1][-1], label, line.indent, line.index in self.gaps):
                groups[-1].append(line)
            else:
                groups.append([line])
        return groups

    def _wraps(self, above: ScannedLine, label: str, indent: int, gap: bool) -> bool:
        """Whether the text line `above` goes on in `label`, the line under it."""
        text = above.text.strip()
        connected = _is_connected(text)
        if text.endswith(":") or (text.endswith("..") and label) or _PERIOD.fullmatch(text):
            return False
        lowercase = _CONTINUES.match(label) is not None
        if gap:
            return connected and lowercase
        if lowercase or connected or text.count("(") > text.count(")"):
            return True
        if is_heading(text):
            return False
        if self.hang and indent - above.indent == self.hang:
            return True
        first_word = label.split(maxsplit=1)[0] if label else ""
        fits = above.indent + len(text) + 1 + len(first_word) <= self.width - 3
        return not fits and indent >= above.indent

    def _continues_row(self, line: ScannedLine) -> bool:
        row = self.rows[-1]
        if not row.label:
            return False
        text = line.text.strip()
        if text.endswith(":"):
            return False
        open_bracket = row.label.count("(") > row.label.count(")")
        connected = _is_connected(row.label)
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
        if not _TWO_LETTERS.search(label) or len(label) > 160 or _NOTHING_ISSUED.fullmatch(label):
            return
        indent = lines[0].indent
        root = _ROOT.fullmatch(label.rstrip(" :")) is not None or (indent > self.width * 0.3 and label.upper() == label)
        if root:
            self.sections.clear()
        else:
            self.sections = [section for section in self.sections if section.indent < indent or section.indent < 0]
        self.sections.append(_Section(label.rstrip(" :"), -1 if root else indent))

    def _close_sections(self, indent: int) -> None:
        """A row left of a heading ends its section; a row right under it does where rows before stood further right."""
        while self.sections:
            last = self.sections[-1]
            if last.indent > indent or (last.indent == indent and last.holds_deeper):
                self.sections.pop()
                continue
            last.holds_deeper = last.holds_deeper or indent > last.indent
            return

    def _close_totalled(self, label: str) -> None:
        """A total that names a section is its last row."""
        if not _TOTAL.match(label):
            return
        for position, section in enumerate(self.sections):
            if _names(label, section.label):
                del self.sections[position:]
                return


def _span(line: ScannedLine, label: str) -> LineSpan:
    """Where the part of a caption stands that a line holds."""
    return LineSpan(line.index, line.indent, min(line.indent + len(label), len(line.text)))


_TOTAL = re.compile(r"(?:total|net cash|cash (?:flows? )?(?:provided|used|generated|from)|net income|net loss)\b", re.I)
_ROOT = re.compile(r"(?:total\s+)?assets|liabilities\W+(?:(?:and|&)|.*(?:equity|deficit)).*", re.I)
_COMMON_WORDS = {"cash", "flows", "flow", "from", "activities", "used", "provided", "total", "for", "and", "the", "in"}


def _names(total: str, section: str) -> bool:
    words = wording(section).words - _COMMON_WORDS
    return bool(words) and words <= wording(total).words


def _rules_figures(line: ScannedLine, columns: Sequence[ColumnSpan]) -> bool:
    return bool(columns) and len(line.text.rstrip()) > columns[0].start


def _is_connected(text: str) -> bool:
    """Whether a text ends with what goes on: a comma, "and", "of"."""
    return _CONNECTED.search(text, max(0, len(text) - _LONGEST_LINK)) is not None


def _hanging_indent(lines: Sequence[ScannedLine]) -> int:
    """The indent of further caption lines, where it is not also that of rows below their heading."""
    hangs: Counter[int] = Counter()
    steps: Counter[int] = Counter()
    for above, line in itertools.pairwise(lines):
        if above.shape is Shape.TEXT and line.shape in (Shape.TEXT, Shape.FIGURES) and line.label:
            text = above.text.strip()
            if text.endswith(":") or is_heading(text):
                steps[line.indent - above.indent] += 1
            elif _is_connected(text) or _CONTINUES.match(line.label):
                hangs[line.indent - above.indent] += 1
    if not hangs:
        return 0
    hang = hangs.most_common(1)[0][0]
    return hang if hang > 0 and steps[hang] == 0 else 0


def _words(lines: Sequence[ScannedLine]) -> frozenset[str]:
    """The words of a table in which captions are divided within a word at the end of a line; none of another one."""
    captions = (line.text[: line.label_end] for line in lines if line.shape in (Shape.TEXT, Shape.FIGURES))
    if not any(caption.rstrip().endswith("-") for caption in captions):
        return frozenset()
    return frozenset(word for line in lines for word in re.findall(r"[a-z]+", line.text.lower()))


def read_rows(
    lines: Sequence[ScannedLine], columns: tuple[ColumnSpan, ...], opening: Sequence[str] = ()
) -> tuple[TableRow, ...]:
    """The rows of a table's body, top to bottom; `opening` are the sections that are open at its first line."""
    figures = [line for line in lines if line.shape is Shape.FIGURES]
    ends = sorted(line.indent + len(label) for line in figures if (label := line.label))
    texts = [
        len(line.text.rstrip())
        for line in lines
        if line.shape is Shape.TEXT and columns and len(line.text.rstrip()) <= columns[0].start
    ]
    width = max([*ends[-max(1, len(ends) // 10) :], *texts], default=0)
    blanks = sum(1 for line in lines if line.shape is Shape.BLANK)
    walker = _Assembler(columns, width, _hanging_indent(lines), blanks > 0.8 * len(figures), _words(lines))
    walker.sections = [_Section(label, -1) for label in opening]
    for line in lines:
        if line.shape is Shape.FIGURES:
            walker.figures(line)
        elif line.shape is Shape.TEXT:
            walker.text(line)
        else:
            walker.skip(line)
    return walker.finish()
