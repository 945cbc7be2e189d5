"""HTML of a filing made anew: what is left of tags, attributes and styles, and where figures stand in it."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from converter.outputs.review.design import StyleSheet, dress
from converter.outputs.review.design.colours import ink, read_colour, shade


def dressed(source: str, *figures: str) -> str:
    """The markup of a document, with `[0]`, `[1]`, ... where these figures stood."""
    places = [(source.index(figure), source.index(figure) + len(figure)) for figure in figures]
    chunks = dress(source, places, StyleSheet(), "t")
    assert chunks is not None
    markup = "".join(f"{'' if number == 0 else f'[{number - 1}]'}{chunk}" for number, chunk in enumerate(chunks))
    return markup.removeprefix("<div>").removesuffix("</div>")  # the body


def without_classes(markup: str) -> str:
    return re.sub(r' class="[^"]*"', "", markup)


@pytest.mark.parametrize(
    ("source", "markup"),
    [
        ("<p>Total <b>assets</b></p>", "<div>Total <span>assets</span></div>"),
        ("<font size=2><p>one<p>two</font>", "<div><span>one</span></div><div><span>two</span></div>"),
        ("<b>one <div>two</div> three</b>", "<span>one </span><div><span>two</span></div><span> three</span>"),
        ("<i>1</i><i>2</i>", "<span>12</span>"),
        ("<table><tr><td>1<td colspan=2>2</table>", '<table><tr><td>1</td><td colspan="2">2</td></tr></table>'),
        ("<table><tr></tr></table>", ""),
        ("<table>stray<tr><td>1</td>odd</tr></table>", "<table><tr><td>stray1</td></tr></table>odd"),
        ("<table><tr><td colspan=99999>1</table>", "<table><tr><td>1</td></tr></table>"),
        ("<td>1", "<div>1</div>"),
        ("one<br>two<hr>", "one<br/>two<hr/>"),
        ("&#150;&nbsp;&lt;&amp;", "–\xa0&lt;&amp;"),
        ('<a href="#n">to</a><a name="n">n</a>', '<a href="#t1">to</a><span id="t1"></span>n'),
        ('<a href="#nowhere">to</a>', "to"),
        ('<img src="logo.gif" alt="Our logo">', "[Our logo]"),
        ("<page><s><c>text", "text"),
        ("<p title='x > 1'>2</p>", "<div> 1'&gt;2</div>"),
        ("<select><option>one<xmp><plaintext><noscript>two", "onetwo"),
        ("1 < 2 &amp;lt; 3", "1 &lt; 2 &amp;lt; 3"),
    ],
)
def test_markup(source: str, markup: str) -> None:
    assert without_classes(dressed(source)) == markup


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<style>body { display: none }</style>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='https://example.com'>x</a>",
        "<p onclick='alert(1)' id=review-source class=panel>x</p>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<iframe src=https://example.com></iframe>",
        "<object data=x></object><embed src=x><applet code=x></applet>",
        "<form action=https://example.com><input name=q><button>x</button></form>",
        "<meta http-equiv=refresh content='0;url=https://example.com'>",
        "<base href=https://example.com>",
        "<link rel=stylesheet href=x.css>",
        "<p style='background:url(https://example.com/x.gif)'>x</p>",
        "<p style='width:expression(alert(1));behavior:url(x)'>x</p>",
        "<p style='position:fixed;top:0;display:none;margin:-999px;opacity:0'>x</p>",
        "<p style='color:red}body{display:none'>x</p>",
        "<p style='font-family:\"</style><script>alert(1)</script>\"'>x</p>",
        "<<script>script>alert(1)<</script>/script>",
        "<table background=https://example.com/x.gif><tr><td background=x>x</table>",
        "<!--><img src=x onerror=alert(1)>-->",
    ],
)
def test_nothing_runs_loads_hides_or_leads_away(source: str) -> None:
    sheet = StyleSheet()
    (markup,) = dress(source + "<p>end</p>", [], sheet, "t") or ("",)
    root = etree.fromstring(f"<body>{markup}</body>")
    assert {element.tag for element in root.iter()} <= {"body", "div", "span", "table", "tr", "td", "br", "hr", "a"}
    assert {name for element in root.iter() for name in element.attrib} <= {"class"}
    rules = "\n".join(sheet.rules())
    assert not re.search(r"url|expression|display:none|position|opacity|body|script|-999|<", rules)


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("<p align=center>x", "text-align:center"),
        ("<font color=#ff0000 size=2>x</font>", "font-size:13px"),
        ("<td bgcolor=#CCEEFF>x", "background-color:#cceeff"),
        ("<p style='TEXT-INDENT: -1em; margin-left: 2em'>x", "text-indent:-1em"),
        ("<p style='border-bottom: 1px solid #000000'>x", "border-bottom:1px solid"),
        ("<p style='font-family: \"Times New Roman\", serif'>x", "font-family:times new roman, serif"),
        ("<p style='line-height: 1.5 !important'>x", "line-height:1.5"),
    ],
)
def test_looks_that_are_kept(source: str, rule: str) -> None:
    sheet = StyleSheet()
    assert dress(source, [], sheet, "t")
    assert rule in "\n".join(sheet.rules())


def test_figures_stand_where_they_were() -> None:
    source = "<p>Cash <b>12</b></p><table><tr><td>$</td><td><font size=1>34</font></td></tr>56<tr><td>&#151;</table>"
    markup = without_classes(dressed(source, "12", "34", "56", "&#151;"))
    first, second = "<td>$</td><td><span>[1]</span></td>", "<td>[2][3]</td>"
    assert markup == f"<div>Cash <span>[0]</span></div><table><tr>{first}</tr><tr>{second}</tr></table>"


@pytest.mark.parametrize("source", ["<title>12</title>", "<script>12</script>", "<!-- 12 -->"])
def test_a_figure_in_what_is_not_shown_is_told(source: str) -> None:
    place = (source.index("12"), source.index("12") + 2)
    assert dress(source, [place], StyleSheet(), "t") is None


TAGS = ("p", "/p", "b", "/b", "table", "/table", "tr", "/tr", "td", "/td", "div", "/div", "a", "/a", "center", "font")
MORE_TAGS = ("/font", "hr", "br", "li", "pre", "th", "h1", "/h1", "script", "!--", "s", "c")
TEXTS = ("<a name=x>", "<a href=#x>", "<", "&amp", "&#150;", "text", " ", "\n", "\0", "\ue000", "-->", "\ud800")
PIECES = (*(f"<{tag}>" for tag in (*TAGS, *MORE_TAGS)), *TEXTS)


@settings(max_examples=settings().max_examples * 3)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_markup_is_well_formed(pieces: Sequence[str]) -> None:
    source = "".join(pieces)
    (markup,) = dress(source, [], StyleSheet(), "t") or ("",)
    root = etree.fromstring(f"<body>{markup}</body>")
    for span in root.iter("span", "a"):
        assert {child.tag for child in span} <= {"br", "span"}
    assert all(child.tag == "tr" for table in root.iter("table") for child in table)
    assert all(child.tag == "td" for row in root.iter("tr") for child in row)


def test_deep_markup_becomes_flat() -> None:
    (markup,) = dress("<div><table><tr><td>" * 400 + "deep", [], StyleSheet(), "t") or ("",)
    assert "deep" in markup
    etree.fromstring(f"<body>{markup}</body>")  # no deeper than the parser allows
    assert dress("<div>" * 5000 + "deeper", [], StyleSheet(), "t") is None


@pytest.mark.parametrize("value", ["#ffffff", "yellow", "#f00", "rgb(255, 204, 0)", "silver"])
def test_ink_can_be_read_on_any_shade(value: str) -> None:
    colour = read_colour(value)
    assert colour is not None
    darker = read_colour(ink(colour))
    assert darker is not None
    assert shade(darker) is None


def test_values_that_name_no_colour() -> None:
    assert [read_colour(value) for value in ("", "no", "#12", "rgb(1,2)", "12345")] == [None] * 5
