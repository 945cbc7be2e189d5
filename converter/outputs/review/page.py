"""Inline XBRL 1.1 documents: the text of a filing, with each fact tagged where it is printed.

A browser shows the same document as a review page (docs/review-page.md).
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath

from msgspec import Struct

from converter.outputs.instance import References, legal_xml, lexical, qualified, references_of
from converter.outputs.review.headlines import headlines_of
from converter.outputs.review.marking import Mark, Marking, mark_pages
from converter.outputs.review.notes import Note, Notes, mark_id, note_pages
from converter.outputs.review.pages import SourcePage, pages_of, shown_text
from converter.outputs.review.panel import damaged_facts, review_data, state_of
from converter.outputs.review.transforms import REGISTRY, Printed
from converter.pipeline import Reading
from converter.report import Context, Fact, Report, Unit
from converter.resources import template_environment
from converter.taxonomy import CAPTION, PREFIX
from converter.vocabulary import Instant, Severity

INLINE = "http://www.xbrl.org/2013/inlineXBRL"


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

    A mark is written as `before`, `inner` inside the elements `tags` (the outermost first), and `after`. `hidden` is
    the id of a hidden fact that is printed here, or "".
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


def render_inline(reading: Reading, filed: Report | None = None, references: References | None = None) -> str:
    """Return the Inline XBRL 1.1 document (XHTML) of a filing, with the facts of its XML instance and their ids.

    `filed` is the report with other names for its concepts, which `references` are for: see `render_instance`. Then the
    document is for programs that bring a viewer of their own: it has neither the script of the review page nor its
    policy, which would let no other script run.

    Every figure that a transformation can read is tagged where it is printed; other facts are hidden, with a link from
    where they are printed. Equal readings give equal text. Characters that XML 1.0 does not allow are replaced.
    """
    report, filing = reading.report, reading.filing
    facts = report.facts
    pages = tuple(pages_of(filing))
    marking = mark_pages(facts, pages)
    notes = note_pages(filing, [mapped.statement for mapped in reading.statements], report.findings, pages, marking)
    data = None if filed else review_data(reading, marking, notes)
    filed = filed or report
    references = references or references_of(report)
    tagger = _Tagger(report, filed, marking, _doubtful_marks(reading, marking, notes))
    text = (
        template_environment("templates")
        .get_template("inline.xhtml.j2")
        .render(
            inline=INLINE,
            registry=REGISTRY,
            namespaces=references.namespaces,
            prefix=PREFIX,
            caption=CAPTION,
            qualified=qualified,
            schemas=references.schemas,
            scheme=report.entity_scheme,
            identifier=report.entity_identifier,
            contexts=tuple((name, context) for context, name in tagger.contexts.items()),
            units=tuple((name, unit) for unit, name in tagger.units.items()),
            is_instant=lambda period: isinstance(period, Instant),
            hidden=tuple(tagger.hidden(number) for number in marking.hidden),
            title=_title(reading),
            summary=report.summary,
            headlines=tuple(headlines_of(report)),
            fact_count=len(facts),
            pages=tuple(_page_views(pages, marking, notes, tagger)),
            data=data,
            policy=_policy,
        )
    )
    return legal_xml(text)


def _policy(script: str) -> str:
    """Return the content security policy of the page: nothing is loaded, and no script runs but this one.

    It has two hashes: in XHTML, the marks of its CDATA section are no part of it.
    """
    texts = (script, script.replace("<![CDATA[", "").replace("]]>", ""))
    digests = (b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def _title(reading: Reading) -> str:
    """Return the name of the registrant, or the entity's identifier, and the name of the file."""
    names = (fact.value for fact in reading.report.facts if fact.concept == "EntityRegistrantName")
    name = next(names, reading.report.entity_identifier)
    return f"{name} – {PurePath(reading.filing.name).name}"


def _doubtful_marks(reading: Reading, marking: Marking, notes: Notes) -> frozenset[int]:
    """Return the marks (indexes in the whole document) with a warning or an error, or with a misprinted figure."""
    findings, damaged = reading.report.findings, damaged_facts(reading)
    with_problems = (
        mark
        for mark, numbers in notes.marks.items()
        if any(findings[number].severity is not Severity.INFO for number in numbers)
    )
    marks = (mark for page in marking.pages for mark in page)
    misprinted = {number for number, mark in enumerate(marks) if not damaged.isdisjoint(mark.facts)}
    return frozenset(with_problems) | misprinted


class _Tagger:
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


def _page_views(pages: Sequence[SourcePage], marking: Marking, notes: Notes, tagger: _Tagger) -> Iterator[PageView]:
    first = 0
    for page, marks, page_notes in zip(pages, marking.pages, notes.pages, strict=True):
        numbered = list(enumerate(marks, first))
        first += len(marks)
        pieces = tuple(_pieces(page.text, numbered, page_notes, tagger))
        yield PageView(page.title, page.html, pieces)


def _pieces(text: str, marks: Sequence[tuple[int, Mark]], notes: Sequence[Note], tagger: _Tagger) -> Iterator[Piece]:
    """Yield the text in pieces, each up to the end of the next mark or note."""
    places: list[tuple[int, Mark | Note]] = [*marks, *((-1, note) for note in notes)]
    position = 0
    for number, place in sorted(places, key=lambda pair: (pair[1].start, pair[1].end, pair[0])):
        before, inner = shown_text(text[position : place.start]), text[place.start : place.end]
        position = place.end
        if isinstance(place, Note):
            yield Piece(before, place.id, classes=_note_classes(place), inner=shown_text(inner))
        else:
            yield _mark_piece(before, inner, number, place, tagger)
    yield Piece(shown_text(text[position:]))


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
        next((tagger.id(fact) for fact in mark.facts if tagger.is_hidden(fact)), ""),
        shown_text(inner[: printed.start]),
        tuple(tagger.printed(fact, printed) for fact in mark.tagged),
        shown_text(inner[printed.start : printed.end]),
        shown_text(inner[printed.end :]),
    )
