"""Statements and prose -> HTML as the software of filers made it after 2000, in two styles with many attributes."""

import html
import random
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from madeup import Company, Row, Shape, Table
from typeset import Layout, figures, unit_line

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Style:
    """The markup of a document: of a paragraph and of the text of a cell, `{}` for the text, and of a cell."""

    paragraph: str
    text: str
    cell: str
    gap: str
    rule: str


_STYLES = (
    Style(
        '<P STYLE="margin-top:6px;margin-bottom:0px; text-indent:4%">'
        '<FONT FACE="Times New Roman" SIZE="2">{}</FONT></P>',
        '<FONT FACE="Times New Roman" SIZE="2">{}</FONT>',
        'VALIGN="bottom"',
        '<TD VALIGN="bottom"><FONT SIZE="1">&nbsp;&nbsp;</FONT></TD>',
        '<HR SIZE="1" NOSHADE COLOR="#000000">',
    ),
    Style(
        '<p style="margin:0pt 0pt 8.0pt;text-indent:24.5pt;"><font size="2" face="Times New Roman" '
        'style="font-size:10.0pt;">{}</font></p>',
        '<p style="margin:0pt 0pt .0001pt;"><font size="1" face="Times New Roman" '
        'style="font-size:8.0pt;">{}</font></p>',
        'valign="bottom" style="padding:0pt .7pt 0pt 0pt;"',
        '<td width="16" valign="bottom" style="padding:0pt;width:12.0pt;"><p><font size="1">&nbsp;</font></p></td>',
        '<hr size="1" width="100%" noshade color="black" align="left">',
    ),
)


def random_style(rng: random.Random) -> Style:
    """Return one of the styles."""
    return rng.choice(_STYLES)


def page(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield the lines of an HTML document with these paragraphs and tables."""
    yield '<HTML><HEAD>\n<TITLE>Report</TITLE></HEAD>\n<BODY BGCOLOR="WHITE">'
    yield from paragraphs
    yield "</BODY></HTML>"


def paragraph(text: str, style: Style) -> str:
    """Return a paragraph, broken into lines as HTML may be."""
    marked = style.paragraph.format(html.escape(text, quote=False))
    return "\n".join(textwrap.wrap(marked, _WIDTH, break_long_words=False, break_on_hyphens=False))


def web_table(table: Table, company: Company, layout: Layout, style: Style, titled: bool = True) -> Iterator[str]:
    """Yield the lines of a table: a caption, and for each figure a gap, a currency sign, digits and a parenthesis."""
    for line in (company.name, table.title, unit_line(table, company)) if titled else ():
        yield f'<P ALIGN="center"><B>{html.escape(line)}</B></P>'
    yield '<TABLE CELLSPACING="0" CELLPADDING="0" WIDTH="100%" BORDER="0" STYLE="BORDER-COLLAPSE:COLLAPSE">'
    for heading in _headings(table):
        yield _cells(heading, style, 4 * len(table.days) // len(heading) - 1)
    first = next(index for index, row in enumerate(table.rows) if row.values)
    for index, row in enumerate(table.rows):
        yield from _figure_row(row, figures(row, layout, index == first), style, shaded=index % 2 == 0)
    yield "</TABLE>"


def _headings(table: Table) -> Iterator[Sequence[str]]:
    if any(table.spans):
        yield table.spans
    yield [f"{day:%B} {day.day}, {day.year}" for day in table.days]


def _cells(texts: Sequence[str], style: Style, span: int) -> str:
    """Return a row of cells without a caption, each over `span` columns after a gap."""
    cell = f'<TD {style.cell} COLSPAN="{span}" ALIGN="center">{{}}</TD>'
    marked = (text if text.startswith("<") else style.text.format(text) for text in texts)
    return "\n".join(
        ("<TR>", f"<TD {style.cell}>&nbsp;</TD>", *(style.gap + cell.format(text) for text in marked), "</TR>")
    )


def _figure_row(row: Row, texts: Sequence[str], style: Style, shaded: bool) -> Iterator[str]:
    if row.shape is Shape.TOTAL:
        yield _cells([style.rule] * len(texts), style, 3)
    yield '<TR BGCOLOR="#cceeff">' if shaded else "<TR>"
    yield f"<TD {style.cell}>{style.text.format(html.escape(row.caption, quote=False))}</TD>"
    for text in texts:
        sign, _, digits = text.rpartition(" ")
        yield style.gap
        yield f"<TD {style.cell}>{style.text.format(sign or '&nbsp;')}</TD>"
        number, closing = digits.removesuffix(")"), ")" if digits.endswith(")") else "&nbsp;"
        yield f'<TD {style.cell} ALIGN="right">{style.text.format(number)}</TD>'
        yield f"<TD NOWRAP {style.cell}>{style.text.format(closing)}</TD>"
    yield "</TR>"
