"""Reading -> an Inline XBRL 1.1 document: the filing as text, each fact tagged where it is printed.

The same document is a review page when a browser opens it (docs/review-page.md).
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath

from msgspec import Struct

from converter.outputs.instance import environment, legal, lexical
from converter.outputs.review.marking import Mark, Marking, mark_pages
from converter.outputs.review.notes import Note, Notes, mark_id, note_pages
from converter.outputs.review.pages import SourcePage, pages_of, shown_text
from converter.outputs.review.panel import damaged_facts, review_data, state_of
from converter.outputs.review.transforms import REGISTRY, Printed
from converter.pipeline import Reading
from converter.report import Context, Fact, Report, Unit
from converter.taxonomy import CAPTION, ENTRY_POINT, NAMESPACE, PREFIX
from converter.vocabulary import Instant, Severity

INLINE = "http://www.xbrl.org/2013/inlineXBRL"


class Tag(Struct, frozen=True):
    """An element of Inline XBRL: an ix:nonFraction if it has a unit, else an ix:nonNumeric. Everything is text.

    `content` is what stands inside a hidden one; `format`, `scale` and `sign` are "" where there is no such attribute.
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
    """A stretch of a page: `text`, then (with an id) a note around `inner`, or (with a link too) a mark.

    A mark is printed as `before`, `inner`, `after`; `tags` stand around `inner`, the outermost first; `hidden` is the
    id of a fact that is printed here and hidden, or "".
    """

    text: str
    id: str = ""
    link: str = ""
    classes: str = ""
    hidden: str = ""
    before: str = ""
    tags: tuple[Tag, ...] = ()
    inner: str = ""
    after: str = ""


class PageView(Struct, frozen=True):
    """A page as the template writes it."""

    title: str
    html: bool
    pieces: tuple[Piece, ...]


def render_inline(reading: Reading) -> str:
    """The Inline XBRL 1.1 document (XHTML) of a filing, which holds the facts of its XML instance under the same ids.

    Every figure that a transformation can read is tagged in its place; other facts are hidden, with a link from where
    they are printed. The same reading gives the same characters. Characters that XML 1.0 does not allow are replaced.
    """
    report, filing = reading.report, reading.filing
    facts = report.facts
    pages = tuple(pages_of(filing))
    marking = mark_pages(facts, pages)
    notes = note_pages(filing, [mapped.statement for mapped in reading.statements], report.findings, pages, marking)
    tagger = _Tagger(report, marking, _doubtful(reading, marking, notes))
    text = (
        environment()
        .get_template("inline.xhtml.j2")
        .render(
            inline=INLINE,
            registry=REGISTRY,
            namespace=NAMESPACE,
            prefix=PREFIX,
            caption=CAPTION,
            schemas=(ENTRY_POINT, *(network.schema for network in report.networks)),
            scheme=report.entity_scheme,
            identifier=report.entity_identifier,
            contexts=tuple((name, context) for context, name in tagger.contexts.items()),
            units=tuple((name, unit) for unit, name in tagger.units.items()),
            is_instant=lambda period: isinstance(period, Instant),
            hidden=tuple(tagger.hidden(number) for number in marking.hidden),
            title=_title(reading),
            summary=report.summary,
            fact_count=len(facts),
            pages=tuple(_page_views(pages, marking, notes, tagger)),
            data=review_data(reading, marking, notes),
        )
    )
    return legal(text)


def _title(reading: Reading) -> str:
    """Whose report it is: the name that it states, or the entity's identifier; and the name of the file."""
    names = (fact.value for fact in reading.report.facts if fact.concept == "EntityRegistrantName")
    name = next(names, reading.report.entity_identifier)
    return f"{name} – {PurePath(reading.filing.name).name}"


def _doubtful(reading: Reading, marking: Marking, notes: Notes) -> frozenset[int]:
    """The marks that a finding of some weight is about, or that are misprinted."""
    findings, damaged = reading.report.findings, damaged_facts(reading)
    weighty = (
        mark
        for mark, told in notes.marks.items()
        if any(findings[number].severity is not Severity.INFO for number in told)
    )
    marks = (mark for page in marking.pages for mark in page)
    return frozenset(weighty) | {number for number, mark in enumerate(marks) if not damaged.isdisjoint(mark.facts)}


