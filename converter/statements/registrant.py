"""What the registrant is called, and which columns of a statement of several companies are its own."""

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from converter.filing import Filing, read_cover
from converter.statements.model import Column, Qualifier
from converter.statements.names import is_adjustment
from converter.vocabulary import Period, wording

_COMMON_WORDS = frozenset(
    {"inc", "incorporated", "corp", "corporation", "company", "ltd", "limited", "llc", "and", "the", "subsidiaries"}
    | {"subsidiary", "consolidated", "new", "group", "holdings", "holding", "international", "industries", "its"}
    | {"partners", "trust", "stores", "affiliates", "companies", "enterprises", "bancorp", "bank", "financial"}
)


def registrant_names(filing: Filing) -> tuple[str, ...]:
    """Return what the registrant is called by the header and by the cover, as far as they are known."""
    cover = read_cover(filing, None)
    return tuple(name for name in (filing.header.company, str(cover.name.value) if cover.name else "") if name)


def telling_words(names: Sequence[str]) -> frozenset[str]:
    """Return the words of names that not many other companies have in theirs, in lowercase."""
    return frozenset().union(*(wording(name).words for name in names)) - _COMMON_WORDS


def with_own_columns(columns: Sequence[Column], names: Sequence[str]) -> tuple[Column, ...]:
    """Make those columns the registrant's that alone in their period are headed with its name.

    `names` are what the registrant is called. Beside adjustments or eliminations, such a column is the parent's alone.
    """
    by_period = defaultdict[Period, list[int]](list)
    for i, column in enumerate(columns):
        by_period[column.period].append(i)
    result = list(columns)
    for indexes in by_period.values():
        beside = [columns[i] for i in indexes]
        if all(column.part for column in beside) and not any(is_adjustment(column.heading) for column in beside):
            named = [i for i in indexes if _is_headed(columns[i], names)]
            if len(named) == 1 < len(indexes):
                result[named[0]] = replace(columns[named[0]], part="", qualifier=None)
    return tuple(result)


def _is_headed(column: Column, names: Sequence[str]) -> bool:
    words = wording(column.heading).words
    return column.qualifier is Qualifier.PART and any(
        telling and telling <= words for telling in (telling_words([name]) for name in names)
    )
