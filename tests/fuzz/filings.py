"""Ways to make a filing wrong: each takes a text and a source of chance and returns another text.

The texts are decoded bytes (UTF-8 with surrogate escapes), so that every file can be mutated, and what comes out is
limited to `LARGEST` characters.
"""

import re
from collections.abc import Callable, Sequence
from random import Random

from fuzz import words

LARGEST = 200_000
_SPLICED = 0.08  # of the ways

Way = Callable[[str, Random], str]

_TOKEN = re.compile(r"[^\W\d_]+|[$(]*\d[\d,.]*[)%]*|<[^<>]{0,200}>|&#?\w{1,12};|[^\s\w]")
_FIGURE = re.compile(r"[$(]*(?:\d[\d,]*\.?\d*|\.\d+)[)%]*")
_DATE = re.compile(
    r"[A-Z][A-Za-z]{2,8}\.? \d{1,2}, ?\d{4}|(?:\w+ )?(?:Months?|Weeks?|Years?) Ended|\b(?:19|20)\d\d\b", re.I
)
_SCHEDULE_LINE = re.compile(r"^<(?:MULT|PER|ART|CURR|CASH|TOT|NET|EPS)[^\n]*", re.M)
_TAG = re.compile(r"<[^<>]{1,300}>")
_CELL = re.compile(r"<t[dh]\b[^<>]{0,300}>.{0,300}?</t[dh]>", re.I | re.S)
_DOCUMENT = re.compile(r"<DOCUMENT>.*?</DOCUMENT>", re.S)


def mutated(text: str, other: str, chance: Random, times: int) -> tuple[str, list[str]]:
    """Make a text wrong in several ways, and name them; parts may be taken from the `other` text."""
    names = []
    for _ in range(times):
        if chance.random() < _SPLICED:
            splice = chance.choice(SPLICES)
            text = splice(text, other, chance)[:LARGEST]
            names.append(splice.__name__)
        else:
            way = chance.choice(WAYS)
            text = way(text, chance)[:LARGEST]
            names.append(way.__name__)
    return text, names


def _next(pattern: re.Pattern[str], text: str, chance: Random) -> re.Match[str] | None:
    """Return a match of the pattern: the first one after a place taken at random, or in the whole text."""
    return pattern.search(text, chance.randrange(len(text) + 1)) or pattern.search(text)


def _replaced(pattern: re.Pattern[str], choices: Sequence[str], text: str, chance: Random) -> str:
    match = _next(pattern, text, chance)
    if match is None:
        return text + chance.choice(choices)
    return text[: match.start()] + chance.choice(choices) + text[match.end() :]


def characters(text: str, chance: Random) -> str:
    """Drop, repeat or insert a few characters."""
    start = chance.randrange(len(text) + 1)
    end = start + chance.choice((0, 1, 2, 8, 64))
    return text[:start] + chance.choice(("", text[start:end] * 2, chance.choice(words.CHARACTERS))) + text[end:]


def byte_values(text: str, chance: Random) -> str:
    """Write other bytes over some, as damaged files have them."""
    data = bytearray(text.encode("utf-8", "surrogateescape"))
    for _ in range(chance.choice((1, 1, 4, 32)) if data else 0):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data).decode("utf-8", "surrogateescape")


def cut(text: str, chance: Random) -> str:
    """Keep the beginning or the end."""
    place = chance.randrange(len(text) + 1)
    return chance.choice((text[:place], text[place:]))


def token(text: str, chance: Random) -> str:
    """Write an unusual word over one."""
    return _replaced(_TOKEN, words.WORDS, text, chance)


def inserted_word(text: str, chance: Random) -> str:
    """Insert an unusual word before one."""
    match = _next(_TOKEN, text, chance)
    place = match.start() if match else 0
    return text[:place] + chance.choice(words.WORDS) + chance.choice((" ", "  ", "\n", "")) + text[place:]


def figure(text: str, chance: Random) -> str:
    """Write an unusual figure over one."""
    return _replaced(_FIGURE, words.FIGURE_WORDS, text, chance)


