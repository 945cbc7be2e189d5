"""Which tables are the registrant's statements: decided over the whole filing.

Every table that can be a statement is a candidate, with evidence for and against it. Of each kind the candidate is
chosen that, together with the others, has the most: a statement by itself may be a summary in the discussion, the
parent's or an acquired company's, but only the registrant's own tell one story.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from msgspec import Struct

from converter.statements.classification import content_scores, is_partial
from converter.statements.drafts import Draft
from converter.statements.model import Column, LineItem, Qualifier, Statement, StatementKind, UnitKind
from converter.statements.position import Place
from converter.vocabulary import Duration, Finding, Instant, Period, wording

MAX_COMPARED = 4
"""So many candidates of a kind, the best by their own evidence, are weighed together with those of other kinds."""

WEAKER = 6
"""A further statement of a kind with so many points less than the chosen one is a summary of it, or something else."""

_OTHER_COMPANY = "of another company"

_POINTS = {
    "titled": 4,
    "consolidated": 2,
    "balanced": 3,
    "among the financial statements": 3,
    "in the discussion, the selected data or the notes": -2,
    "a summary, supplement or part": -6,
    _OTHER_COMPANY: -6,
    "the cash flow statement starts with its net income": 4,
    "its cash is that of the cash flow statement": 4,
}
"""What a piece of evidence is worth; captions and rows add up to ten points more."""

_TOTAL_ASSETS = re.compile(r"\W*total\s+assets[^\w(]*(?:\([^()]*\)[^\w(]*)?", re.I)
_NET_INCOME = re.compile(r"\bnet\s+\(?(?:income|loss|earnings)|^\W*(?:income|earnings|loss|profit)\b", re.I)
_END_OF_PERIOD = re.compile(r"\bend\s+of\s+(?:the\s+)?(?:period|year|quarter)", re.I)
_COMPANY = re.compile(
    r"\b(?:inc|incorporated|corp|corporation|company|co|ltd|limited|llc|l\.?l\.?c|l\.?p|partners|trust)\b", re.I
)
_COMMON_WORDS = frozenset(
    {"inc", "incorporated", "corp", "corporation", "company", "ltd", "limited", "llc", "and", "the", "subsidiaries"}
    | {"subsidiary", "consolidated", "new", "group", "holdings", "holding", "international", "industries", "its"}
    | {"partners", "trust", "stores", "affiliates", "companies", "enterprises", "bancorp", "bank", "financial"}
)


class Candidate(Struct, frozen=True):
    """A statement that may be the registrant's: the drafts it was read from, what could not be read, its place.

    `unscaled`: no page of it states a scale.
    """

    statement: Statement
    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]
    place: Place
    unscaled: bool = False

    @property
    def titled(self) -> bool:
        """Whether a line above one of its pages names the statement."""
        return any(draft.titled for draft in self.drafts)


class Rejected(Struct, frozen=True):
    """A candidate that is not the registrant's statement, the one that is, and what there is for it.

    A `rival` has other totals than the one that is; otherwise there is just less for it.
    """

    candidate: Candidate
    instead: Candidate
    evidence: tuple[str, ...]
    rival: bool


class Selection(Struct, frozen=True):
    """The candidates chosen, in printed order, with the evidence of each, and those rejected."""

    chosen: tuple[Candidate, ...]
    rejected: tuple[Rejected, ...]
    evidence: Mapping[int, tuple[str, ...]]


def select(candidates: Sequence[Candidate], names: Sequence[str]) -> Selection:
    """Choose the registrant's statements. `names` are what the registrant is called, most certain first.

    A further statement of a kind is chosen as well if it gives the same figures or other periods; statements with a
    qualifier (parent only, pro forma) stand beside the others and are no candidates for their place.
    """
    plain = [i for i, candidate in enumerate(candidates) if candidate.statement.qualifier is None]
    evidence = {i: tuple(_evidence(candidates[i], names)) for i in plain}
    scores = {i: _score(candidates[i], evidence[i]) for i in plain}
    main = _best_set(candidates, _eligible(candidates, scores, evidence))
    for i, ties in _ties_of(candidates, main).items():
        evidence[i] += ties
    chosen = set(main) | (set(range(len(candidates))) - set(plain))
    known = {i: _Known(candidates[i].statement) for i in main}
    rejected = []
    for i in plain:
        if i in chosen:
            continue
        kind = candidates[i].statement.kind
        first = next((other for other in main if candidates[other].statement.kind is kind), main[0])
        rival = known[first].is_rival(candidates[i].statement)
        weaker = scores[i] <= scores[first] - WEAKER or _OTHER_COMPANY in evidence[i]
        if rival or weaker or known[first].is_repeated_by(candidates[i].statement):
            rejected.append(Rejected(candidates[i], candidates[first], evidence[i], rival))
        else:
            chosen.add(i)
    return Selection(tuple(candidates[i] for i in sorted(chosen)), tuple(rejected), evidence)


def _eligible(
    candidates: Sequence[Candidate], scores: Mapping[int, int], evidence: Mapping[int, Sequence[str]]
) -> Mapping[int, int]:
    """The scores without those of another company's statements, if any titled statement is not of one."""
    own = {i: score for i, score in scores.items() if _OTHER_COMPANY not in evidence[i]}
    return own if any(candidates[i].titled for i in own) else scores


