import itertools
import re
from inspect import cleandoc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.filing.html.document import lay_out
from converter.filing.lines import Line

INSERTED = re.compile(r"<PAGE>|</?TABLE>|[-= ]+")


def page(html: str) -> str:
    """Lay out a document, without blank lines at both ends."""
    return "\n".join(lay_out(html, 0, 1).lines.texts).strip("\n")


def shown(text: str) -> str:
    """Return a page that is written in a test with "|" at the start of each line."""
    return "\n".join(line.removeprefix("|") for line in cleandoc(text).split("\n"))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("one<br>two", "one\ntwo"),
        ("one <b>bold</b>\n  text", "one bold text"),
        ("<p>one<p>two", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("<p style='margin:0pt'>one</p><p style='margin-top:0px'>two</p>", "one\ntwo"),
        ("<h1>Title</h1>text", "Title\n\ntext"),
        ("a&nbsp;&amp;&#150;&mdash;&#x41;&#8217;&lt;b", "a &–—A’<b"),
        ("AT&T R&D &bogus; &", "AT&T R&D &bogus; &"),
        ("&#8209;1,234 and &#x2010;5 and \u20116", "-1,234 and -5 and -6"),
        ("&nbspTotal", " Total"),
        ("<head><title>gone</title><style>p {}</style></head><script>a < b</script>stays", "stays"),
        ("a<!-- gone <p> -->b<!-- open", "ab open"),
        ("a <b and 5 < 6", "a < 6"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("<ul><li>item</ul>", "    item"),
        ("<p style='margin-left:2em;text-indent:-1em'>x<br>y", "  x\n    y"),
        ("<p align=right>Exhibit 99.1</p>", "Exhibit 99.1".rjust(80)),
        ("<div align=center><p>mid</p></div>", " " * 38 + "mid"),
        ("<center>mid</center>", " " * 38 + "mid"),
        ("<p style='page-break-before:always'>next", "<PAGE>\n\nnext"),
        ("<p style='page-break-after: always'>last</p>next", "last\n<PAGE>\nnext"),
        ("a<hr style='page-break-after:always'>b", f"a\n{'-' * 80}\n<PAGE>\nb"),
        ("a<page>b", "a\n<PAGE>\nb"),
        ("<pre>Assets\t 5\n <b>Cash</b>  &nbsp;1</pre>", "Assets   5\n Cash   1"),
        ("<pre>a\n<PAGE>\n<S>  <C>\nb\f</pre>", "a\n<PAGE>\n<S>  <C>\nb\n<PAGE>"),
        ("a\u200bb\xadc", "abc"),
        ("2,000<sup>1</sup> a<sup>(2)</sup> 7<sup>1</sup>/<sub>2</sub> x<sup>th</sup>", "2,000 a (2) 7 1/2 xth"),
        ("2,000<sup><font size=1>1</font></sup> b", "2,000 b"),
        ("word " * 30, ("word " * 20).strip() + "\n" + ("word " * 10).strip()),
        ("Sales" + "&nbsp;" * 100 + "1,234" + "&nbsp;" * 20 + "5", "Sales" + " " * 100 + "1,234" + " " * 20 + "5"),
        ("Sales<br>" + "&nbsp;" * 70 + "2003", "Sales\n" + " " * 70 + "2003"),
        (
            "<div style='position:absolute;top:60;left:20'>Sales</div><div style='position:absolute;top:40;left:200'>"
            "2003</div><div style='position:absolute; top:61px; left:200px'><p>1,234</div><div>after</div>",
            " " * 39 + "2003\n    Sales" + " " * 30 + "1,234\n\nafter",
        ),
        ("1.&nbsp;&nbsp;&nbsp;&nbsp;" + "word " * 22, "1.    " + "word " * 18 + "word\n" + "word word word"),
    ],
)
def test_flow(html: str, expected: str) -> None:
    assert page(f"<html>{html}").rstrip() == expected.strip("\n")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(
            "<tr><td>Sales</td><td>$</td><td>1,234</td><td></td><td>$</td><td>(</td><td>56</td><td>)</td></tr>"
            "<tr><td>Margin</td><td></td><td>12.5</td><td>%</td><td></td><td></td><td>7</td><td>%</td></tr>",
            """
            |<TABLE>
            |Sales   $ 1,234   $ (56)
            |Margin     12.5%      7%
            |</TABLE>""",
            id="figures of several cells",
        ),
        pytest.param(
            "<tr><td><td colspan=5 align=center>Three Months Ended"
            "<tr><td><td colspan=2 align=center>March 31,<br>2004<td><td colspan=2 align=center>March 31,<br>2003"
            "<tr><td>Net sales<td>$<td align=right>11,234<td><td>$<td align=right>10,999"
            "<tr><td>Costs<td colspan=2 align=right>5<td><td colspan=2 align=right>(4)",
            """
            |<TABLE>
            |            Three Months Ended
            |           March 31,  March 31,
            |             2004       2003
            |Net sales   $ 11,234  $ 10,999
            |Costs              5        (4)
            |</TABLE>""",
            id="headings over their columns",
        ),
        pytest.param(
            "<tr><td>A<td>1,234<td>(1)<td>5<tr><td>B<td>7<td><td>6",
            """
            |<TABLE>
            |A  1,234 (1)    5
            |B      7        6
            |</TABLE>""",
            id="footnote marks in a column of their own",
        ),
        pytest.param(
            "<tr><td>A<td>5<td>(4)<tr><td>B<td>7<td>(3)<tr><td>C<td>7<td>12",
            """
            |<TABLE>
            |A    5  (4)
            |B    7  (3)
            |C    7  12
            |</TABLE>""",
            id="small negative figures are no marks",
        ),
        pytest.param(
            "<tr><td>Cash<br>Receivables<br>Total<td>1<br>2<br>3<td>4<br>5<br>9",
            """
            |<TABLE>
            |Cash           1    4
            |Receivables    2    5
            |Total          3    9
            |</TABLE>""",
            id="rows inside of cells",
        ),
        pytest.param(
            "<tr><td>Current:<br>&nbsp;&nbsp;Cash<td>100<tr><td style='padding-left:10pt'>Other<td>20"
            "<tr><td><p style='margin-left:3em;text-indent:-1em'>Total</p><td>120",
            """
            |<TABLE>
            |Current:
            |  Cash     100
            |  Other     20
            |    Total  120
            |</TABLE>""",
            id="indentation by spaces and styles",
        ),
        pytest.param(
            "<tr><td colspan=3>Current assets<td><tr><td><td colspan=2>Cash<td>100<tr><td><td><td>Petty<td>200",
            """
            |<TABLE>
            |Current assets
            |  Cash     100
            |    Petty  200
            |</TABLE>""",
            id="indentation by cells",
        ),
        pytest.param(
            "<tr><td>A<td style='border-bottom:1px solid black'>100"
            "<tr><td>Total<td style='border-bottom:double 3px'>100",
            """
            |<TABLE>
            |A      100
            |       ---
            |Total  100
            |       ===
            |</TABLE>""",
            id="rules from borders",
        ),
        pytest.param(
            "<tr><td>A<td>100<tr><td><td><hr><tr><td>Total<td>100<tr><td><td>=====<tr><td>Nil<td>---",
            """
            |<TABLE>
            |A      100
            |       ---
            |Total  100
            |       ===
            |Nil    ---
            |</TABLE>""",
            id="rules from hr and from text",
        ),
        pytest.param(
            "<tr><td><td colspan=2>2004<td><td colspan=2>2003"
            "<tr><td>A<td><td>100<td><td><td>200<tr><td>B<td>300<td><td><td>400",
            """
            |<TABLE>
            |   2004  2003
            |A   100   200
            |B   300   400
            |</TABLE>""",
            id="rows that lack a cell",
        ),
        pytest.param(
            "<tr><td>Assets<td rowspan=2>100<td>200<tr><td>Cash<td>300",
            """
            |<TABLE>
            |Assets  100  200
            |Cash         300
            |</TABLE>""",
            id="rowspan",
        ),
        pytest.param(
            "<tr><td>Sales<td><table><tr><td>$<td>1,234</table><tr><td>Cost<td>5",
            """
            |<TABLE>
            |Sales  $ 1,234
            |Cost         5
            |</TABLE>""",
            id="a nested table of one line",
        ),
        pytest.param(
            "<tr><td><table><tr><td>A<td>100<tr><td>B<td>200</table><td>side text",
            """
            |<TABLE>
            |A  100
            |B  200
            |</TABLE>
            |side text""",
            id="a table of the page",
        ),
        pytest.param(
            "<tr><td>&#149;<td>First<tr><td>&#149;<td>Second",
            """
            |•  First
            |•  Second""",
            id="bullets are no table of data",
        ),
        pytest.param(
            "<tr><td>A<td>1,234<td>N/A<tr><td>B<td align=right>N/M<td>&#151;",
            """
            |<TABLE>
            |A  1,234  N/A
            |B    N/M    —
            |</TABLE>""",
            id="words among figures, dashes",
        ),
        pytest.param(
            "<tr><td>A<td>100<td>7<tr><td><td><td><tr><td>B<td>200<td>8",
            """
            |<TABLE>
            |A  100    7
            |
            |B  200    8
            |</TABLE>""",
            id="an empty row is a blank line",
        ),
        pytest.param(
            "<tr><td>A<td>100<td>7<tr><td colspan=3 style='border-bottom:1px solid'>&nbsp;<tr><td>Total<td>100<td>7",
            """
            |<TABLE>
            |A      100    7
            |       ---  ---
            |Total  100    7
            |</TABLE>""",
            id="a rule across the table rules its figures",
        ),
        pytest.param(
            "<tr><td>A<td>100<td>7<td>9<tr><td>B<td colspan=2 align=right>200<td>8",
            """
            |<TABLE>
            |A  100    7    9
            |B       200    8
            |</TABLE>""",
            id="a figure over two columns is in the right one",
        ),
        pytest.param(
            "<tr><td>A<td>100<td>7<tr><td><p style='page-break-before:always'>B</p><td>200<td>8",
            """
            |<TABLE>
            |A  100    7
            |<PAGE>
            |B  200    8
            |</TABLE>""",
            id="a page break between rows",
        ),
        pytest.param("<tr><td>one giant<p>cell<tr><td>more", "one giant\n\ncell\nmore", id="one column is text"),
        pytest.param("<tr><td>&nbsp;<td><tr>", "", id="an empty table is nothing"),
    ],
)
def test_tables(html: str, expected: str) -> None:
    assert page(f"<table>{html}</table>") == shown(expected)


