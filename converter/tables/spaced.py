"""Figures whose digits are grouped by blanks, "1 204 118", or by points, "1.204.118", as in much of Europe."""

from collections.abc import Sequence

from converter.vocabulary import expression

_GROUPED = expression(r"(?<![\d.,] )(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d.,]| \d)")
_ENDS_IN_GROUPS = expression(r"\d \d{3}\)?$")
_APART = expression(r"\d \d{1,2}(?!\d)|\d (?!19|20)\d{4}")
"""Numbers one blank apart that are no groups of one figure."""
_FEWEST = 3
"""So many figures of three groups, and so many that begin with fewer than three digits, show that blanks group digits:
columns of three digits each, one blank apart, have none. As many groups that begin with a zero show it as well."""
_POINTS = expression(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.]|,\d{3})")
_ENDS_IN_POINTS = expression(r"\d\.\d{3}(?:,\d\d?)?\)?$")
_DECIMAL_COMMA = expression(r"(?<=\d),(?=\d\d?(?!\d))")


def groups_by_blanks(texts: Sequence[str]) -> bool:
    """Whether the figures at the ends of lines are grouped by blanks, and not by commas."""
    apart = [text for text in texts if " " in text[-5:-3]]
    ends = [text for text in apart if (text[-1].isdecimal() or text[-1] == ")") and _ENDS_IN_GROUPS.search(text[-6:])]
    if len(ends) < _FEWEST or sum(1 for text in ends if _APART.search(text)) * 10 > len(ends):
        return False
    if sum(1 for text in texts if "," in text[-5:-3]) * 5 > len(ends):
        return False
    figures = [match[0] for text in ends for match in _GROUPED.finditer(text)]
    long = sum(1 for figure in figures if figure.count(" ") > 1)
    short = sum(1 for figure in figures if len(figure.split(" ", 1)[0]) < _FEWEST)
    zeros = sum(" 0" in figure for figure in figures)
    return max(long, zeros) >= _FEWEST and short >= _FEWEST


def groups_by_points(texts: Sequence[str]) -> bool:
    """Whether the figures at the ends of lines are grouped by points, several of them twice, and none by commas."""
    ends = [text for text in texts if "." in text[-8:] and _ENDS_IN_POINTS.search(text[-8:])]
    if len(ends) < _FEWEST or any(text[-4:-3] == "," or text[-5:-4] == "," for text in texts):
        return False
    return sum(1 for text in ends for match in _POINTS.finditer(text) if match[0].count(".") > 1) >= _FEWEST


def with_points(text: str) -> str:
    """A line with commas in place of the points that group digits, and points in place of decimal commas."""
    return _DECIMAL_COMMA.sub(".", _POINTS.sub(lambda match: match[0].replace(".", ","), text))


def with_commas(text: str) -> str:
    """A line with commas in place of the blanks that group digits."""
    return _GROUPED.sub(lambda match: match[0].replace(" ", ","), text)
