"""The boxes of a cover page: which questions are marked yes or no, and which kind of filer the registrant is."""

import re
from collections.abc import Mapping
from enum import Enum

from converter.vocabulary import expression

_CHECKED = expression(r"(?<![A-Za-z0-9])[xX](?![A-Za-z0-9])|[þýüÞ☒☑√✓]")
_UNCHECKED = expression(r"\[\s?\]|\(\s?\)|[¨□☐]|(?<![A-Za-z0-9])[oO](?![A-Za-z0-9])|__")
_YES_NO = expression(r"\byes(?![^\W_])(?P<between>[^A-NP-WYZa-np-wyz]{0,40}?)(?<![^\W_])no(?![^\W_])", re.I)
_WORD = expression(r"[A-Za-z]{2}|\n\s{0,99}\n")
_QUESTIONS: Mapping[str, re.Pattern[str]] = {
    "EntityWellKnownSeasonedIssuer": expression(r"well-known\s+seasoned\s+issuer", re.I),
    "EntityVoluntaryFilers": expression(r"not\s+required\s+to\s+file\s+reports", re.I),
    "EntityCurrentReportingStatus": expression(r"has\s+filed\s+all\s+reports\s+required", re.I),
}
_NEXT_QUESTION = expression(r"indicate\s+by\s+check\s*mark", re.I)
_LONGEST_QUESTION = 1_000
_CATEGORY = expression(
    r"\b(?:(?P<kind>large\s+|non-?\s?)?accelerated\s+filer|smaller\s+reporting\s+company)\b", re.I, first="lnas"
)
_AROUND = 24
"""Marks stand so many characters beside the words they belong to, at most."""
_FEWEST_CATEGORIES = 3


class Box(Enum):
    """What stands in a place where a box can be."""

    CHECKED = "checked"
    EMPTY = "empty"
    NONE = "none"


def read_boxes(text: str, end: int) -> Mapping[str, tuple[str, int, int]]:
    """Return the answers that boxes in the first `end` characters of a document give, by element of the DEI taxonomy.

    Each has the value, "Yes", "No" or the kind of filer, and the place [start, end) of the words beside the mark.
    """
    answers = {}
    for name, question in _QUESTIONS.items():
        match = question.search(text, 0, end)
        if match and (answer := _answer(text, match.end(), end)):
            answers[name] = answer
    if category := _category(text, end):
        answers["EntityFilerCategory"] = category
    return answers


def _answer(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    following = _NEXT_QUESTION.search(text, start, end)
    end = min(end, start + _LONGEST_QUESTION, following.start() if following else end)
    match = _YES_NO.search(text, start, end)
    if match is None:
        return None
    before = _box(text[max(start, match.start() - _AROUND) : match.start()].rsplit("\n", 1)[-1][-6:])
    between, after = _box(match["between"]), _box(_until_word(text[match.end() : match.end() + _AROUND]))
    are_before = after is Box.NONE and before is not Box.NONE and between is not Box.NONE
    yes, no = (before, between) if are_before else (between, after)
    if (yes is Box.CHECKED) == (no is Box.CHECKED):
        return None
    return ("Yes" if yes is Box.CHECKED else "No"), match.start(), match.end()


def _category(text: str, end: int) -> tuple[str, int, int] | None:
    """Return the kind of filer whose box is marked, if there are boxes at three kinds and just one is."""
    mentions = list(_CATEGORY.finditer(text, 0, end))
    found = []
    for number, match in enumerate(mentions):
        limit = mentions[number + 1].start() if number + 1 < len(mentions) else end
        box = _box(_until_word(text[match.end() : min(limit, match.end() + _AROUND)]))
        if box is not Box.NONE:
            found.append((match, box))
    checked = [match for match, box in found if box is Box.CHECKED]
    if len({_name(match) for match, _ in found}) < _FEWEST_CATEGORIES or len(checked) != 1:
        return None
    return _name(checked[0]), *checked[0].span()


def _name(match: re.Match[str]) -> str:
    if match["kind"]:
        return "Large Accelerated Filer" if match["kind"].lower().startswith("large") else "Non-accelerated Filer"
    return "Accelerated Filer" if match[0].lower().startswith("accelerated") else "Smaller Reporting Company"


def _until_word(text: str) -> str:
    word = _WORD.search(text)
    return text[: word.start()] if word else text


def _box(text: str) -> Box:
    if _CHECKED.search(text):
        return Box.CHECKED
    return Box.EMPTY if _UNCHECKED.search(text) else Box.NONE
