"""Check the labelled statements of 1993 to 2009 against the taxonomy, the units, the periods and the sums.

usage: python benchmarks/check_training.py

Prints what contradicts, a line each, and how many rows were looked at. What a sum contradicts may be right, for
sums hold by chance, too. `tests/benchmarks/test_training.py` says how many such rows are known.
"""

from collections.abc import Iterator, Sequence

from older_statements import MISREAD, NONE, OTHER_TAXONOMY, LabelledStatement, RowLabel, read_older_statements

from converter.mapping.roles import contradicted_rows
from converter.statements.model import LineItem, StatementKind
from converter.sums import find_sums
from converter.taxonomy import load_taxonomy

_TYPES = {"monetary": "monetary", "shares": "shares", "per-share": "perShare", "pure": "pure"}
_BALANCES_OF_OTHER_STATEMENTS = ("Cash", "RetainedEarnings")
"""Beginnings of the balances that income and cash flow statements print, too."""


def unknown_names(statements: Sequence[LabelledStatement]) -> Iterator[str]:
    """Yield labels that are neither in the taxonomy nor marked as another one's, and those marked although in it."""
    concepts = load_taxonomy().concepts
    for one in statements:
        for label in one.labels:
            for name in sorted(label.accepted - {"", NONE, MISREAD}):
                other = name.startswith(OTHER_TAXONOMY)
                if (name.removeprefix(OTHER_TAXONOMY) in concepts) == other:
                    yield f"{_place(one, label)}: {name}"


def against_unit_or_period(statements: Sequence[LabelledStatement]) -> Iterator[str]:
    """Yield rows whose concept has another unit than their figures, or is no balance in a balance sheet."""
    concepts = load_taxonomy().concepts
    for one in statements:
        for item, label in zip(one.statement.items, one.labels, strict=True):
            concept = concepts.get(label.concept)
            if concept is None:
                continue
            is_balance = concept.period_type == "instant"
            in_balance_sheet = one.statement.kind is StatementKind.BALANCE_SHEET
            allowed = concept.name.startswith(_BALANCES_OF_OTHER_STATEMENTS) and not in_balance_sheet
            if concept.type != _TYPES[item.unit] or (is_balance != in_balance_sheet and not allowed):
                yield f"{_place(one, label)}: {concept.name} for {_words(item)}"


def against_sums(statements: Sequence[LabelledStatement]) -> Iterator[str]:
    """Yield rows whose concept contradicts a sum that holds: its balance, its term, its effect on cash."""
    concepts = load_taxonomy().concepts
    for one in statements:
        names = [label.concept if label.concept in concepts else None for label in one.labels]
        sums = find_sums(one.statement.items, one.statement.kind)
        for i in sorted(contradicted_rows(one.statement, sums, names)):
            yield f"{_place(one, one.labels[i])}: {names[i]} for {_words(one.statement.items[i])}"


def _place(one: LabelledStatement, label: RowLabel) -> str:
    return f"{one.company}, {one.filing}, line {label.line}"


def _words(item: LineItem) -> str:
    return repr(" > ".join([*item.sections, item.label]))


def main() -> None:
    """Print all contradictions."""
    statements = read_older_statements()
    for check in (unknown_names, against_unit_or_period, against_sums):
        found = list(check(statements))
        print(f"{check.__name__}: {len(found)} of {sum(len(one.labels) for one in statements)} rows")
        print("".join(f"  {line}\n" for line in found), end="")


if __name__ == "__main__":
    main()
