"""Documents made to take long: families of them, each of any size, and places for any text in a document."""

from collections.abc import Callable

_HEAD = """\
ACME CORPORATION
CONSOLIDATED BALANCE SHEETS
{title}
                                        December 31,
                                      2003       2002
Current assets:
"""
_ROWS = """\
  Cash                                   1,200      1,100
  Accounts receivable                      800        700
{rows}
  Total current assets                   2,000      1,800
  Equipment, net                           500        400
  Total assets                           2,500      2,200
  Accounts payable                         500        400
  Total current liabilities                500        400
  Retained earnings                      2,000      1,800
  Total liabilities and stockholders' equity     2,500      2,200
"""
_FIGURES = "      10,000     20,000"


def page(*, before: str = "", title: str = "(In thousands)", rows: str = "", after: str = "") -> bytes:
    """Return a document with a balance sheet, and texts before, in and after it."""
    return (before + _HEAD.format(title=title) + _ROWS.format(rows=rows) + "\n" + after).encode()


def html(body: str) -> bytes:
    """Return an HTML document with a balance sheet and `body` after it."""
    return f"<html><body><pre>{page().decode()}</pre>{body}</body></html>".encode()


def _release(text: str) -> bytes:
    """Return an earnings release with `text` in it."""
    return f"<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n{text}\n\n{page().decode()}</TEXT>\n</DOCUMENT>\n".encode()