class _Known:
    """What a chosen statement holds, for comparing others with it."""

    def __init__(self, main: Statement) -> None:
        self._kind = main.kind
        self._figures = _figures_by_period(main.columns, main.items)
        self._totals = _totals(main)

    def is_repeated_by(self, statement: Statement) -> bool:
        """Whether a third of the figures of another one are those of the chosen, in its periods: a summary or copy."""
        own = _figures_by_period(statement.columns, statement.items)
        figures = [(period, value) for period, values in own.items() for value in values if value]
        common = sum(value in self._figures.get(period, ()) for period, value in figures)
        return statement.kind is self._kind and bool(figures) and common * 3 >= len(figures)

    def is_rival(self, statement: Statement) -> bool:
        """Whether another one is another company's, or of a part: most totals it shares with the chosen differ.

        Columns with a qualifier (restated, pro forma) are compared with their like only.
        """
        pairs = [(self._totals[key], value) for key, value in _totals(statement).items() if key in self._totals]
        different = sum(1 for one, other in pairs if one != other)
        return different >= 2 and different > len(pairs) - different


def _best_set(candidates: Sequence[Candidate], scores: Mapping[int, int]) -> tuple[int, ...]:
    """One candidate of each kind: those whose own points and ties add up to most; of the same, the first."""
    options: list[list[int]] = []
    for kind in StatementKind:
        of_kind = sorted((i for i in scores if candidates[i].statement.kind is kind), key=lambda i: (-scores[i], i))
        if of_kind:
            options.append(of_kind[:MAX_COMPARED])
    best: tuple[int, tuple[int, ...]] | None = None
    for chosen in product(*options):
        points = sum(scores[i] for i in chosen)
        points += sum(_POINTS[tie] for ties in _ties_of(candidates, chosen).values() for tie in ties)
        key = (-points, chosen)
        if best is None or key < best:
            best = key
    return best[1] if best is not None else ()


