import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.filing.html.styles import Style, read_style


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("", Style()),
        (' ALIGN="RIGHT" valign=top', Style(align="right")),
        (" align=justify", Style()),
        (" align=left style='text-align: center'", Style(align="center")),
        (' colspan="3" ROWSPAN=2', Style(colspan=3, rowspan=2)),
        (" colspan=0 rowspan=-1", Style()),
        (" colspan=99999 rowspan=99999", Style(colspan=1000, rowspan=64)),
        (" colspan=²", Style()),
        (' style="margin-left:1.00em; text-indent:-1.00em"', Style(margin=2, text_indent=-2)),
        (' style="margin:0pt 0pt .0001pt 30.0pt"', Style(margin=6, tight=True)),
        (' style="margin: 12pt 10pt"', Style(margin=2)),
        (' style="padding-left:10pt;margin-left:10pt"', Style(margin=4)),
        (' style="margin-left:9999px"', Style(margin=40)),
        (' style="margin-top:0px;margin-bottom:0px"', Style(tight=True)),
        (' style="border-bottom:solid windowtext 1.0pt"', Style(border_bottom="-")),
        (
            ' style="border-bottom:double windowtext 2.25pt;border-top:1px solid #000000"',
            Style("", 0, 0, 1, 1, "-", "="),
        ),
        (' style="border-bottom:none"', Style()),
        (' style="border-bottom:1px solid #ffffff"', Style()),
        (' style="page-break-before:always"', Style(page_break_before=True)),
        (' style="page-break-after:avoid"', Style()),
        (' WIDTH="0" SIZE="1"', Style(invisible=True)),
    ],
)
def test_read_style(attributes: str, expected: Style) -> None:
    assert read_style(attributes) == expected


@given(st.text(max_size=60))
def test_any_attributes_are_read(attributes: str) -> None:
    style = read_style(attributes)
    assert 1 <= style.colspan <= 1000
    assert 1 <= style.rowspan <= 64
