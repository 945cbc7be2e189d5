"""The pages of a filing as pieces: its text or markup, and the elements of Inline XBRL at their places in it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from converter.outputs.instance import lexical, qualified
from converter.outputs.review.design import StyleSheet, dress
from converter.outputs.review.marking import Mark, Marking
from converter.outputs.review.notes import Note, Notes, mark_id
from converter.outputs.review.pages import Dress, SourcePage, shown_text
from converter.outputs.review.panel import state_of
from converter.outputs.review.transforms import Printed
from converter.report import Context, Fact, Report, Unit
from converter.vocabulary import Severity


class Tag(Struct, frozen=True):
    """An element of Inline XBRL: an ix:nonFraction if it has a unit, else an ix:nonNumeric. All fields are text.

    `content` is the text of a hidden element; `unit`, `decimals`, `format`, `scale` and `sign` are "" for no attribute.
    """

    id: str
    name: str
    context: str
    unit: str
    decimals: str
    format: str = ""
    scale: str = ""
    sign: str = ""
    content: str = ""


class Piece(Struct, frozen=True):
    """A part of a page: `text`, then a note around `inner` if it has an id, or a mark if it has a link too.

    On a page in its own design, `text` is markup. `more` is the text behind it that begins new parts of the page.

    A mark is written as `before`, `inner` inside the elements `tags` (the outermost first), and `after`. `hidden` is
    the id of a hidden fact that is printed here, or "".
    """

    text: str
    more: tuple[str, ...] = ()
    id: str = ""
    link: str = ""
    classes: str = ""
    hidden: str = ""
    before: str = ""
    tags: tuple[Tag, ...] = ()
    inner: str = ""
    after: str = ""


class PageView(Struct, frozen=True):
    """A page as the template writes it. `document` is the index in Filing.documents, `note` says how it is shown.

    A page of text has `width` columns, and is in parts of LINES_OF_A_PART lines, which a browser lays out when they
    come to be seen.
    """

    document: int
    title: str
    note: str
    designed: bool
    width: int
    pieces: tuple[Piece, ...]


LINES_OF_A_PART = 100
_WIDEST = 400

_NOTES = {
    Dress.AS_FILED: "",
    Dress.LAID_OUT: "Filed as HTML; shown as the converter laid it out to read it.",
    Dress.DESIGNED: "Filed as HTML; shown in its own design, without pictures.",
}


class Tagger:
    """Makes the elements of facts, given by their indexes in Report.facts.

    `filed` is the report with the names that the elements have. `doubtful` are the indexes of the marks to be reviewed.
    """

    def __init__(self, report: Report, filed: Report, marking: Marking, doubtful: frozenset[int]) -> None:
        self.facts: Sequence[Fact] = report.facts
        self.contexts: Mapping[Context, str] = filed.contexts()
        self.units: Mapping[Unit, str] = filed.units()
        self._filed = filed.facts
        self.doubtful = doubtful
        self._hidden = frozenset(marking.hidden)

    def id(self, number: int) -> str:
        """Return the id of a fact, as in the XML instance."""
        return f"f{number + 1}"

    def is_hidden(self, number: int) -> bool:
        """Whether a fact has no element in the text."""
        return number in self._hidden

    def printed(self, number: int, printed: Printed) -> Tag:
        """Return the element of a fact where it is printed."""
        numeric = isinstance(self.facts[number].value, Decimal)
        return self._tag(
            number,
            format=f"ixt:{printed.format}" if printed.format else "",
            scale=str(printed.scale) if numeric else "",
            sign="-" if printed.negative else "",
        )

    def hidden(self, number: int) -> Tag:
        """Return the element of a hidden fact: one that is not printed, or cannot be read where it is printed."""
        value = self.facts[number].value
        if isinstance(value, Decimal):
            return self._tag(number, sign="-" if value < 0 else "", content=lexical(value.copy_abs()))
        return self._tag(number, content=lexical(value))

    def _tag(self, number: int, format: str = "", scale: str = "", sign: str = "", content: str = "") -> Tag:
        fact = self._filed[number]
        return Tag(
            self.id(number),
            qualified(fact.concept),
            self.contexts[fact.context],
            "" if fact.unit is None else self.units[fact.unit],
            "" if fact.decimals is None else str(fact.decimals),
            format,
            scale,
            sign,
            content,
        )


def view_pages(
    pages: Sequence[SourcePage], marking: Marking, notes: Notes, tagger: Tagger, sheet: StyleSheet
) -> Iterator[PageView | int]:
    """Yield the pages as the template writes them; for one that cannot be shown in its own design, its document."""
    first = 0
    for number, (page, marks, page_notes) in enumerate(zip(pages, marking.pages, notes.pages, strict=True)):
        places = _in_order([*enumerate(marks, first), *((-1, note) for note in page_notes)])
        first += len(marks)
        between = _between(page, places, sheet, f"t{number + 1}-")
        if between is None:
            yield page.document
            continue
        pieces = [_piece(page, text, *place, tagger) for text, place in zip(between, places, strict=False)]
        pieces.append(Piece(between[-1]))
        designed = page.dress is Dress.DESIGNED
        made = tuple(pieces if designed else _in_parts(pieces))
        yield PageView(
            page.document, page.title, _NOTES[page.dress], designed, 0 if designed else _width(page.text), made
        )


def _in_parts(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Split the text of the pieces where a part ends."""
    line = 0
    for piece in pieces:
        lines = piece.text.split("\n")
        starts = [0, *(at for at in range(1, len(lines)) if (line + at) % LINES_OF_A_PART == 0), len(lines)]
        texts = ["\n".join(lines[start:end]) for start, end in pairwise(starts)]
        line += len(lines) - 1
        whole = [f"{text}\n" for text in texts[:-1]] + texts[-1:]
        yield piece if len(whole) == 1 else replace(piece, text=whole[0], more=tuple(whole[1:]))


