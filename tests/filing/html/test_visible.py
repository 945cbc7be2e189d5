import pytest

from converter.filing.html.document import lay_out
from converter.filing.html.visible import without_unseen

SHEET = "<style>.no, td.none { display : none } p {margin:0}</style>"


def words(html: str) -> str:
    """The text of a document, its words one space apart, without the marks of tables and rules."""
    lines = (line for line in lay_out(html, 0, 1).lines.texts if line not in ("<TABLE>", "</TABLE>"))
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<span style='display:none'>b</span>c", "a c"),
        ("a<DIV STYLE='color:red; DISPLAY : NONE'>b<div>c</div>d</DIV>e", "a e"),
        ("<p style=display:none>a<p>b", "b"),
        (SHEET + "a<p class='x no'>b</p>c<span class=yes>d</span>", "a cd"),
        ("<style>@media print { .no {display:none} }</style><p class=no>b</p>", "b"),
        ("a <strike>1,290</strike> <u>1,560</u>", "a 1,560"),
        ("a <s>1,290</s> <ins>1,560</ins> <del>b</del>", "a 1,560"),
        ("a <font style='text-decoration: line-through'>1,290</font> 1,560", "a 1,560"),
        ("<pre><S>  <C>\na  5</pre><strike>x</strike>", "<S> <C> a 5"),
        ("7,890<span style='font-size:70%;vertical-align:super'>3</span> b", "7,890 b"),
        ("7,890<font size=1 style='position:relative;top:-3.0pt;'>&nbsp;a</font> b", "7,890 b"),
        ("7,890<font style='vertical-align:super'>(1)</font>", "7,890(1)"),
        ("4<font style='vertical-align:super'>th</font>", "4th"),
        ("7<font style='vertical-align:super'>1</font>/<sub>2</sub>", "71/2"),
        ("a<!-- <div style='display:none'> -->b</div>c", "ab c"),
        ("a<span style='display:none'>no end", "ano end"),
    ],
)
def test_what_is_not_seen_is_no_text(html: str, expected: str) -> None:
    assert words(f"<html>{html}") == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<tr style='display:none'><td>Freight<td>1,010<td>1,120",
        "<tr style='display:none'><td>Freight<td><table><tr><td>1,010</table><td>1,120</tr>",
        "<tr class=no><td>Freight</td><td>1,010</td><td>1,120</td></tr>",
    ],
)
def test_a_hidden_row_is_not_there(hidden: str) -> None:
    rows = ("<tr><td>Sales<td>84,310<td>90,220", "<tr><td>Costs<td>72,140<td>70,110")
    seen = f"<table>{rows[0]}{rows[1]}</table>"
    assert words(f"{SHEET}<table>{rows[0]}{hidden}{rows[1]}</table>") == words(seen)


def test_a_hidden_cell_takes_no_column() -> None:
    table = "<tr><td>Sales<td style='display:none'>77,777<td>90,220<tr><td>Costs<td class=none>66,666</td><td>70,110"
    assert words(f"{SHEET}<table>{table}</table>") == "Sales 90,220 Costs 70,110"


def test_all_else_keeps_its_place() -> None:
    html = "a <strike>b\nc</strike> d"
    seen = without_unseen(html)
    assert (len(seen), seen.index("\n"), seen.split()) == (len(html), html.index("\n"), ["a", "d"])


@pytest.mark.parametrize("piece", ["<span style='display:none'>", "<!--<del>", "<td style='display:none'><table>"])
def test_what_does_not_end_takes_linear_time(piece: str) -> None:
    assert without_unseen(piece * 50_000) == piece * 50_000
