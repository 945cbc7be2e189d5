import pytest

from converter.filing.html.document import lay_out

HEADINGS = "<tr><td>&nbsp;<td colspan=2 align=center>Quarter Ended June 30,<tr><td><td>2003<td>2002"
SALES = "<tr><td>Net sales<td>1,234<td>1,175"
COSTS = "<tr><td>Costs<td>(934)<td>(880)"
DOLLARS = "<tr><td>Net sales<td>$<td align=right>1,234<td>$<td align=right>1,175"


def page(html: str) -> str:
    return "\n".join(lay_out(html, 0, 1).lines.texts).strip("\n")


def tables(*rows: str, between: str = "\n") -> str:
    return between.join(f"<table>{row}</table>" for row in rows)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(tables(HEADINGS, SALES + COSTS), id="headings in their own"),
        pytest.param(tables(HEADINGS, SALES, COSTS), id="a table for each row"),
        pytest.param(tables(HEADINGS + SALES, COSTS, between="<p>&nbsp;</p>\n<br>"), id="blank lines between"),
        pytest.param(f"<table><tr><td>{tables(HEADINGS, SALES, COSTS)}</td></tr></table>", id="inside another"),
        pytest.param(
            tables("".join(f"<tr><td>{tables(row)}" for row in (HEADINGS, SALES, COSTS))), id="in rows of another"
        ),
    ],
)
def test_tables_that_go_on_are_one(html: str) -> None:
    assert page(html) == page(tables(HEADINGS + SALES + COSTS))


def test_headings_are_stretched_over_cells_with_dollar_signs() -> None:
    together = (
        "<tr><td>&nbsp;<td colspan=4 align=center>Quarter Ended June 30,<tr><td><td colspan=2>2003<td colspan=2>2002"
    )
    assert page(tables(HEADINGS, DOLLARS)) == page(tables(together + DOLLARS))


def test_a_caption_alone_goes_on_between_figures() -> None:
    section = "<tr><td>Expenses:<td>&nbsp;<td>&nbsp;"
    assert page(tables(HEADINGS + SALES, section, COSTS)) == page(tables(HEADINGS + SALES + section + COSTS))


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(tables(HEADINGS + SALES, COSTS, between="<p>See notes.</p>"), id="text between"),
        pytest.param(tables(HEADINGS + SALES, COSTS, between="<hr>"), id="a rule between"),
        pytest.param(tables(HEADINGS + SALES, HEADINGS + COSTS), id="headings of its own"),
        pytest.param(tables(HEADINGS + SALES, COSTS + "<td>5"), id="other columns"),
        pytest.param(tables("<tr><td>INCOME<td>&nbsp;<td>&nbsp;", SALES + COSTS), id="a title before it"),
        pytest.param(tables(HEADINGS + SALES, "<tr><td>(1)<td>Restated<td>in 2003"), id="text behind it"),
    ],
)
def test_other_tables_stay_apart(html: str) -> None:
    first, second = html.split("</table>")[:2]
    alone = [page(f"{part}</table>").strip() for part in (first, second[second.index("<table>") :])]
    assert page(html).startswith(alone[0])
    assert page(html).rstrip().endswith(alone[1].rstrip())