def _score(candidate: Candidate, evidence: Iterable[str]) -> int:
    statement = candidate.statement
    captions = [item.label for item in statement.items]
    content = min(content_scores(captions)[statement.kind], 12) // 2
    return content + min(len(captions) // 8, 4) + sum(_POINTS[name] for name in evidence)


def _evidence(candidate: Candidate, names: Sequence[str]) -> Iterator[str]:
    """What one candidate by itself says for and against being the registrant's."""
    statement, place = candidate.statement, candidate.place
    texts = [text for draft in candidate.drafts for text in draft.texts[-6:]]
    if candidate.titled:
        yield "titled"
    if any("consolidated" in wording(text).lowered for text in (statement.title, *texts)):
        yield "consolidated"
    if statement.kind is StatementKind.BALANCE_SHEET and _balances(statement):
        yield "balanced"
    if place is Place.STATEMENTS:
        yield "among the financial statements"
    if place is Place.ELSEWHERE:
        yield "in the discussion, the selected data or the notes"
    if is_partial(statement.title):
        yield "a summary, supplement or part"
    if _names_another(texts, names):
        yield _OTHER_COMPANY


def _balances(statement: Statement) -> bool:
    """Whether a row below total assets has the same figures."""
    totals = [i for i, item in enumerate(statement.items) if _TOTAL_ASSETS.fullmatch(item.label)]
    if not totals:
        return False
    figures = _values(statement.items[totals[0]])
    return any(figures) and any(_values(item) == figures for item in statement.items[totals[0] + 1 :])


def _values(item: LineItem) -> tuple[Decimal | None, ...]:
    return tuple(None if figure is None else figure.value for figure in item.figures)


def _names_another(texts: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the lines above name a company, and none of them the registrant."""
    known = frozenset().union(*(wording(name).words for name in names)) - _COMMON_WORDS
    if not known:
        return False
    companies = [text for text in texts if _COMPANY.search(text) and len(text) < 80 and _is_name(text)]
    return bool(companies) and not any(wording(text).words & known for text in texts)


def _is_name(text: str) -> bool:
    words = [word for word in text.split() if word[:1].isalpha()]
    return bool(words) and sum(word[0].isupper() for word in words) * 4 >= len(words) * 3


def _ties_of(candidates: Sequence[Candidate], chosen: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """What ties the statements together, by the statement that it speaks for."""
    by_kind = {candidates[i].statement.kind: i for i in chosen}
    flows = by_kind.get(StatementKind.CASH_FLOW)
    if flows is None:
        return {}
    ties: dict[int, tuple[str, ...]] = {}
    income, balance = by_kind.get(StatementKind.INCOME), by_kind.get(StatementKind.BALANCE_SHEET)
    if income is not None and _starts_with_income(candidates[flows].statement, candidates[income].statement):
        ties[income] = ("the cash flow statement starts with its net income",)
    if balance is not None and _ends_with_cash(candidates[flows].statement, candidates[balance].statement):
        ties[balance] = ("its cash is that of the cash flow statement",)
    return ties


def _starts_with_income(flows: Statement, income: Statement) -> bool:
    """Whether one of the first rows of a cash flow statement has a figure of the income statement in its period."""
    earned = _figures_by_period(income.columns, income.items)
    rows = [item for item in flows.items if item.unit is UnitKind.MONETARY][:4]
    first = _figures_by_period(flows.columns, [item for item in rows if _NET_INCOME.search(item.label)])
    return any(value in earned.get(period, ()) for period, values in first.items() for value in values if value)


def _ends_with_cash(flows: Statement, balance: Statement) -> bool:
    """Whether the cash at the end of a period is a figure of the balance sheet of its last day."""
    owned = _figures_by_period(balance.columns, balance.items)
    rows = [item for item in flows.items if _is_cash_at_end(item.label)]
    return any(
        value in owned.get(Instant(period.end), ())
        for period, values in _figures_by_period(flows.columns, rows).items()
        if isinstance(period, Duration)
        for value in values
        if value
    )


def _is_cash_at_end(caption: str) -> bool:
    words = wording(caption).words
    return ("cash" in words and bool({"end", "ending"} & words)) or _END_OF_PERIOD.search(caption) is not None


def _figures_by_period(columns: Sequence[Column], items: Iterable[LineItem]) -> dict[Period, set[Decimal]]:
    figures: dict[Period, set[Decimal]] = {}
    for item in items:
        for column, figure in zip(columns, item.figures, strict=True):
            if figure is not None and column.qualifier is None:
                figures.setdefault(column.period, set()).add(figure.value)
    return figures


_TOTAL_CAPTION = re.compile(
    r"total\s+(?:current\s+)?(?:assets|liabilities)|total\s+(?:net\s+)?(?:revenues?|sales)|"
    r"net\s+(?:sales|revenues?|income|loss|earnings)(?:\s*\(loss\))?|net\s+cash\s.*activities|"
    r"income.*before\s+(?:provision\s+for\s+)?(?:income\s+)?taxes",
    re.I,
)


def _totals(statement: Statement) -> dict[tuple[str, Period, Qualifier | None, str], Decimal]:
    return {
        (wording(item.label).lowered, *column.key): figure.value
        for item in statement.items
        if item.unit is UnitKind.MONETARY and _TOTAL_CAPTION.fullmatch(item.label)
        for column, figure in zip(statement.columns, item.figures, strict=True)
        if figure is not None
    }
