"""The places of findings and statements on the pages, to which the review page can jump."""

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
    """Characters [start, end) of a page with an id; an empty span is an anchor, only a place to jump to.

    `severity` is that of the worst finding about them; None for an anchor.
    """

    id: str
    start: int
    end: int
    severity: Severity | None = None


class Notes(Struct, frozen=True):
    """The notes of every page in the order of the text, and the places of findings and statements.

    `findings` and `statements` have the id of the place of each, "" for none (a finding about the whole file). `marks`
    maps marks (indexes in the whole document) to the findings about them.
    """

    pages: tuple[tuple[Note, ...], ...]
    findings: tuple[str, ...]
    statements: tuple[str, ...]
    marks: Mapping[int, tuple[int, ...]]


def mark_id(number: int) -> str:
    """Return the id of a mark, given by its index in the whole document."""
    return f"m{number + 1}"


def note_pages(
    filing: Filing,
    statements: Sequence[Statement],
    findings: Sequence[Finding],
    pages: Sequence[SourcePage],
    marking: Marking,
) -> Notes:
    """Find the place of every finding and of the beginning of every statement.

    A finding about characters that overlap a mark is about this mark; others get a note of their own.
    """
    board = _Board(pages, marking)
    sources = tuple(_sources(filing, findings))
    infos_last = sorted(range(len(findings)), key=lambda number: findings[number].severity is Severity.INFO)
    targets = {number: board.target(sources[number], findings[number], number) for number in infos_last}
    starts = tuple(_start(statement, board) for statement in statements)
    about_marks = {mark: tuple(sorted(numbers)) for mark, numbers in board.findings.items()}
    return Notes(board.notes(), tuple(targets[number] for number in range(len(findings))), starts, about_marks)


class _Taken(NamedTuple):
    """Characters taken by a mark or a note; `mark` is the index of the mark in the whole document, None for a note."""

    start: int
    end: int
    id: str
    mark: int | None
    severity: Severity | None


class _Board:
    """Collects the notes, so that no two of a page overlap and none overlaps a mark.

    `findings` are the findings about each mark: their indexes, by the index of the mark.
    """

    def __init__(self, pages: Sequence[SourcePage], marking: Marking) -> None:
        self._pages = {page.document: number for number, page in enumerate(pages)}
        self._places = [page.place for page in pages]
        self._taken: list[list[_Taken]] = []
        self._anchors: list[dict[int, str]] = [{} for _ in pages]
        self.findings: dict[int, list[int]] = {}
        first = 0
        for marks in marking.pages:
            self._taken.append([_Taken(m.start, m.end, mark_id(i), i, None) for i, m in enumerate(marks, first)])
            first += len(marks)

    def target(self, source: TextSpan | None, finding: Finding, number: int) -> str:
        """Return the id of the place of a finding (of this index): a mark, a note or an anchor, made if needed."""
        if source is None:
            return ""
        page = self._pages[source.document]
        start, end = self._places[page](source)
        if start == end:
            return self.anchor(source)
        taken = self._taken[page]
        index = bisect_left(taken, end, key=lambda each: each.start)
        if index and taken[index - 1].end > start:
            overlapping = taken[index - 1]
            if overlapping.mark is not None:
                self.findings.setdefault(overlapping.mark, []).append(number)
            return overlapping.id
        note = _Taken(start, end, f"n{number + 1}", None, finding.severity)
        taken.insert(index, note)
        return note.id

    def anchor(self, source: TextSpan) -> str:
        """Return the id of an anchor at the start of a source."""
        page = self._pages[source.document]
        start, _ = self._places[page](source)
        return self._anchors[page].setdefault(start, f"p{page + 1}-{start}")

    def notes(self) -> tuple[tuple[Note, ...], ...]:
        """Return the notes and anchors of every page, in the order of the text."""
        return tuple(tuple(sorted(notes, key=lambda note: (note.start, note.end))) for notes in self._notes())

    def _notes(self) -> Iterator[list[Note]]:
        for taken, anchors in zip(self._taken, self._anchors, strict=True):
            notes = [Note(each.id, each.start, each.end, each.severity) for each in taken if each.mark is None]
            yield notes + [Note(id_, start, start) for start, id_ in anchors.items()]


def _start(statement: Statement, board: _Board) -> str:
    """Return the id of the line of a statement's first item, "" without items."""
    for item in statement.items:
        return board.anchor(TextSpan(item.source.document, item.source.line, 0, 0))
    return ""


class _LinePosition(NamedTuple):
    """A line of a filing: the index of its document, and its index there."""

    document: int
    line: int


def _sources(filing: Filing, findings: Sequence[Finding]) -> Iterator[TextSpan | None]:
    """Yield the source of each finding: the characters or the beginning of the line that it names, None for neither."""
    numbers = {finding.line for finding in findings if finding.line is not None}
    lines: dict[int, list[_LinePosition]] = {}
    for document_index, document in enumerate(filing.documents):
        for line_index, line in enumerate(document.lines):
            if line.number in numbers:
                lines.setdefault(line.number, []).append(_LinePosition(document_index, line_index))
    for finding in findings:
        yield _source(filing, finding, lines.get(finding.line or 0, ()))


def _source(filing: Filing, finding: Finding, lines: Sequence[_LinePosition]) -> TextSpan | None:
    """Choose the laid-out line of a finding: one line of HTML can be laid out as several.

    The first line that has text in the finding's columns counts.
    """
    if not lines:
        return None
    start, end = finding.start or 0, finding.end or 0
    for document, line in lines:
        text = filing.documents[document].lines[line].text
        if end <= len(text) and (start == end or text[start:end].strip() == text[start:end] != ""):
            return TextSpan(document, line, start, end)
    return TextSpan(lines[0].document, lines[0].line, 0, 0)
