"""Figures in red without a sign are counted, for they may be negative."""

import pytest

from converter.filing.html.red import red_figures
from converter.filing.reader import read_filing


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ('<td><font color="#FF0000">1,230</font></td>', 1),
        ("<td><FONT SIZE=2 COLOR=red><B>$ 1,230</B></FONT></td>", 1),
        ('<td style="text-align: right; color: red">&nbsp;.34 </td>', 0),
        ('<td style="text-align: right; color: red">&nbsp;0.34 </td>', 1),
        ('<td style="color:#f00">12</td><td style="color:#f00">34</td>', 2),
        ('<font color="#FF0000">(1,230)</font>', 0),
        ('<font color="#FF0000">-1,230</font>', 0),
        ('<font color="#FF0000">1998</font>', 0),
        ('<font color="#FF0000">12 weeks</font>', 0),
        ('<font color="#FF0000">Restated</font>', 0),
        ('<font color="#000000">1,230</font>', 0),
        ("color: red", 0),
    ],
)
def test_red_figures(html: str, count: int) -> None:
    assert len(list(red_figures(html))) == count


def test_a_finding_says_how_many_there_are() -> None:
    html = b"<html><body>\n<table><tr><td>Net loss</td><td><font color=red>1,230</font></td></tr></table></body></html>"
    (finding,) = read_filing(html, "a.htm").findings
    assert (finding.code, finding.line, finding.message[:9]) == ("red-figures", 2, "1 figures")
