"""Where findings and statements stand on the pages: what the review page jumps to beside the facts."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from converter.filing import Filing, TextSpan
from converter.outputs.review.marking import Marking
from converter.outputs.review.pages import SourcePage
from converter.statements import Statement
from converter.vocabulary import Finding, Severity


class Note(Struct, frozen=True):
    """Characters [start, end) of a page with an id; nothing but a place to jump to when they are none.

    `severity` is the worst of what is found about them; None for a place to jump to.
    """

    id: str
    start: int
    end: int
    severity: Severity | None = None


class Notes(Struct, frozen=True):
    """The notes of every page in the order of the text, and the id of what each finding and statement is about.

    `findings` has "" for a finding about the whole file; `marks` has the findings about each mark, by its index in
    the whole document.
    """

    pages: tuple[tuple[Note, ...], ...]
    findings: tuple[str, ...]
    statements: tuple[str, ...]
    marks: Mapping[int, tuple[int, ...]]


def mark_id(number: int) -> str:
    """The id of a mark, by its index in the whole document."""
    return f"m{number + 1}"


def note_pages(
    filing: Filing,
    statements: Sequence[Statement],
    findings: Sequence[Finding],
    pages: Sequence[SourcePage],
    marked: Marking,
) -> Notes:
    """Find the place of every finding and of the beginning of every statement.

    A finding about characters that a mark covers is about this mark; others get a note of their own.
    """
    board = _Board(pages, marked)
    sources = tuple(_sources(filing, findings))
    weighty_first = sorted(range(len(findings)), key=lambda number: findings[number].severity is Severity.INFO)
    targets = {number: board.target(sources[number], findings[number], number) for number in weighty_first}
    starts = tuple(_start(statement, board) for statement in statements)
    told = {mark: tuple(sorted(numbers)) for mark, numbers in board.told.items()}
    return Notes(board.notes(), tuple(targets[number] for number in range(len(findings))), starts, told)


class _Held(NamedTuple):
    """Characters that are taken: by a mark (its index) or by a note (None)."""

    start: int
    end: int
    id: str
    mark: int | None
    severity: Severity | None


class _Board:
    """Collects the notes, so that no two of a page overlap and none overlaps a mark."""

    def __init__(self, pages: Sequence[SourcePage], marked: Marking) -> None:
        self._pages = {page.document: number for number, page in enumerate(pages)}
        self._places = [page.place for page in pages]
        self._taken: list[list[_Held]] = []
        self._anchors: list[dict[int, str]] = [{} for _ in pages]
        self.told: dict[int, list[int]] = {}
        number = 0
        for marks in marked.pages:
            self._taken.append([_Held(m.start, m.end, mark_id(i), i, None) for i, m in enumerate(marks, number)])
            number += len(marks)

    def target(self, source: TextSpan | None, finding: Finding, number: int) -> str:
        """The id of what a finding is about: a mark, or a note made for it, or the beginning of a line."""
        if source is None:
            return ""
        page = self._pages[source.document]
        start, end = self._places[page](source)
        if start == end:
            return self.anchor(source)
        taken = self._taken[page]
        behind = bisect_left(taken, end, key=lambda held: held.start)
        if behind and taken[behind - 1].end > start:
            held = taken[behind - 1]
            if held.mark is not None:
                self.told.setdefault(held.mark, []).append(number)
            return held.id
        note = _Held(start, end, f"n{number + 1}", None, finding.severity)
        taken.insert(behind, note)
        return note.id

    def anchor(self, source: TextSpan) -> str:
        """The id of the beginning of a line."""
        page = self._pages[source.document]
        start, _ = self._places[page](source)
        return self._anchors[page].setdefault(start, f"p{page + 1}-{start}")

    def notes(self) -> tuple[tuple[Note, ...], ...]:
        """The notes of every page, in the order of the text."""
        return tuple(tuple(sorted(notes, key=lambda note: (note.start, note.end))) for notes in self._notes())

    def _notes(self) -> Iterator[list[Note]]:
        for taken, anchors in zip(self._taken, self._anchors, strict=True):
            notes = [Note(held.id, held.start, held.end, held.severity) for held in taken if held.mark is None]
            yield notes + [Note(name, start, start) for start, name in anchors.items()]


def _start(statement: Statement, board: _Board) -> str:
    """The id of the line of a statement's first item."""
    for item in statement.items:
        return board.anchor(TextSpan(item.source.document, item.source.line, 0, 0))
    return ""


def _sources(filing: Filing, findings: Sequence[Finding]) -> Iterator[TextSpan | None]:
    """The characters, or the beginning of the line, that each finding names."""
    wanted = {finding.line for finding in findings if finding.line is not None}
    lines: dict[int, list[tuple[int, int]]] = {}
    for number, document in enumerate(filing.documents):
        for index, line in enumerate(document.lines):
            if line.number in wanted:
                lines.setdefault(line.number, []).append((number, index))
    for finding in findings:
        yield _source(filing, finding, lines.get(finding.line or 0, ()))


def _source(filing: Filing, finding: Finding, lines: Sequence[tuple[int, int]]) -> TextSpan | None:
    """A line of HTML can be laid out as several: the first that has the columns and something in them."""
    if not lines:
        return None
    start, end = finding.start or 0, finding.end or 0
    for document, line in lines:
        text = filing.documents[document].lines[line].text
        if end <= len(text) and (start == end or text[start:end].strip() == text[start:end] != ""):
            return TextSpan(document, line, start, end)
    return TextSpan(*lines[0], 0, 0)
