"""Inline XBRL 1.1 documents: the text of a filing, with each fact tagged where it is printed.

A browser shows the same document as a review page (docs/review-page.md).
"""

import hashlib
from base64 import b64encode
from pathlib import PurePath
from typing import NamedTuple

from converter.outputs.instance import References, legal_xml, qualified, references_of
from converter.outputs.review.design import StyleSheet
from converter.outputs.review.headlines import headlines_of
from converter.outputs.review.marking import Marking, mark_pages
from converter.outputs.review.notes import Notes, note_pages
from converter.outputs.review.pages import pages_of
from converter.outputs.review.panel import damaged_facts, registrant, review_data
from converter.outputs.review.pieces import PageView, Tagger, view_pages
from converter.outputs.review.program import LOADER, packed_concepts, script
from converter.outputs.review.transforms import REGISTRY
from converter.pipeline import Reading
from converter.report import Report
from converter.resources import template_environment
from converter.taxonomy import CAPTION, PREFIX
from converter.vocabulary import Instant, Severity

INLINE = "http://www.xbrl.org/2013/inlineXBRL"


class _Laid(NamedTuple):
    """The pages of a filing, ready to be written."""

    marking: Marking
    notes: Notes
    tagger: Tagger
    sheet: StyleSheet
    views: tuple[PageView, ...]


class FiledReport(NamedTuple):
    """A report with other names for its concepts, and what these refer to: see `render_instance`."""

    report: Report
    references: References


def render_inline(reading: Reading, filed: FiledReport | None = None) -> str:
    """Return the Inline XBRL 1.1 document (XHTML) of a filing, with the facts of its XML instance and their ids.

    With `filed`, its elements have the names of that report, and the document is for programs that bring a viewer of
    their own: it has neither the script of the review page nor its policy, which would let no other script run.

    Every figure that a transformation can read is tagged where it is printed; other facts are hidden, with a link from
    where they are printed. Equal readings give equal text. Characters that XML 1.0 does not allow are replaced.
    """
    report = reading.report
    references = references_of(report) if filed is None else filed.references
    laid = _lay_out(reading, report if filed is None else filed.report)
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
            contexts=tuple((name, context) for context, name in laid.tagger.contexts.items()),
            units=tuple((name, unit) for unit, name in laid.tagger.units.items()),
            is_instant=lambda period: isinstance(period, Instant),
            hidden=tuple(laid.tagger.hidden(number) for number in laid.marking.hidden),
            title=_title(reading),
            summary=report.summary,
            headlines=tuple(headlines_of(report)),
            fact_count=len(report.facts),
            pages=laid.views,
            rules=tuple(laid.sheet.rules()),
            data=review_data(reading, laid.marking, laid.notes) if filed is None else None,
            concepts=packed_concepts(),
            code=script(),
            loader=LOADER,
            policy=_policy(LOADER, script()),
        )
    )
    return legal_xml(text)


def _lay_out(reading: Reading, filed: Report, as_text: frozenset[int] = frozenset()) -> _Laid:
    """Lay out the pages with the names of `filed`.

    HTML that cannot be shown in its own design, and the documents `as_text`, are laid out as text.
    """
    report, filing = reading.report, reading.filing
    pages = tuple(pages_of(filing, as_text))
    marking = mark_pages(report.facts, pages)
    notes = note_pages(filing, [mapped.statement for mapped in reading.statements], report.findings, pages, marking)
    tagger = Tagger(report, filed, marking, _doubtful_marks(reading, marking, notes))
    sheet = StyleSheet()
    views = tuple(view_pages(pages, marking, notes, tagger, sheet))
    failed = frozenset(view for view in views if isinstance(view, int))
    if failed:
        return _lay_out(reading, filed, as_text | failed)
    return _Laid(marking, notes, tagger, sheet, tuple(view for view in views if isinstance(view, PageView)))


def _policy(*scripts: str) -> str:
    """Return the content security policy of the page: nothing is loaded, and no script runs but these."""
    digests = (b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts)
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    return f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def _title(reading: Reading) -> str:
    return f"{registrant(reading.report) or reading.report.entity_identifier} – {PurePath(reading.filing.name).name}"


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
