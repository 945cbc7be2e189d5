"""What the arithmetic of a statement says against a concept: a part of a total of expenses is no revenue."""

from collections.abc import Sequence

from converter.arithmetic import Sum
from converter.mapping.signs import is_two_signed, only_loss, printed_sign
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
        turned = total.balance == "debit" and printed_sign(statement.items[found.total]) < 0
        for part, sign in found.parts:
            concept = concepts[part]
            if concept is not None and _misplaced(concept, statement.items[part], sign, total, turned):
                wrong.add(part)
    return wrong


def _misplaced(concept: Concept, item: LineItem, sign: int, total: Concept, turned: bool) -> bool:
    """Whether a part has the wrong balance; `turned` says that the total is one of costs in brackets.

    A cost printed the other way than its total may be one that was given back.
    """
    printed = printed_sign(item)
    if not printed or not concept.balance or is_two_signed(concept.name):
        return False
    if (printed < 0) != turned:
        if concept.balance == total.balance == "debit":
            return False
        sign = -sign
    return (concept.balance == total.balance) != (sign > 0)