def _width(text: str) -> int:
    """Return how many columns a page has; very long lines are left to run over its edge."""
    return min(_WIDEST, max((len(line.expandtabs()) for line in text.splitlines()), default=0))


_Place = tuple[int, Mark | Note]
"""A mark with its index in the whole document, or a note with -1."""


def _in_order(places: list[_Place]) -> Sequence[_Place]:
    return sorted(places, key=lambda pair: (pair[1].start, pair[1].end, pair[0]))


def _between(page: SourcePage, places: Sequence[_Place], sheet: StyleSheet, prefix: str) -> Sequence[str] | None:
    """Return what stands before each place, and after the last: text, or markup of a page in its own design."""
    if page.dress is Dress.DESIGNED:
        return dress(page.text, [(place.start, place.end) for _, place in places], sheet, prefix)
    starts = [*(place.start for _, place in places), len(page.text)]
    ends = [0, *(place.end for _, place in places)]
    return [shown_text(page.text[end:start]) for end, start in zip(ends, starts, strict=True)]


def _piece(page: SourcePage, before: str, number: int, place: Mark | Note, tagger: Tagger) -> Piece:
    inner = page.read(place.start, place.end)
    if isinstance(place, Note):
        return Piece(before, id=place.id, classes=_note_classes(place), inner=shown_text(inner))
    return _mark_piece(before, inner, number, place, tagger)


def _note_classes(note: Note) -> str:
    if note.severity is None:
        return ""
    return "note" if note.severity is Severity.INFO else "note doubtful"


def _mark_piece(text: str, inner: str, number: int, mark: Mark, tagger: Tagger) -> Piece:
    first = mark.facts[0]
    classes = ["fact", state_of(tagger.facts[first])]
    classes += ["doubtful"] if number in tagger.doubtful else []
    classes += [] if mark.tagged else ["untagged"]
    printed = mark.printed or Printed(0, len(inner))
    return Piece(
        text,
        (),
        mark_id(number),
        tagger.id(first),
        " ".join(classes),
        next((tagger.id(fact) for fact in mark.facts if tagger.is_hidden(fact)), ""),
        shown_text(inner[: printed.start]),
        tuple(tagger.printed(fact, printed) for fact in mark.tagged),
        shown_text(inner[printed.start : printed.end]),
        shown_text(inner[printed.end :]),
    )