def test_a_long_caption_has_its_figures_on_the_last_line() -> None:
    _, first, last, _ = page(f"<table><tr><td>{'word ' * 40}<td>100<td>200</table>").split("\n")
    assert len(first) <= 120
    assert last.endswith("  100  200")


def test_an_unclosed_table_ends_with_the_text() -> None:
    assert page("<table><tr><td>A<td>100<tr><td>B<td>200") == "<TABLE>\nA  100\nB  200\n</TABLE>"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x" + "</div>" * 100_000,
        "<table><tr><td>" * 50_000 + "x",
        "<table>" * 50_000 + "x",
        "<p>" * 50_000 + "</div>" * 50_000,
        "<!--" * 50_000,
        "<script>" * 50_000,
        "<a b='" * 50_000,
        "<sup>" * 20_000,
        "<font><ul><li><center>" * 20_000,
    ],
    ids=["div", "table", "bare tables", "mismatched", "comments", "scripts", "quotes", "sup", "lists"],
)
def test_hostile_nesting_is_harmless(html: str) -> None:
    assert lay_out(html, 0, 1).too_large in ([], [1])


BLOCKS = ["<p>", "</p>", "<br>", "<hr>", "<div align=center>", "</div>", "<ul>", "<li>", "<page>"]
CELLS = ["<table>", "</table>", "<tr>", "<td>", "</td>", "<th>", "<td colspan=3>", "<td rowspan=2>"]
INLINE = ["<b>", "<!-- -->", "<td style='border-bottom:solid'>"]
SKIPPED = ["<sup>", "</sup>", "<script>", "</script>", "<pre>", "</pre>"]
TAGS = st.sampled_from([*BLOCKS, *CELLS, *INLINE])
TEXTS = st.sampled_from(
    [
        "Cash",
        " ",
        "\n",
        "$",
        "(",
        ")",
        "1,234",
        "(5",
        "%",
        "&nbsp;",
        "&#151;",
        "&amp;",
        "2004",
        "a  b",
        "\t",
        "---",
        "long " * 30,
    ]
)