class _Tagger:
    """Makes the elements of facts, which are known by their indexes in Report.facts.

    `doubtful` are the indexes of the marks that deserve a look.
    """

    def __init__(self, report: Report, marking: Marking, doubtful: frozenset[int]) -> None:
        self.facts: Sequence[Fact] = report.facts
        self.contexts: Mapping[Context, str] = report.contexts()
        self.units: Mapping[Unit, str] = report.units()
        self.doubtful = doubtful
        self._hidden = frozenset(marking.hidden)

    def id(self, number: int) -> str:
        """The id of a fact, as in the XML instance."""
        return f"f{number + 1}"

    def is_hidden(self, number: int) -> bool:
        """Whether a fact has no element in the text."""
        return number in self._hidden

    def printed(self, number: int, printed: Printed) -> Tag:
        """The element of a fact in its place."""
        numeric = isinstance(self.facts[number].value, Decimal)
        return self._tag(
            number,
            format=f"ixt:{printed.format}" if printed.format else "",
            scale=str(printed.scale) if numeric else "",
            sign="-" if printed.negative else "",
        )

    def hidden(self, number: int) -> Tag:
        """The element of a fact that cannot be read where it is printed, if it is printed at all."""
        value = self.facts[number].value
        if isinstance(value, Decimal):
            return self._tag(number, sign="-" if value < 0 else "", content=lexical(value.copy_abs()))
        return self._tag(number, content=lexical(value))

    def _tag(self, number: int, format: str = "", scale: str = "", sign: str = "", content: str = "") -> Tag:
        fact = self.facts[number]
        return Tag(
            self.id(number),
            fact.concept,
            self.contexts[fact.context],
            "" if fact.unit is None else self.units[fact.unit],
            "" if fact.decimals is None else str(fact.decimals),
            format,
            scale,
            sign,
            content,
        )


def _page_views(pages: Sequence[SourcePage], marking: Marking, notes: Notes, tagger: _Tagger) -> Iterator[PageView]:
    first = 0
    for page, marks, page_notes in zip(pages, marking.pages, notes.pages, strict=True):
        numbered = list(enumerate(marks, first))
        first += len(marks)
        pieces = tuple(_pieces(page.text, numbered, page_notes, tagger))
        yield PageView(page.title, page.html, pieces)


def _pieces(text: str, marks: Sequence[tuple[int, Mark]], notes: Sequence[Note], tagger: _Tagger) -> Iterator[Piece]:
    """The text in stretches, each up to the end of the next mark or note."""
    stretches = [(mark.start, mark.end, number, mark) for number, mark in marks]
    places: list[tuple[int, int, int, Mark | Note]] = [*stretches, *((n.start, n.end, -1, n) for n in notes)]
    done = 0
    for start, end, number, place in sorted(places, key=lambda stretch: stretch[:3]):
        before, inner = shown_text(text[done:start]), text[start:end]
        done = end
        if isinstance(place, Note):
            yield Piece(before, place.id, classes=_note_classes(place), inner=shown_text(inner))
        else:
            yield _mark_piece(before, inner, number, place, tagger)
    yield Piece(shown_text(text[done:]))


def _note_classes(note: Note) -> str:
    if note.severity is None:
        return ""
    return "note" if note.severity is Severity.INFO else "note doubtful"


def _mark_piece(text: str, inner: str, number: int, mark: Mark, tagger: _Tagger) -> Piece:
    first = mark.facts[0]
    classes = ["fact", state_of(tagger.facts[first])]
    classes += ["doubtful"] if number in tagger.doubtful else []
    classes += [] if mark.tagged else ["untagged"]
    printed = mark.printed or Printed(0, len(inner))
    return Piece(
        text,
        mark_id(number),
        tagger.id(first),
        " ".join(classes),
        next((tagger.id(each) for each in mark.facts if tagger.is_hidden(each)), ""),
        shown_text(inner[: printed.start]),
        tuple(tagger.printed(each, printed) for each in mark.tagged),
        shown_text(inner[printed.start : printed.end]),
        shown_text(inner[printed.end :]),
    )
