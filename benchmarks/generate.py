"""Generate fictitious documents to measure with: releases of 10 KB, submissions of 300 KB of text or 800 KB of HTML.

usage: python benchmarks/generate.py N FOLDER [--kind release|text|html] [--seed S]

Submissions have the shape of real ones: of the lines of text, a tenth have figures, most of them in the notes; of the
HTML, two thirds are tables, of some hundred bytes for each cell.

The same seed gives the same documents. Companies, captions, figures and layouts differ from one to the next; the sums
of every statement hold, and statements agree with each other.
"""

import argparse
import random
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from madeup import Company, Shape, Table, balance_sheet, cash_flow_statement, income_statement, random_company
from madeup_notes import TOPICS, note_tables
from typeset import random_layout, typeset
from webset import page, paragraph, random_style, web_table

_NOTES = 32  # tables in the notes of a submission
_PROSE = 230_000  # characters of prose of a submission of text
_HTML_PROSE = 130_000


@dataclass(frozen=True, slots=True)
class Document:
    """A document, its company, and the statements that it prints."""

    name: str
    text: str
    company: Company
    tables: tuple[Table, ...]


def documents(number: int, kind: str = "release", seed: int = 0, times: float = 1) -> Iterator[Document]:
    """Yield documents of a kind; each depends only on the seed, its index and `times`.

    Submissions have `times` as much prose, and as many more tables in the notes.
    """
    for index in range(number):
        rng, name = random.Random(f"{seed}/{kind}/{index}"), f"{kind}-{index:05}.txt"
        if kind == "release":
            yield release(rng, name)
        else:
            yield {"text": submission, "html": html_submission}[kind](rng, name, times)


def _tables(rng: random.Random, company: Company) -> tuple[Table, ...]:
    tables = [income_statement(rng, company, rng.choice((2, 2, 3, 4))), balance_sheet(rng, company)]
    if rng.random() < 0.8:
        tables.append(cash_flow_statement(rng, company, *tables))
    if rng.random() < 0.3:
        tables.reverse()
    return tuple(tables)


def release(rng: random.Random, name: str) -> Document:
    """Return an earnings release: some prose, then the statements."""
    company, style = random_company(rng), random_layout(rng)
    tables = _tables(rng, company)
    lines = ["Exhibit 99.1", "", f"{company.name} Reports Results".center(78).rstrip(), ""]
    opening = (
        f"{company.city.upper()}, {_day(company.released)} -- {company.name} (Nasdaq: {company.ticker}) today reported "
    )
    lines += textwrap.wrap(opening + _sales_sentence(rng, company, tables) + " " + " ".join(_sentences(rng, 4)), 78)
    for _ in range(rng.randint(3, 6)):
        lines += ["", *textwrap.wrap(" ".join(_sentences(rng, rng.randint(3, 6))), 78, initial_indent="     ")]
    lines += ["", f"Contact: {_person(rng)}, Investor Relations, 555-01{rng.randint(10, 99)}", ""]
    for table in tables:
        lines += ["", *typeset(table, company, style)]
    return Document(name, "\n".join(lines) + "\n", company, tables)


def submission(rng: random.Random, name: str, times: float = 1) -> Document:
    """Return a 10-Q or 10-K as text, with its header, notes, discussion and financial data schedule."""
    company, style = random_company(rng), random_layout(rng)
    tables = _tables(rng, company)
    lines = _cover(company)
    for part in _content(rng, company, tables, _PROSE, times):
        if isinstance(part, str):
            indent = "" if part.isupper() else "     "
            lines += [*textwrap.wrap(part, 78, initial_indent=indent), ""]
        else:
            lines += ["<PAGE>", ""] if part.title else []
            lines += typeset(part, company, style, titled=bool(part.title))
    return Document(name, _submitted(company, tables, lines), company, tables)


def html_submission(rng: random.Random, name: str, times: float = 1) -> Document:
    """Return a 10-Q or 10-K as HTML, with its header, notes, discussion and financial data schedule."""
    company, layout, style = random_company(rng), random_layout(rng), random_style(rng)
    tables = _tables(rng, company)
    lines = [paragraph(line, style) for line in _cover(company) if line]
    for part in _content(rng, company, tables, _HTML_PROSE, times):
        if isinstance(part, str):
            lines.append(paragraph(part, style))
        else:
            lines += web_table(part, company, layout, style, titled=bool(part.title))
    return Document(name, _submitted(company, tables, page(lines)), company, tables)


