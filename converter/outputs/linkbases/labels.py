"""The labels of a filing: the captions as printed, and the label role with which each row shows its own."""

from collections.abc import Iterator
from typing import NamedTuple

_2003 = "http://www.xbrl.org/2003/role/"
_2009 = "http://www.xbrl.org/2009/role/"

LABEL = f"{_2003}label"
DOCUMENTATION = f"{_2003}documentation"
NEGATED_ROLES = ("negatedLabel", "negatedPeriodEndLabel", "negatedPeriodStartLabel", "negatedTotalLabel",
                 "negatedNetLabel", "negatedTerseLabel")  # fmt: skip
"""The roles of the Link Role Registry for rows whose figures are printed with the sign turned round."""

_PLAIN = (LABEL, f"{_2003}terseLabel", f"{_2003}verboseLabel")
_NEGATED = (f"{_2009}negatedLabel", f"{_2009}negatedTerseLabel", f"{_2009}negatedNetLabel")
_ROLES = {
    ("", False): _PLAIN,
    ("", True): _NEGATED,
    ("total", False): (f"{_2003}totalLabel", *_PLAIN),
    ("total", True): (f"{_2009}negatedTotalLabel", *_NEGATED),
    ("start", False): (f"{_2003}periodStartLabel",),
    ("start", True): (f"{_2009}negatedPeriodStartLabel",),
    ("end", False): (f"{_2003}periodEndLabel",),
    ("end", True): (f"{_2009}negatedPeriodEndLabel",),
}


class Label(NamedTuple):
    """A label of a concept (a qualified name)."""

    concept: str
    role: str
    text: str


class Labels:
    """The labels of all concepts, in the order in which they are given."""

    def __init__(self) -> None:
        self._texts: dict[str, dict[str, str]] = {}

    def add(self, concept: str, text: str, documentation: str = "") -> None:
        """Give a concept a standard label unless it has one, and its documentation."""
        texts = self._texts.setdefault(concept, {})
        texts.setdefault(LABEL, text)
        if documentation:
            texts.setdefault(DOCUMENTATION, documentation)

    def role(self, concept: str, text: str, nature: str, negated: bool) -> str:
        """Return the role with which a row shows the concept under this caption, "" for the standard label.

        `nature` is "total", "start" or "end" (a balance at the beginning or the end of a period), or "". A concept
        printed with more captions than there are roles has the first of them.
        """
        self.add(concept, text)
        texts = self._texts[concept]
        roles = _ROLES[nature, negated]
        role = next((role for role in roles if texts.setdefault(role, text) == text), roles[0])
        return "" if role == LABEL else role

    def __iter__(self) -> Iterator[Label]:
        """Yield all labels."""
        for concept, texts in self._texts.items():
            for role, text in texts.items():
                yield Label(concept, role, text)