def characters(line: Line) -> list[tuple[str, int, int]]:
    spans = (line.span(column, column + 1) for column in range(len(line.text)))
    return [(char, start, end) for char, (start, end) in zip(line.text, spans, strict=True)]


@given(st.lists(st.one_of(TAGS, st.sampled_from(SKIPPED), TEXTS), max_size=60), st.sampled_from([0, 1000]))
def test_every_character_is_traced_to_the_source(pieces: list[str], base: int) -> None:
    source = "".join(pieces)
    entities = {"&nbsp;": " ", "&#151;": "—", "&amp;": "&"}
    for line in lay_out(source, base, 5).lines:
        assert line.number == 5 + source.count("\n", 0, line.offset - base)
        assert line.text == line.text.rstrip()
        traced = characters(line)
        assert [start for _, start, _ in traced] == sorted(start for _, start, _ in traced)
        if not INSERTED.fullmatch(line.text):
            for char, start, end in traced:
                piece = source[start - base : end - base]
                assert char in (" ", entities.get(piece, piece))


@given(st.lists(st.one_of(TAGS, TEXTS), max_size=60))
def test_nothing_visible_is_lost(pieces: list[str]) -> None:
    visible = re.sub(r"<[^<>]*>|&nbsp;|[-\s]", "", "".join(pieces)).replace("&#151;", "—").replace("&amp;", "&")
    lines = (line for line in lay_out("".join(pieces), 0, 1).lines if not INSERTED.fullmatch(line.text))
    assert sorted("".join(line.text for line in lines).replace(" ", "").replace("-", "")) == sorted(visible)


