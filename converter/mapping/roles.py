"""What the arithmetic of a statement says against a concept: a part of a total of expenses is no revenue."""

from collections.abc import Sequence

from converter.arithmetic import Sum
from converter.mapping.signs import is_two_signed, only_loss
from converter.statements import Kind, LineItem, Statement
from converter.taxonomy import Concept, load_taxonomy


def contradicted(statement: Statement, sums: Sequence[Sum], names: Sequence[str | None]) -> set[int]:
    """The rows whose concept has the wrong balance for the part they play in a sum that holds.

    What is added to a total has the total's balance, what is taken from it the other one (XBRL 2.1 section
    5.1.1.2, table 6). Nothing is said of concepts that may have either sign, nor of cash flows.
    """
    if statement.kind is Kind.CASH_FLOW:
        return set()
    known = load_taxonomy().concepts
    concepts = [known.get(name) if name is not None else None for name in names]
    wrong: set[int] = set()
    for found in sums:
        total = concepts[found.total]
        if not found.holds or total is None or not total.balance or only_loss(statement.items[found.total].label):
            continue
        for part, sign in found.parts:
            concept = concepts[part]
            if concept is not None and _misplaced(concept, statement.items[part], sign, total):
                wrong.add(part)
    return wrong


def _misplaced(concept: Concept, item: LineItem, sign: int, total: Concept) -> bool:
    values = [figure.value for figure in item.figures if figure is not None and figure.value]
    if not concept.balance or is_two_signed(concept.name) or not values:
        return False
    if all(value < 0 for value in values):
        sign = -sign
    elif not all(value > 0 for value in values):
        return False
    return (concept.balance == total.balance) != (sign > 0)
