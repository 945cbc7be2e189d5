import pytest

from converter.filing.html.richtext import Entities, RichTextReader, decode_entity


@pytest.mark.parametrize(
    ("token", "decoded", "size"),
    [
        ("&amp;", "&", 5),
        ("&amp", "&", 4),
        ("&nbsp;", " ", 6),
        ("&nbspTotal", " ", 5),
        ("&#150;", "–", 6),
        ("&#146", "’", 5),
        ("&#x2014;", "—", 8),
        ("&mdash;", "—", 7),
        ("&#8203;", "", 7),
        ("&#10;", " ", 5),
        ("&#0;", "\ufffd", 4),
        ("&#99999999;", "\ufffd", 11),
        ("&bogus;", "&", 1),
        ("&T", "&", 1),
        ("&", "&", 1),
    ],
)
def test_decode_entity(token: str, decoded: str, size: int) -> None:
    assert decode_entity(token) == (decoded, size)


@pytest.mark.parametrize(
    ("text", "ranges", "verbatim", "expected", "offsets"),
    [
        ("a  \n b", [0, 6], False, "a b", (0, 1, 5)),
        ("a\nb", [0, 3], False, "a b", (0, 1, 2)),
        ("  a", [0, 3], False, "a", (2,)),
        ("a<b>b", [0, 1, 4, 5], False, "ab", (0, 4)),
        ("1<sup>2", [0, 1, 6, 6, 6, 7], False, "1 2", (0, 6, 6)),
        ("a &nbsp; b", [0, 10], False, "a   b", (0, 1, 2, 8, 9)),
        ("a&b&amp;c&bogus;", [0, 16], False, "a&b&c&bogus;", (0, 1, 2, 3, *range(8, 16))),
        ("a\xadb\u200b\u200bc", [0, 6], False, "abc", (0, 2, 5)),
        ("a&shy;b", [0, 7], False, "ab", (0, 6)),
        ("a \n&amp;", [0, 8], True, "a \n&", (0, 1, 2, 3)),
    ],
)
def test_reading_visible_text(
    text: str, ranges: list[int], verbatim: bool, expected: str, offsets: tuple[int, ...]
) -> None:
    read = RichTextReader(text, 100, 1).read(ranges, verbatim)
    assert read.text == expected
    assert read.offsets() == tuple(100 + offset for offset in offsets)


@pytest.mark.parametrize(
    ("text", "start", "end"), [("&amp;", 0, 5), ("a&mdash;", 1, 8), ("a & b", 2, -1), ("&bogus;", 0, -1), ("ab", 1, -1)]
)
def test_ends_of_entities(text: str, start: int, end: int) -> None:
    assert Entities(text, 100).get(100 + start, -1) == (100 + end if end >= 0 else -1)
