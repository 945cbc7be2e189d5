"""The accounts of general and limited partners in a balance sheet: their totals, and what these are made of."""

from collections.abc import Sequence

from converter.mapping.structure.adding import adds_up
from converter.mapping.structure.model import Verdict
from converter.mapping.totals import is_bare
from converter.statements import LineItem, Statement, UnitKind
from converter.vocabulary import expression, wording

_GENERAL = expression(r"\bgeneral partners?\b")
_LIMITED = expression(r"\b(?:limited partners?|unit\s?holders)\b")
_ACCOUNT = expression(
    r"^\W*(?:total )?(?:the )?(?:general|limited) partners?['’`]?s?\b['’`]?(?! (?:contribut|distribut|advance|loan))|"
    r"^\W*\d[\d,]* (?:limited partnership )?(?:units|interests)\b"
)
_TOTAL = expression(r"^\W*total\b")
GENERAL, LIMITED = "GeneralPartnersCapitalAccount", "LimitedPartnersCapitalAccount"
_REASON = "the heading above it names the partners"


def read_partners(statement: Statement) -> dict[int, Verdict]:
    """Return the verdicts on the rows of the partners' accounts by row.

    Below a heading that names the general or the limited partners stand contributions, earnings and distributions, and
    a total, mostly without a caption; or one row that only counts their units. A row without a caption that both
    accounts make is the partners' capital.
    """
    items = statement.items
    verdicts: dict[int, Verdict] = {}
    accounts: dict[str, int] = {}
    for name, rows in _sections(items):
        total = _total(items, rows)
        if total is None:
            continue
        accounts[name] = total
        verdicts |= dict.fromkeys(rows, Verdict(None, "a part of the partners' account"))
        verdicts[total] = Verdict(name, _REASON)
    if not accounts:
        return {}
    for row, item in enumerate(items):
        if item.unit is UnitKind.MONETARY and row not in verdicts and (name := _named(item.label)):
            accounts.setdefault(name, row)
    if len(accounts) > 1:
        for row in range(max(accounts.values()) + 1, len(items)):
            if is_bare(items[row]) and adds_up(items, row, dict.fromkeys(accounts.values(), 1)):
                verdicts[row] = Verdict("PartnersCapital", "no caption; the accounts of all partners")
                break
    return verdicts


def _sections(items: Sequence[LineItem]) -> list[tuple[str, list[int]]]:
    """The rows of money that stand below a heading of one kind of partners, by the concept of its account."""
    found: list[tuple[str, list[int]]] = []
    before = ""
    for row, item in enumerate(items):
        name = account_of(item) if item.unit is UnitKind.MONETARY else ""
        if name and name == before:
            found[-1][1].append(row)
        elif name:
            found.append((name, [row]))
        before = name
    return found


def account_of(item: LineItem) -> str:
    """The account that the innermost heading over a row names, if the caption names no other one."""
    if not item.sections or _names(item.label) not in ("", _names(item.sections[-1])):
        return ""
    return _names(item.sections[-1])


def _names(text: str) -> str:
    """The account of the one kind of partners that a text names; "" if it names none or both."""
    text = wording(text).lowered
    general, limited = _GENERAL.search(text) is not None, _LIMITED.search(text) is not None
    if general == limited:
        return ""
    return GENERAL if general else LIMITED


def _named(label: str) -> str:
    return _names(label) if _ACCOUNT.match(wording(label).lowered) else ""


def _total(items: Sequence[LineItem], rows: list[int]) -> int | None:
    """The total of the rows below a heading; what stands behind it is no part of the account."""
    for position, row in enumerate(rows):
        parts = rows[:position]
        ends = is_bare(items[row]) or _TOTAL.match(wording(items[row].label).lowered)
        if ends and parts and adds_up(items, row, dict.fromkeys(parts, 1)):
            del rows[position + 1 :]
            return row
    if len(rows) == 1 and not is_bare(items[rows[0]]) and _ACCOUNT.match(wording(items[rows[0]].label).lowered):
        return rows[0]
    return None
