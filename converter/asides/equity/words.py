"""Rules of words: what a heading or a caption has, in any order, and what it has not."""

import re

from msgspec import Struct

from converter.vocabulary import expression


class WordRule(Struct, frozen=True):
    """A text that has all of the required expressions, and not the excluded one."""

    required: tuple[re.Pattern[str], ...]
    excluded: re.Pattern[str] | None

    def fits(self, text: str) -> bool:
        """Whether a text, its words one space apart, is of this kind."""
        if self.excluded is not None and self.excluded.search(text):
            return False
        return all(pattern.search(text) for pattern in self.required)


def word_rule(*required: str, but: str = "") -> WordRule:
    """Make a rule of expressions, whatever the case of letters; `but` is the one excluded, "" for none."""
    compiled = tuple(expression(part, re.I) for part in required)
    return WordRule(compiled, expression(but, re.I) if but else None)
