"""Documents to measure with: releases of about 10 KB and full submissions of about 300 KB, all made up.

usage: python benchmarks/generate.py N FOLDER [--kind release|submission] [--seed S]

The same seed gives the same documents. Companies, captions, figures and layouts differ from one to the next; the sums
of every statement hold, and statements agree with each other.
"""

import argparse
import random
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from madeup import Company, Shape, Table, balance_sheet, cash_flow_statement, company, income_statement
from typeset import Layout, layout, typeset

KINDS = ("release", "submission")
_NOTES = 14  # notes with a table of their own in a submission
_PROSE = 250_000  # characters of prose in a submission


@dataclass(frozen=True, slots=True)
class Document:
    """A document and what it prints."""

    name: str
    text: str
    company: Company
    tables: tuple[Table, ...]


def documents(number: int, kind: str = "release", seed: int = 0) -> Iterator[Document]:
    """So many documents of a kind; each depends on the seed and its place only."""
    make = {"release": release, "submission": submission}[kind]
    for place in range(number):
        yield make(random.Random(f"{seed}/{kind}/{place}"), f"{kind}-{place:05}.txt")


def _tables(chance: random.Random, about: Company) -> tuple[Table, ...]:
    tables = [income_statement(chance, about, chance.choice((2, 2, 3, 4))), balance_sheet(chance, about)]
    if chance.random() < 0.8:
        tables.append(cash_flow_statement(chance, about, *tables))
    if chance.random() < 0.3:
        tables.reverse()
    return tuple(tables)


def release(chance: random.Random, name: str) -> Document:
    """An earnings release: some prose, then the statements."""
    about, style = company(chance), layout(chance)
    tables = _tables(chance, about)
    lines = ["Exhibit 99.1", "", f"{about.name} Reports Results".center(78).rstrip(), ""]
    place = f"{about.city.upper()}, {_day(about.released)} -- {about.name} (Nasdaq: {about.ticker}) today reported "
    lines += textwrap.wrap(place + _stated(chance, about, tables) + " " + " ".join(_sentences(chance, 4)), 78)
    for _ in range(chance.randint(3, 6)):
        lines += ["", *textwrap.wrap(" ".join(_sentences(chance, chance.randint(3, 6))), 78, initial_indent="     ")]
    lines += ["", f"Contact: {_person(chance)}, Investor Relations, 555-01{chance.randint(10, 99)}", ""]
    for table in tables:
        lines += ["", *typeset(table, about, style)]
    return Document(name, "\n".join(lines) + "\n", about, tables)