def figures(text: str, chance: Random) -> str:
    """Write one figure over all figures like it, or over each figure of a line."""
    match = _next(_FIGURE, text, chance)
    if match is None or not match[0].strip():
        return text
    value = chance.choice(words.FIGURES)
    if chance.random() < 0.5:
        return text.replace(match[0], value, 200)
    start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end()) % (len(text) + 1)
    return text[:start] + _FIGURE.sub(lambda _: value, text[start:end]) + text[end:]


def date(text: str, chance: Random) -> str:
    """Write another date or length of a period over one."""
    return _replaced(_DATE, (*words.DATES, *words.LENGTHS), text, chance)


def dates(text: str, chance: Random) -> str:
    """Write one date over all that are the same as one, so that columns have one period or none."""
    match = _next(_DATE, text, chance)
    return text if match is None else text.replace(match[0], chance.choice((*words.DATES, *words.LENGTHS, "")))


def _lines(text: str, chance: Random) -> tuple[list[str], int, int]:
    """Return the lines of a text, and the bounds of a few of them."""
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    return lines, start, min(len(lines), start + chance.choice((1, 1, 2, 5, 20, 60)))


def dropped_lines(text: str, chance: Random) -> str:
    """Drop some lines."""
    lines, start, end = _lines(text, chance)
    return "\n".join(lines[:start] + lines[end:])


def repeated_lines(text: str, chance: Random) -> str:
    """Repeat some lines."""
    lines, start, end = _lines(text, chance)
    return "\n".join(lines[:start] + lines[start:end] * chance.choice((2, 2, 3, 20)) + lines[end:])


def moved_lines(text: str, chance: Random) -> str:
    """Put some lines elsewhere, perhaps the last of them first."""
    lines, start, end = _lines(text, chance)
    moved, rest = lines[start:end], lines[:start] + lines[end:]
    place = chance.randrange(len(rest) + 1)
    return "\n".join(rest[:place] + moved[:: chance.choice((1, -1))] + rest[place:])


def joined_lines(text: str, chance: Random) -> str:
    """Join some lines, or put empty ones between them."""
    lines, start, end = _lines(text, chance)
    joint = chance.choice(("", " ", "    ", "\n\n", "\r", "\r\n", "\n\f\n", "\x85", "\u2028"))
    return "\n".join([*lines[:start], joint.join(lines[start : end + 1]), *lines[end + 1 :]])


def indented_lines(text: str, chance: Random) -> str:
    """Shift some lines by a few blanks, or all to the left."""
    lines, start, end = _lines(text, chance)
    blanks = chance.choice((0, 1, 2, 5, 9, 40, 200))
    lines[start:end] = [" " * blanks + (line if blanks else line.lstrip()) for line in lines[start:end]]
    return "\n".join(lines)


def drawn_line(text: str, chance: Random) -> str:
    """Insert a ruler, a line with leaders or one of figures only."""
    lines, start, _ = _lines(text, chance)
    fill = chance.choice(("-", "=", ".", "*", "_", " .", "- ", "$ ", "1 ", "1  ", "(", "| ", "and ", "<S> ", "1998 "))
    lines.insert(start, " " * chance.choice((0, 20, 40)) + fill * chance.choice((3, 20, 80, 400)))
    return "\n".join(lines)


def _columns(text: str, chance: Random) -> tuple[list[str], range, int, int]:
    """Return the lines of a text, those of a block in it, and the bounds of some columns of characters."""
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    block = range(start, min(len(lines), start + chance.choice((5, 20, 60))))
    left = chance.randrange(90)
    return lines, block, left, left + chance.choice((1, 4, 12, 16, 40))


def dropped_columns(text: str, chance: Random) -> str:
    """Drop columns of characters from a block of lines."""
    lines, block, left, right = _columns(text, chance)
    for i in block:
        lines[i] = lines[i][:left] + lines[i][right:]
    return "\n".join(lines)


