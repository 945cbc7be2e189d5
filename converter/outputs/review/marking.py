"""Facts -> marks on the pages of a filing: which characters a fact is, and whether it can be tagged there."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from converter.outputs.review.pages import SourcePage
from converter.outputs.review.transforms import Printed, read_printed
from converter.report import Fact

Span = tuple[int, int]
"""Offsets [from, to) in the text of a page."""


class Mark(Struct, frozen=True):
    """Characters [start, end) of a page that one or more facts are printed in.

    `facts` are indexes of Report.facts, those first whose source this is; those in `tagged` have their element here,
    the outermost first, around the characters `printed` (offsets within the mark). The others are tagged elsewhere, or
    hidden.
    """

    start: int
    end: int
    facts: tuple[int, ...]
    tagged: tuple[int, ...]
    printed: Printed | None


class Marking(Struct, frozen=True):
    """The marks of every page, in the order of the pages and of the text, and the facts that are tagged nowhere."""

    pages: tuple[tuple[Mark, ...], ...]
    hidden: tuple[int, ...]


def mark_pages(facts: Sequence[Fact], pages: Sequence[SourcePage]) -> Marking:
    """Mark every place that a fact is printed in. A fact is tagged once: at its source, if that can be read there.

    Marks of a page do not overlap: a fact whose characters overlap another's is hidden and shown with that one.
    """
    found = _spans(facts, pages)
    marked = tuple(tuple(_marks(page, found.get(page.document, {}), facts)) for page in pages)
    tagged = {number for marks in marked for mark in marks for number in mark.tagged}
    return Marking(marked, tuple(number for number in range(len(facts)) if number not in tagged))


def _spans(
    facts: Sequence[Fact], pages: Sequence[SourcePage]
) -> Mapping[int, Mapping[Span, Sequence[tuple[int, bool]]]]:
    """By document and characters: which facts are printed there, and whether that is the place of their source."""
    places = {page.document: page.place for page in pages}
    found: dict[int, dict[Span, list[tuple[int, bool]]]] = {}
    for number, fact in enumerate(facts):
        sources = dict.fromkeys(source for source in (fact.source, *fact.also) if source is not None)
        for source in sources:
            if source.document in places:
                start, end = places[source.document](source)
                if start < end:
                    spans = found.setdefault(source.document, {})
                    spans.setdefault((start, end), []).append((number, source == fact.source))
    return found


def _marks(page: SourcePage, spans: Mapping[Span, Sequence[tuple[int, bool]]], facts: Sequence[Fact]) -> Iterator[Mark]:
    open_: Mark | None = None
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        here = [number for number, primary in spans[span] if primary]
        numbers = tuple(dict.fromkeys([*here, *(number for number, _ in spans[span])]))
        if open_ is not None and span[0] < open_.end:
            others = tuple(number for number in numbers if number not in open_.facts)
            open_ = Mark(open_.start, open_.end, open_.facts + others, open_.tagged, open_.printed)
            continue
        if open_ is not None:
            yield open_
        tagged, printed = _tagged(page.text[slice(*span)], here, facts)
        open_ = Mark(*span, numbers, tagged, printed)
    if open_ is not None:
        yield open_


def _tagged(text: str, numbers: Sequence[int], facts: Sequence[Fact]) -> tuple[tuple[int, ...], Printed | None]:
    """The facts that one element inside the other can tag here, and how they are printed: alike, all of them.

    An ix:nonFraction may hold another one of the same format, scale and sign (Inline XBRL 1.1 section 10.1.1).
    """
    readings = [(number, printed) for number in numbers if (printed := read_printed(text, facts[number])) is not None]
    if not readings:
        return (), None
    (_, first), *_ = readings
    return tuple(number for number, printed in readings if printed == first), first