def submission(chance: random.Random, name: str) -> Document:
    """A 10-Q or 10-K with its header, notes, discussion and financial data schedule."""
    about, style = company(chance), layout(chance)
    tables = _tables(chance, about)
    form = "10-K" if about.year_end == about.quarter_end else "10-Q"
    parts = [*_cover(about, form), *_discussion(chance, _PROSE // 8)]
    for table in tables:
        parts += ["<PAGE>", "", *typeset(table, about, style), "See accompanying notes to these statements.", ""]
    parts += [*_notes(chance, about, style), *_discussion(chance, _PROSE * 7 // 8)]
    text = "\n".join(
        [*_header(about, form), *_wrapped(form, 1, parts), *_wrapped("EX-27", 2, _schedule(about, tables))]
    )
    return Document(name, text + "\n</SEC-DOCUMENT>\n", about, tables)


def _header(about: Company, form: str) -> list[str]:
    accession = f"{about.cik:010}-{about.released:%y}-000001"
    return [
        f"<SEC-DOCUMENT>{accession}.txt : {about.released:%Y%m%d}",
        f"<SEC-HEADER>{accession}.hdr.sgml : {about.released:%Y%m%d}",
        f"ACCESSION NUMBER:\t\t{accession}",
        f"CONFORMED SUBMISSION TYPE:\t{form}",
        "PUBLIC DOCUMENT COUNT:\t\t2",
        f"CONFORMED PERIOD OF REPORT:\t{about.quarter_end:%Y%m%d}",
        f"FILED AS OF DATE:\t\t{about.released:%Y%m%d}",
        *("", "FILER:", "", "\tCOMPANY DATA:\t", f"\t\tCOMPANY CONFORMED NAME:\t\t\t{about.name.upper()}"),
        f"\t\tCENTRAL INDEX KEY:\t\t\t{about.cik:010}",
        f"\t\tFISCAL YEAR END:\t\t\t{about.year_end:%m%d}",
        "</SEC-HEADER>",
    ]


def _wrapped(type: str, sequence: int, lines: list[str]) -> list[str]:
    return ["<DOCUMENT>", f"<TYPE>{type}", f"<SEQUENCE>{sequence}", "<TEXT>", *lines, "</TEXT>", "</DOCUMENT>"]


def _cover(about: Company, form: str) -> list[str]:
    kind, word = ("annual", "fiscal year") if form == "10-K" else ("quarterly", "quarterly period")
    titles = ["UNITED STATES", "SECURITIES AND EXCHANGE COMMISSION", "Washington, D.C. 20549", "", f"FORM {form}", ""]
    said = [f"[X] {kind.upper()} REPORT", f"For the {word} ended {_day(about.quarter_end)}", "", about.name.upper()]
    return [line.center(78).rstrip() for line in [*titles, *said, "(Exact name of registrant)", "", about.city, ""]]


def _notes(chance: random.Random, about: Company, style: Layout) -> Iterator[str]:
    """Notes, each with some prose and a small table that adds up."""
    for number in range(1, _NOTES + 1):
        yield from (f"NOTE {number} - {chance.choice(_TOPICS).upper()}", "")
        yield from textwrap.wrap(" ".join(_sentences(chance, 5)), 78)
        yield ""
        rows = [(caption, chance.randrange(about.size // 50, about.size)) for caption in chance.sample(_PARTS, 4)]
        for caption, value in rows:
            yield caption.ljust(46, "." if style.leaders else " ") + f"{value:>14,}{value * 9 // 10:>14,}"
        yield " " * 46 + "    ----------    ----------"
        yield " " * 46 + f"{sum(v for _, v in rows):>14,}{sum(v * 9 // 10 for _, v in rows):>14,}"
        yield ""


def _discussion(chance: random.Random, length: int) -> Iterator[str]:
    """So many characters of paragraphs under headings, with page breaks."""
    while length > 0:
        yield from (chance.choice(_TOPICS).upper(), "")
        for _ in range(chance.randint(2, 6)):
            paragraph = textwrap.wrap(" ".join(_sentences(chance, chance.randint(3, 8))), 78, initial_indent="     ")
            yield from (*paragraph, "")
            length -= sum(map(len, paragraph)) + len(paragraph) + 2
        if chance.random() < 0.4:
            yield from ("<PAGE>", "")


def _schedule(about: Company, tables: tuple[Table, ...]) -> list[str]:
    """The financial data schedule (EX-27) of the newest column."""
    values = {row.caption: row.values[0] for table in tables for row in table.rows if row.shape is Shape.TOTAL}
    names = {"TOTAL-ASSETS": "Total assets", "CURRENT-ASSETS": "Total current assets",
             "CURRENT-LIABILITIES": "Total current liabilities"}  # fmt: skip
    lines = [f"<{tag}>".ljust(32) + f"{values[caption]:>18,}" for tag, caption in names.items()]
    head = [
        *("<ARTICLE> 5", f"<MULTIPLIER> {about.unit:,}", "<TABLE> <S> <C>", "<PERIOD-TYPE>".ljust(32) + "3-MOS"),
        "<FISCAL-YEAR-END>".ljust(32) + f"{about.year_end:%b-%d-%Y}".upper(),
        "<PERIOD-END>".ljust(32) + f"{about.quarter_end:%b-%d-%Y}".upper(),
    ]
    return [*head, *lines, "</TABLE>"]


def _stated(chance: random.Random, about: Company, tables: tuple[Table, ...]) -> str:
    """What a release says of sales in its first sentence."""
    income = next(table for table in tables if any(row.shape is Shape.PER_SHARE for row in table.rows))
    sales = [row for row in income.rows if row.values and ("ales" in row.caption or "evenue" in row.caption)]
    this, last = next((row for row in sales if row.shape is Shape.TOTAL), sales[0]).values[:2]
    if about.unit == 1:
        return f"revenues of ${this:,}, compared with ${last:,} a year ago."
    this, last = this * about.unit / 1e6, last * about.unit / 1e6
    return f"revenues of ${this:,.1f} million, compared with ${last:,.1f} million a year ago."


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _person(chance: random.Random) -> str:
    return f"{chance.choice(('Orla', 'Ansel', 'Maud', 'Piers', 'Tamsin'))} {chance.choice(('Fenn', 'Whit', 'Lowe'))}"


def _sentences(chance: random.Random, number: int) -> list[str]:
    """Sentences as filers write them: who did what, by how much, for which reason."""
    return [_sentence(chance) for _ in range(number)]


def _sentence(chance: random.Random) -> str:
    amounts = (
        f"${chance.uniform(0.2, 80):.1f} million",
        f"{chance.uniform(1, 30):.1f}%",
        f"${chance.randrange(9999):,}",
    )
    text = chance.choice(_FORMS).format(
        who=chance.choice(_WHO),
        what=chance.choice(_WHAT),
        why=chance.choice(_WHY),
        when=chance.choice(_WHEN),
        amount=chance.choice(amounts),
        year=chance.randrange(1994, 2008),
        person=_person(chance),
    )
    return text[0].upper() + text[1:]


_FORMS = (
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
_TOPICS = ("Basis of presentation", "Inventories", "Long-term debt", "Results of operations", "Liquidity and capital",
           "Income taxes", "Commitments and contingencies", "Recent accounting pronouncements", "Segments")  # fmt: skip
_PARTS = ("Raw materials", "Work in process", "Finished goods", "Supplies", "Term loan", "Revolving credit line",
          "Industrial revenue bonds", "North America", "Europe", "Federal", "State", "Warranty reserve")  # fmt: skip


def main() -> None:
    """Write documents to a folder."""
    parser = argparse.ArgumentParser(description="Make documents to measure with.")
    parser.add_argument("number", type=int, metavar="N")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kind", choices=KINDS, default="release")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for document in documents(options.number, options.kind, options.seed):
        (options.folder / document.name).write_text(document.text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