def repeated_columns(text: str, chance: Random) -> str:
    """Print columns of characters of a block of lines again, beside themselves or at the right."""
    lines, block, left, right = _columns(text, chance)
    times, at_the_right = chance.choice((1, 1, 2, 12, 60)), chance.random() < 0.5
    for i in block:
        part = lines[i][left:right].ljust(right - left) * times
        place = max(100, len(lines[i])) if at_the_right else right
        lines[i] = lines[i].ljust(place)[:place] + part + lines[i][place:]
    return "\n".join(lines)


def moved_columns(text: str, chance: Random) -> str:
    """Shift what stands right of a column by some characters, or exchange two columns."""
    lines, block, left, right = _columns(text, chance)
    shift = chance.random() < 0.5
    for i in block:
        line = lines[i].ljust(2 * right)
        middle, after = line[left:right], line[right : 2 * right - left]
        lines[i] = line[:left] + (" " * (right - left) + middle if shift else after + middle) + line[2 * right - left :]
    return "\n".join(lines)


def tag(text: str, chance: Random) -> str:
    """Drop or repeat a tag, or write another over it."""
    match = _next(_TAG, text, chance)
    if match is None:
        return text
    new = chance.choice(("", match[0] * 2, match[0] * 50, chance.choice(words.TAGS), match[0][:-1], match[0].upper()))
    return text[: match.start()] + new + text[match.end() :]


def attribute(text: str, chance: Random) -> str:
    """Give a tag an attribute."""
    match = _next(_TAG, text, chance)
    if match is None:
        return text
    name, value = chance.choice(words.ATTRIBUTES), chance.choice(words.ATTRIBUTE_VALUES)
    opening, closing = chance.choice((('"', '"'), ("", ""), ('"', ""), ("", "'")))
    return f"{text[: match.end() - 1]} {name}={opening}{value}{closing}>{text[match.end() :]}"


def cell(text: str, chance: Random) -> str:
    """Drop, empty, repeat or overwrite a cell of a table, or put a table into it."""
    match = _next(_CELL, text, chance)
    if match is None:
        return inserted_word(text, chance)
    value = chance.choice((*words.FIGURES, *words.ENTITIES))
    nested = f"<td><table><tr>{match[0] * 2}</tr></table></td>"
    new = chance.choice(("", "<td></td>", match[0] * 2, match[0] * 30, match[0] * 500, f"<td>{value}</td>", nested))
    return text[: match.start()] + new + text[match.end() :]


def as_html(text: str, chance: Random) -> str:
    """Make a page of a text: preformatted, or a table with a cell for each part of a line."""
    if chance.random() < 0.3:
        return f"<html><body><pre>{text}</pre></body></html>"
    rows = (re.split(r"\s{2,}", line.strip()) for line in text.split("\n")[:400])
    cells = ("".join(f"<td>{part}</td>" for part in row) for row in rows)
    return f"<html><body><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table></body></html>"


def entity(text: str, chance: Random) -> str:
    """Write an entity over a word."""
    return _replaced(_TOKEN, words.ENTITIES, text, chance)