def _fill(text: str, size: int) -> str:
    """Return the text again and again, about `size` characters."""
    return text * max(1, size // len(text))


def _row(caption: str) -> bytes:
    return page(rows=f"{caption}{_FIGURES}")


PLACES: dict[str, Callable[[str, str, int], bytes]] = {
    "caption": lambda prefix, pump, size: _row(f"Property {prefix}{_fill(pump, size)}!"),
    "line": lambda prefix, pump, size: page(before=f"{prefix}{_fill(pump, size)}!\n"),
    "title": lambda prefix, pump, size: page(title=f"{prefix}{_fill(pump, size)}! in thousands"),
    "sentence": lambda prefix, pump, size: _release(f"Net sales were {prefix}{_fill(pump, size)}!"),
    "cell": lambda prefix, pump, size: html(f"<table><tr><td>Cash<td>1,234<td>{prefix}{_fill(pump, size)}!</table>"),
    "markup": lambda prefix, pump, size: html(f"{prefix}{_fill(pump, size)}"),
}
"""Where a text can stand in a document: what comes first, what is repeated, how many characters of it."""


def _wide_table(size: int) -> bytes:
    """As many columns as rows."""
    count = int((size / 10) ** 0.5)
    heading = " " * 40 + "".join(f"{1900 + column % 100:>10}" for column in range(count))
    row = "x".ljust(40) + "".join(f"{'1,234':>10}" for _ in range(count))
    return page(title="(In thousands)\n" + heading, rows="\n".join([row] * count))


def _ragged_table(size: int) -> bytes:
    """Every row has a figure at a column of its own."""
    count = int(size**0.5 * 1.4)
    return page(rows="\n".join("x   " + " " * column + "1,234" for column in range(0, count, 2)))


def _statements(size: int) -> bytes:
    """Many statements that differ in one figure."""
    rows = "\n".join(
        "CONSOLIDATED BALANCE SHEETS\n                  December 31, 2003\n"
        f"Cash                     {number:>9,}\n"
        "Total current assets         1,234\nTotal assets                 2,345\n"
        "Total liabilities            1,111\n\n<PAGE>\n"
        for number in range(1000, 1000 + size // 220)
    )
    return page(after=rows)


def _quarters(size: int) -> bytes:
    """Many statements of periods whose length is not stated."""
    rows = "\n".join(
        "CONSOLIDATED STATEMENTS OF INCOME\n                  June 30, 2003\n"
        f"Net sales                     {number:>9,}\nCost of sales         1,234\nGross profit           2,345\n"
        "Income before income taxes            1,111\nNet income               1,000\n\n<PAGE>\n"
        for number in range(1000, 1000 + size // 260)
    )
    return page(after=rows)


def _parts(size: int) -> bytes:
    """One statement in very many parts."""
    parts = "\n".join(
        "\n<PAGE>\n                  December 31,\n                2003      2002\n"
        f"Receivable number {number}   1,234   1,234\nInventory number {number}    1,234   1,234\n"
        for number in range(size // 150)
    )
    return page(after=parts)


def _earnings(size: int) -> bytes:
    """Very many earnings, earnings per share and share counts."""
    rows = "".join(
        f"Net income {n}         {n:>9,}     1,234\nNet income per share {n}      1.{n % 100:02}     1.25\n"
        f"Weighted average shares {n}     {n:>9,}    1,000\n"
        for n in range(1000, 1000 + size // 130)
    )
    return page(after=f"CONSOLIDATED STATEMENTS OF INCOME\n        Year ended December 31,\n     2003   2002\n{rows}")


def _dates(size: int) -> bytes:
    """Many dates and many tables that ask for the nearest."""
    days = "".join(f"on June {n % 30 + 1}, {1990 + n // 30 % 110},\n" for n in range(size // 50))
    tables = (
        "CONSOLIDATED BALANCE SHEETS\n           2003      2002\n"
        "Cash   1,234   1,234\nTotal assets   1,234   1,234\n<PAGE>\n"
    )
    return page(after=days + _fill(tables, size // 2))


def _sentences(size: int) -> bytes:
    """Sentences of a release that state figures, of one day or of many, in one paragraph."""
    return _release(
        "".join(
            f"At June {n % 30 + 1}, {1950 + n // 30 % 100}, the Company had $1.2 million in cash. "
            for n in range(size // 60)
        )
    )


def _notes(size: int) -> bytes:
    """Tables of notes whose rows may break down every row of a balance sheet."""
    count = size // 100
    rows = "".join(f"  Item {n}                   1,200      1,100\n" for n in range(count))
    note = "".join(f"  Part {n}                   1,200      1,100\n" for n in range(count))
    return page(rows=rows, after="\n<PAGE>\n\n            2003      2002\n" + note)


def _equal_columns(size: int) -> bytes:
    """A statement and a note with the same figure in all columns."""
    years = "".join(f"{1950 + n:>10}" for n in range(40))
    figures = "".join(f"{'1,200':>10}" for _ in range(40))
    statement = f"BALANCE SHEETS\n{' ' * 40}{years}\n{'Cash':40}{figures}\n{'Total assets':40}{figures}\n"
    note = f"\n<PAGE>\n{' ' * 40}{years[:60]}\n{'Cash':40}{figures[:60]}\n{'Other':40}{figures[:60]}\n"
    return page(after=statement + _fill(note, size))


def _schedule(size: int) -> bytes:
    """A financial data schedule of many columns and rows."""
    columns = int((size / 40) ** 0.5)
    days = " ".join(["DEC-31-1998"] * columns)
    rows = "".join(f"<CASH> {' '.join(['1'] * columns)}\n" for _ in range(columns * 2))
    text = f"<TYPE>EX-27\n<TEXT>\n<ARTICLE> 5\n<PERIOD-TYPE> {'YEAR ' * columns}\n<PERIOD-END> {days}\n{rows}</TEXT>\n"
    return (
        b"<DOCUMENT>\n<TYPE>10-K\n<TEXT>\n"
        + page()
        + b"</TEXT>\n</DOCUMENT>\n<DOCUMENT>\n"
        + text.encode()
        + b"</DOCUMENT>\n"
    )


def _submission(size: int) -> bytes:
    """A submission of very many documents, each with a statement."""
    document = f"<DOCUMENT>\n<TYPE>EX-99.1\n<TEXT>\n{page().decode()}</TEXT>\n</DOCUMENT>\n"
    return _fill(document, size).encode()


def _html_rows(size: int, row: str, first: str = "") -> bytes:
    return html(f"<table>{first}{_fill(row, size)}</table>")


def _html_staircase(size: int) -> bytes:
    """Every row has its cell one grid column further to the right."""
    return html("<table>" + "".join(f"<tr><td colspan={n % 999 + 1}><td>x" for n in range(size // 25)) + "</table>")


def _html_wide(size: int) -> bytes:
    """One row of wide cells, and very many rows with something in the last column."""
    cells = "<td>word word word word word word word word word word word " * 300
    return html(f"<table><tr>{cells}" + _fill("<tr><td colspan=299><td>x", size) + "</table>")


FAMILIES: dict[str, Callable[[int], bytes]] = {
    "plain": lambda size: page(rows=_fill(f"  Inventories{_FIGURES}\n", size)),
    "accumulated-depreciation": lambda n: _row("Property, less accumulated depreciation " + _fill("and ", n)),
    "allowance": lambda n: _row("Accounts receivable, less " + _fill("allowance for a ", n)),
    "scale-leaders": lambda n: page(title="Supplementary data" + _fill(".", n) + " see the notes\n(In thousands)"),
    "scale-brackets": lambda n: page(title=_fill("(", n) + "\n(In thousands)"),
    "scale-dollars": lambda n: page(title=_fill("$ ", n) + "\n(In thousands)"),
    "except-shares": lambda n: page(title="(In thousands, except " + _fill("per share and ", n) + ")"),
    "heading-leaders": lambda n: _row("Liabilities and equity" + _fill(". ", n)),
    "heading-blanks": lambda n: _row("Total" + " " * n + "x"),
    "heading-notes": lambda n: _row(_fill("(note ", n)),
    "ruler": lambda n: page(rows="-" * n + "x"),
    "ruler-of-tags": lambda n: page(rows=_fill("<S> <C> ", n) + "x"),
    "one-line-of-figures": lambda n: page(rows="x" + _fill("  123", n)),
    "one-line-of-headings": lambda n: page(title=_fill("Year ended  ", n)),
    "one-line-of-dates": lambda n: page(after=_fill("December 31, 2003 ", n)),
    "one-line-of-words": lambda n: page(before=_fill("word ", n)),
    "one-line-of-blanks": lambda n: page(rows="x" + " " * n + "1,234   5,678"),
    "total-liabilities": lambda n: _row(_fill("total liabilities & ", n)),
    "section-headings": lambda n: page(rows=_fill("Other assets:\n  Other   1,234   1,234\n", n)),
    "nested-headings": lambda n: page(rows="\n".join(" " * k + "Part" for k in range(int(n**0.5)))),
    "lines-of-text": lambda n: page(after=_fill("The company sells what it makes.\n", n)),
    "lines-of-page-breaks": lambda n: page(after=_fill("<PAGE>\n\n\n\n", n)),
    "lines-of-prose-in-a-table": lambda n: page(rows=_fill("Stock, issued,\n and issued,\n  1,234   1,234\n", n)),
    "wide-table": _wide_table,
    "ragged-table": _ragged_table,
    "statements": _statements,
    "sentences": _sentences,
    "one-sentence": lambda n: _release("Net sales were " + _fill("$1.2 million, ", n)),
    "sentence-today": lambda n: _release(_fill("today said sales including ", n) + "$1"),
    "sentence-digits": lambda n: _release("Net sales were $" + "0" * n + "x"),
    "notes": _notes,
    "equal-columns": _equal_columns,
    "schedule": _schedule,
    "submission": _submission,
    "envelopes": lambda n: _fill("<SEC-DOCUMENT>\nACCESSION NUMBER: 0\n</SEC-HEADER>\n", n).encode() + page(),
    "header-blanks": lambda n: f"<SEC-DOCUMENT>\nCOMPANY:{' ' * n}x\n</SEC-HEADER>\n".encode() + page(),
    "header-names": lambda n: (
        f"<SEC-DOCUMENT>\nCOMPANY CONFORMED NAME: {_fill(', inc', n)} x\n</SEC-HEADER>\n".encode() + page()
    ),
    "ticker": lambda n: _release("Acme Inc. (NASDAQ" + " " * n + "x"),
    "tickers": lambda n: _release(_fill("(NASDAQ " + " " * 99, n)),
    "dateline": lambda n: _release("BOSTON" + " " * n + "x"),
    "datelines": lambda n: _release(_fill("BOSTON MA, May 3\n", n)),
    "carriage-returns": lambda n: page() + b"\r" * n + b"x",
    "tabs": lambda n: page(after=_fill("\tx\n", n)),
    "form-feeds": lambda n: page(after=_fill("\f\n", n)),
    "two-byte-lines": lambda n: page(after=_fill("x\n", n)),
    "two-byte-figures": lambda n: page(after=_fill("1\n", n)),
    "two-byte-tables": lambda n: page(after=_fill("1\n" * 500 + "<PAGE>\n", n)),
    "two-byte-paragraphs": lambda n: _release(_fill("$1\n\n", n)),
    "empty-lines": lambda n: page(after="\n" * n),
    "html-attribute": lambda n: html(f"<table><tr><td {'a' * n}>x</table>"),
    "html-attributes": lambda n: html(f"<table><tr><td {_fill('a ', n)}>x</table>"),
    "html-figure-with-stars": lambda n: html(f"<table><tr><td>Cash<td>1,234<td>{'*' * n} omitted</table>"),
    "html-cells-with-stars": lambda n: _html_rows(n, "<td>*", "<tr><td>Cash<td>1,234"),
    "html-rows": lambda n: _html_rows(n, "<tr><td>Cash<td>1,234<td>1,234"),
    "html-empty-rows": lambda n: _html_rows(n, "<tr>"),
    "html-empty-cells": lambda n: _html_rows(n, "<td>"),
    "html-cells": lambda n: _html_rows(n, "<td>1"),
    "html-spanning-cells": lambda n: _html_rows(n, "<tr><td colspan=999>x", "<tr>" + "<td>1" * 999),
    "html-rowspans": lambda n: _html_rows(n, "<td rowspan=64>x"),
    "html-borders": lambda n: _html_rows(n, "<tr><td style=border-top:solid>", "<tr>" + "<td>1" * 99),
    "html-staircase": _html_staircase,
    "html-wide": _html_wide,
    "html-tables": lambda n: html(_fill("<table><tr><td>a<td>1<td>2<tr><td>b<td>3<td>4</table>", n)),
    "html-nested-tables": lambda n: html(_fill("<table><tr><td>", n)),
    "html-blocks": lambda n: html(_fill("<div>", n)),
    "html-inline": lambda n: html(_fill("a<b>", n)),
    "html-breaks": lambda n: html(_fill("x<br>", n)),
    "html-centred": lambda n: html("<center>" + _fill("x<br>", n)),
    "html-entities": lambda n: html(_fill("&amp;", n)),
    "html-entity-lines": lambda n: html(_fill("&lt;<br>", n)),
    "html-superscripts": lambda n: html(_fill("<sup>1", n)),
    "html-blanks-in-a-cell": lambda n: html("<table><tr><td>" + _fill("a  ", n) + "<td>1</table>"),
    "html-verbatim": lambda n: html("<pre>" + _fill("a\n", n)),
    "html-text": lambda n: html(_fill("word word word word word ", n)),
    "html-line-ends": lambda n: html("\n" * n),
    "statements-without-lengths": _quarters,
    "parts-of-a-statement": _parts,
    "earnings-per-share": _earnings,
    "dates": _dates,
}
"""Name -> a function that makes the document of about that many bytes."""