@given(st.text(alphabet="<>/tdrabp =\"'&#;1x!-\n", max_size=200))
def test_any_text_can_be_laid_out(text: str) -> None:
    assert all("\n" not in line.text for line in lay_out(text, 0, 1).lines)


CELL_PIECES = [
    "&nbsp;",
    "&#160;",
    " ",
    "\n",
    "<b>",
    "</b>",
    "<font size=2>",
    "</font>",
    "1,234",
    "$",
    "(5",
    ")",
    "Cash",
]


@given(
    st.lists(st.lists(st.lists(st.sampled_from(CELL_PIECES), max_size=5), min_size=1, max_size=4), max_size=5),
    st.sampled_from(["<td>", "<th>", "<td align=right>", "<td style='padding-left:2em'>"]),
)
def test_a_cell_of_one_line_is_read_like_any_other(rows: list[list[list[str]]], opening: str) -> None:
    def laid_out(content: str) -> str:
        cells = ("".join(f"{opening}{content.format(''.join(cell))}</td>" for cell in row) for row in rows)
        return page(f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>")

    assert laid_out("{}") == laid_out("{}<unknown>")  # a tag that has no effect, but is none of a line


@pytest.mark.parametrize(
    "cell",
    [
        "<td>&nbsp;</td>",
        "<td align=right><font size=2>1,234&#151;</font></td>",
        "<td><p style='margin-left:1em'>Cash<br>and banks</p></td>",
        "<td style='border-bottom:1px solid'><hr></td>",
        "<td>a<!-- </td> -->b</td>",
        "<td><sup>(1)</sup>5</td>",
        "<td>5<sup>1</sup></td><td>/2</td>",
        "<td><tt>x</tt>y</td>",
        "<td style='page-break-before:always'>a<p style='page-break-before:always'>b</td>",
    ],
)
def test_cells_with_the_same_source_say_the_same(cell: str) -> None:
    rows = [f"<tr><td>Sales</td>{cell}<td>7</td></tr>", f"<tr align=center>{cell}<td>8</td></tr>"] * 2
    alike = f"<table>{''.join(rows)}</table>"
    numbers = itertools.count()
    told_apart = re.sub("<td", lambda _: f"<td class={next(numbers)}", alike)
    assert traced_characters(alike) == traced_characters(told_apart)


def traced_characters(html: str) -> list[list[str]]:
    """Lay out a document, and return what each character of each line stands for in the source."""
    lines = lay_out(html, 0, 1).lines
    return [[line.text, *(html[slice(*line.span(at, at + 1))] for at in range(len(line.text)))] for line in lines]