def pumped(text: str, chance: Random) -> str:
    """Repeat a word, a tag, a few characters or some lines very often: what takes long for long inputs shows here."""
    match = _next(chance.choice((_TOKEN, _FIGURE, _TAG)), text, chance)
    start, end = match.span() if match else (0, 0)
    if chance.random() < 0.3:
        start, end = end, end + chance.choice((1, 2, 5, 80, 500))
    part = text[start : end + chance.choice((0, 0, 1))] if chance.random() < 0.6 else chance.choice(words.WORDS)
    part += chance.choice(("", "", " ", "  ", "\n"))
    return text[:start] + part * min(1 << chance.randrange(3, 13), 60_000 // max(1, len(part))) + text[start:]


def stretched(text: str, chance: Random) -> str:
    """Write two words with something repeated very often between them, instead of a word or on a line of their own."""
    match = _next(_TOKEN, text, chance)
    start, end = match.span() if match else (0, 0)
    unit = chance.choice(words.UNITS) + chance.choice(("", "", " ", "  ", "\n"))
    times = min(1 << chance.randrange(3, 13), 60_000 // len(unit))
    first, last = (chance.choice(words.WORDS) for _ in range(2))
    joint = chance.choice(("", " ", "\n"))
    return f"{text[:start]}{joint}{first}{chance.choice(('', ' '))}{unit * times}{last}{joint}{text[end:]}"


def recast(text: str, chance: Random) -> str:
    """Write some lines in capitals or in lowercase, without their blanks, or double spaced."""
    lines, start, end = _lines(text, chance)
    changes: tuple[Callable[[str], str], ...] = (str.upper, str.lower, _narrow, _double_spaced)
    change = chance.choice(changes)
    return "\n".join([*lines[:start], *map(change, lines[start:end]), *lines[end:]])


def _narrow(line: str) -> str:
    return " ".join(line.split())


def _double_spaced(line: str) -> str:
    return f"{line}\n"


def longer_figures(text: str, chance: Random) -> str:
    """Print more digits in the figures of some lines, or other signs around them."""
    lines, start, end = _lines(text, chance)
    signs = (("", ",000"), ("9" * 12, ""), ("(", ")"), ("$", ""), ("", "%"), ("", ".5"), ("-", ""), ("", "  1,234"))
    before, after = chance.choice(signs)
    lines[start:end] = [_FIGURE.sub(lambda figure: f"{before}{figure[0]}{after}", line) for line in lines[start:end]]
    return "\n".join(lines)


def scheduled(text: str, chance: Random) -> str:
    """Add a financial data schedule, or write a line of one over another."""
    if "<TYPE>EX-27" in text and chance.random() < 0.8:
        return _replaced(_SCHEDULE_LINE, words.SCHEDULES, text, chance)
    lines = "\n".join(chance.choice(words.SCHEDULES) for _ in range(8))
    return f"{text}\n<DOCUMENT>\n<TYPE>EX-27\n<TEXT>\n{lines}\n<PERIOD-END> DEC-31-1998\n</TEXT>\n</DOCUMENT>\n"


def reordered_documents(text: str, chance: Random) -> str:
    """Drop, repeat or move a document of a submission."""
    match = _next(_DOCUMENT, text, chance)
    if match is None:
        return f"<DOCUMENT>\n<TYPE>10-Q\n<TEXT>\n{text}\n</TEXT>\n</DOCUMENT>\n" * chance.choice((1, 2))
    rest = text[: match.start()] + text[match.end() :]
    return chance.choice((rest, match[0] + rest, text + match[0], rest + match[0] * 3))


def spliced(text: str, other: str, chance: Random) -> str:
    """Put a part of another text into this one, or the end of the other behind the beginning of this one."""
    start = chance.randrange(len(text) + 1)
    start = text.rfind("\n", 0, start) + 1
    first = other.rfind("\n", 0, chance.randrange(len(other) + 1)) + 1
    if chance.random() < 0.4:
        return text[:start] + other[first:]
    return text[:start] + other[first : first + chance.choice((200, 2_000, 20_000))] + text[start:]


def interleaved(text: str, other: str, chance: Random) -> str:
    """Put lines of another text between those of a part of this one."""
    lines, start, end = _lines(text, chance)
    others = other.split("\n")
    first = chance.randrange(len(others))
    pairs = zip(lines[start:end], others[first : first + end - start], strict=False)
    return "\n".join([*lines[:start], *(line for pair in pairs for line in pair), *lines[end:]])


Splice = Callable[[str, str, Random], str]

WAYS: tuple[Way, ...] = (
    *(characters, byte_values, cut, token, token, inserted_word, figure, figure, figures, date, date, dates),
    *(dropped_lines, repeated_lines, moved_lines, joined_lines, indented_lines, drawn_line, recast, longer_figures),
    *(dropped_columns, repeated_columns, moved_columns, tag, attribute, cell, as_html, entity, scheduled),
    *(pumped, stretched, stretched, reordered_documents),
)
"""The ways to make one text wrong; those that find most stand there twice."""

SPLICES: tuple[Splice, ...] = (spliced, interleaved)
"""The ways to make a text of two."""