def _content(
    rng: random.Random, company: Company, tables: tuple[Table, ...], prose: int, times: float
) -> Iterator[str | Table]:
    """Yield headings, paragraphs, the statements, and the tables of the notes."""
    prose, notes = round(prose * times), max(1, round(_NOTES * times))
    yield from _discussion(rng, prose // 4)
    for table in tables:
        yield table
        yield "See accompanying notes to these statements."
    for table in note_tables(rng, company, notes):
        yield from _discussion(rng, prose // 2 // notes)
        yield table
    yield from _discussion(rng, prose // 4)


def _submitted(company: Company, tables: tuple[Table, ...], lines: Iterable[str]) -> str:
    form = _form(company)
    parts = _document(form, 1, lines), _document("EX-27", 2, _schedule(company, tables))
    return "\n".join((*_header(company, form), *parts[0], *parts[1])) + "\n</SEC-DOCUMENT>\n"


def _form(company: Company) -> str:
    return "10-K" if company.year_end == company.quarter_end else "10-Q"


def _header(company: Company, form: str) -> list[str]:
    accession = f"{company.cik:010}-{company.released:%y}-000001"
    return [
        f"<SEC-DOCUMENT>{accession}.txt : {company.released:%Y%m%d}",
        f"<SEC-HEADER>{accession}.hdr.sgml : {company.released:%Y%m%d}",
        f"ACCESSION NUMBER:\t\t{accession}",
        f"CONFORMED SUBMISSION TYPE:\t{form}",
        "PUBLIC DOCUMENT COUNT:\t\t2",
        f"CONFORMED PERIOD OF REPORT:\t{company.quarter_end:%Y%m%d}",
        f"FILED AS OF DATE:\t\t{company.released:%Y%m%d}",
        *("", "FILER:", "", "\tCOMPANY DATA:\t", f"\t\tCOMPANY CONFORMED NAME:\t\t\t{company.name.upper()}"),
        f"\t\tCENTRAL INDEX KEY:\t\t\t{company.cik:010}",
        f"\t\tFISCAL YEAR END:\t\t\t{company.year_end:%m%d}",
        "</SEC-HEADER>",
    ]


def _document(type: str, sequence: int, lines: Iterable[str]) -> list[str]:
    return ["<DOCUMENT>", f"<TYPE>{type}", f"<SEQUENCE>{sequence}", "<TEXT>", *lines, "</TEXT>", "</DOCUMENT>"]


def _cover(company: Company) -> list[str]:
    form = _form(company)
    kind, word = ("annual", "fiscal year") if form == "10-K" else ("quarterly", "quarterly period")
    titles = ["UNITED STATES", "SECURITIES AND EXCHANGE COMMISSION", "Washington, D.C. 20549", "", f"FORM {form}", ""]
    report = [
        f"[X] {kind.upper()} REPORT",
        f"For the {word} ended {_day(company.quarter_end)}",
        "",
        company.name.upper(),
    ]
    return [line.center(78).rstrip() for line in [*titles, *report, "(Exact name of registrant)", "", company.city, ""]]


def _discussion(rng: random.Random, length: int) -> Iterator[str]:
    """Yield paragraphs of about `length` characters in total under headings."""
    while length > 0:
        yield rng.choice(TOPICS).upper()
        for _ in range(rng.randint(2, 6)):
            paragraph = " ".join(_sentences(rng, rng.randint(3, 8)))
            yield paragraph
            length -= len(paragraph)


def _schedule(company: Company, tables: tuple[Table, ...]) -> list[str]:
    """Return the financial data schedule (EX-27) of the newest column."""
    values = {row.caption: row.values[0] for table in tables for row in table.rows if row.shape is Shape.TOTAL}
    names = {"TOTAL-ASSETS": "Total assets", "CURRENT-ASSETS": "Total current assets",
             "CURRENT-LIABILITIES": "Total current liabilities"}  # fmt: skip
    lines = [f"<{tag}>".ljust(32) + f"{values[caption]:>18,}" for tag, caption in names.items()]
    head = [
        *("<ARTICLE> 5", f"<MULTIPLIER> {company.unit:,}", "<TABLE> <S> <C>", "<PERIOD-TYPE>".ljust(32) + "3-MOS"),
        "<FISCAL-YEAR-END>".ljust(32) + f"{company.year_end:%b-%d-%Y}".upper(),
        "<PERIOD-END>".ljust(32) + f"{company.quarter_end:%b-%d-%Y}".upper(),
    ]
    return [*head, *lines, "</TABLE>"]


def _sales_sentence(rng: random.Random, company: Company, tables: tuple[Table, ...]) -> str:
    """Return the part of a release's first sentence that states its sales."""
    income = next(table for table in tables if any(row.shape is Shape.PER_SHARE for row in table.rows))
    sales = [row for row in income.rows if row.values and ("ales" in row.caption or "evenue" in row.caption)]
    current, previous = next((row for row in sales if row.shape is Shape.TOTAL), sales[0]).values[:2]
    if company.unit == 1:
        return f"revenues of ${current:,}, compared with ${previous:,} a year ago."
    current, previous = current * company.unit / 1e6, previous * company.unit / 1e6
    return f"revenues of ${current:,.1f} million, compared with ${previous:,.1f} million a year ago."


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _person(rng: random.Random) -> str:
    return f"{rng.choice(('Orla', 'Ansel', 'Maud', 'Piers', 'Tamsin'))} {rng.choice(('Fenn', 'Whit', 'Lowe'))}"


def _sentences(rng: random.Random, number: int) -> list[str]:
    """Return sentences in the style of filers: who did what, by how much, for which reason."""
    return [_sentence(rng) for _ in range(number)]


def _sentence(rng: random.Random) -> str:
    amounts = (
        f"${rng.uniform(0.2, 80):.1f} million",
        f"{rng.uniform(1, 30):.1f}%",
        f"${rng.randrange(9999):,}",
    )
    text = rng.choice(_SENTENCES).format(
        who=rng.choice(_WHO),
        what=rng.choice(_WHAT),
        why=rng.choice(_WHY),
        when=rng.choice(_WHEN),
        amount=rng.choice(amounts),
        year=rng.randrange(1994, 2008),
        person=_person(rng),
    )
    return text[0].upper() + text[1:]


_SENTENCES = (
    "{who} {what} {when}, mostly because {why}.",
    "Because {why}, {who} {what} by {amount} {when}.",
    '"We are pleased that {who} {what}," said {person}, who heads the company.',
    "The change of {amount} from {year} came when {why}; without it {who} would have been level.",
    "{person} noted that {why}, and that {who} {what} {when}.",
    "Management believes that {who} {what} as far as can be foreseen, although {why}.",
    "In {year} the company agreed with its banks on a line of credit of {amount}, of which nothing was drawn {when}.",
    "As described in Note 3, {who} {what}.",
)
_WHO = ("demand for seed mills", "the northern division", "the order book", "capacity at the second plant",
        "shipments to distributors", "the company's workforce", "the cost of raw materials", "service revenue",
        "spending on research", "the effective tax rate", "working capital", "the market for oat fiber")  # fmt: skip
_WHAT = ("grew", "declined slightly", "held steady", "recovered", "was affected", "improved over the prior year",
         "did not change materially", "exceeded the plan", "fell short of what was expected")  # fmt: skip
_WHY = ("customers ordered earlier than usual", "prices of steel rose", "two stores were closed",
        "a product line was sold", "the new roasting line passed its trials", "currencies moved against the dollar",
        "competitors cut their prices", "the winter was mild", "a large contract ended")  # fmt: skip
_WHEN = ("in the quarter", "over the year", "in the first half", "since the spring", "in both periods")


def main() -> None:
    """Write documents to a folder."""
    parser = argparse.ArgumentParser(description="Make documents to measure with.")
    parser.add_argument("number", type=int, metavar="N")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kind", choices=("release", "text", "html"), default="release")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for document in documents(options.number, options.kind, options.seed):
        (options.folder / document.name).write_text(document.text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
