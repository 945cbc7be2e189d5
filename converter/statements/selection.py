"""Which tables are the registrant's statements: decided over the whole filing.

Every table that can be a statement is a candidate, with evidence for and against it. Of each kind the candidate is
chosen that, together with the others, has the most: a statement by itself may be a summary in the discussion, the
parent's or an acquired company's, but only the registrant's own tell one story.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from msgspec import Struct

from converter.statements.classification import content_score, is_partial
from converter.statements.drafts import Draft
from converter.statements.model import PRIMARY_KINDS, Column, LineItem, Qualifier, Statement, StatementKind, UnitKind
from converter.statements.position import Place
from converter.statements.registrant import telling_words
from converter.vocabulary import Duration, Finding, Instant, Period, expression, wording

MAX_COMPARED = 4
"""So many candidates of a kind, the best by their own evidence, are weighed together with those of other kinds."""

WEAKER = 6
"""A further statement of a kind with so many points less than the chosen one, wherever they stand, is a summary."""

_OTHER_COMPANY = "of another company"
_AMONG_STATEMENTS = "among the financial statements"
_ELSEWHERE = "in the discussion, the selected data or the notes"

_POINTS = {
    "titled": 4,
    "consolidated": 2,
    "balanced": 3,
    _AMONG_STATEMENTS: 3,
    _ELSEWHERE: -2,
    "a summary, supplement or part": -6,
    _OTHER_COMPANY: -6,
    "the cash flow statement starts with its net income": 4,
    "its cash is that of the cash flow statement": 4,
}
"""What a piece of evidence is worth; captions and rows add up to ten points more."""

_NET_INCOME = expression(r"\bnet\s+\(?(?:income|loss|earnings)|^\W*(?:income|earnings|loss|profit)\b", re.I)
_COMPANY = expression(
    r"\b(?:inc|incorporated|corp|corporation|company|co|ltd|limited|llc|l\.?l\.?c|l\.?p|partners|trust(?! corpus))\b",
    re.I,
)

_MOST_TOPS = 20
"""So many rows at most are tried as the total of the assets."""

_SUMMARY = 4
"""So many periods at least are in a summary of several years."""

_REVENUES = (
    "total revenue",
    "total net revenue",
    "total operating revenue",
    "total net sales",
    "total sales",
    "net sales",
)
_PROFITS = ("income", "loss", "earnings", "(loss)", "income (loss)", "(loss) income")
_HEADING = 12
"""So many lines above a table can be its heading."""

_ROUNDED = Decimal("0.001")
"""So small a part of a total is a matter of rounding."""


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
    others = _of_others(candidates, names)
    evidence = {i: tuple(_evidence(candidates[i], i in others)) for i in plain}
    scores = {i: _score(candidates[i], evidence[i]) for i in plain}
    eligible = _eligible(candidates, scores, others)
    main = _best_set(candidates, eligible)
    for i, ties in _ties_of(candidates, main).items():
        evidence[i] += ties
    chosen = set(main) | (set(range(len(candidates))) - set(plain))
    known = {i: _Known(candidates[i].statement) for i in main} if len(chosen) < len(candidates) else {}
    rejected = []
    for i in plain:
        if i in chosen:
            continue
        kind = candidates[i].statement.kind
        first = next((other for other in main if candidates[other].statement.kind is kind), main[0])
        weaker = scores[i] - _place_points(evidence[i]) <= scores[first] - _place_points(evidence[first]) - WEAKER
        weaker = weaker or len(candidates[i].statement.items) * 3 < len(candidates[first].statement.items)
        rival = known[first].is_rival(candidates[i].statement)
        weaker = weaker or known[first].disagrees(candidates[i].statement)
        if rival or weaker or i not in eligible or known[first].is_repeated_by(candidates[i].statement):
            rejected.append(Rejected(candidates[i], candidates[first], evidence[i], rival))
        else:
            chosen.add(i)
    return Selection(tuple(candidates[i] for i in sorted(chosen)), tuple(rejected), evidence)


def _of_others(candidates: Sequence[Candidate], names: Sequence[str]) -> set[int]:
    """The candidates of another company: by the name above them, or the last name above earlier ones of a document."""
    others: set[int] = set()
    for i, candidate in enumerate(candidates):
        another = _names_another(_around_title(candidate.drafts[0]), names)
        if another is None and i - 1 in others:
            another = candidates[i - 1].statement.document == candidate.statement.document
        if another:
            others.add(i)
    return others


def _around_title(draft: Draft) -> Sequence[str]:
    """The lines above the title of a table and the two below it; those of a table without a title."""
    titles = [i for i, text in enumerate(draft.texts) if " ".join(text.split()) in draft.title]
    end = titles[-1] + 3 if titles else len(draft.texts)
    return draft.texts[max(0, end - _HEADING) : end]


def _eligible(candidates: Sequence[Candidate], scores: Mapping[int, int], others: Collection[int]) -> Mapping[int, int]:
    """The scores without those of another company's statements, if any titled statement is not of one."""
    own = {i: score for i, score in scores.items() if i not in others}
    return own if any(candidates[i].titled for i in own) else scores


class _Known:
    """What a chosen statement holds, for comparing others with it."""

    def __init__(self, main: Statement) -> None:
        self._kind = main.kind
        self._figures = _figures_by_period(main.columns, main.items)
        self._totals = _totals(main)

    def is_repeated_by(self, statement: Statement) -> bool:
        """Whether another one has a third of its figures from the chosen: a copy without other periods, or a summary.

        A summary is of more periods than the chosen statement, and of at least four.
        """
        own = _figures_by_period(statement.columns, statement.items)
        figures = [(period, value) for period, values in own.items() for value in values if value]
        common = sum(value in self._figures.get(period, ()) for period, value in figures)
        copied = own.keys() <= self._figures.keys() or len(own) > max(len(self._figures), _SUMMARY - 1)
        return statement.kind is self._kind and copied and bool(figures) and common * 3 >= len(figures)

    def is_rival(self, statement: Statement) -> bool:
        """Whether another one is another company's or a summary: most totals that it shares with the chosen differ.

        Columns with a qualifier (restated, pro forma) are compared with their like only; rounded figures are the same.
        """
        different, compared = self._differences(statement)
        return different >= 2 and different * 2 > compared

    def disagrees(self, statement: Statement) -> bool:
        """Whether most totals that another one shares with the chosen differ, be it one."""
        different, compared = self._differences(statement)
        return different * 2 > compared

    def _differences(self, statement: Statement) -> tuple[int, int]:
        """How many totals that another one shares with the chosen differ, and how many they share."""
        pairs = [(self._totals[key], value) for key, value in _totals(statement).items() if key in self._totals]
        if statement.kind is not self._kind:
            return 0, 0
        return sum(1 for one, other in pairs if abs(one - other) > abs(one) * _ROUNDED), len(pairs)


def _best_set(candidates: Sequence[Candidate], scores: Mapping[int, int]) -> tuple[int, ...]:
    """One candidate of each kind: those whose own points and ties add up to most; of the same, the first."""
    options: list[list[int]] = []
    for kind in PRIMARY_KINDS:
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
    content = min(content_score(statement.kind, captions), 12) // 2
    return content + min(len(captions) // 8, 4) + sum(_POINTS[name] for name in evidence)


def is_consolidated(texts: Sequence[str]) -> bool:
    """Whether the last lines above a table call it consolidated."""
    return any("consolidated" in text.lower() for text in texts[-_HEADING:])


def _place_points(evidence: Iterable[str]) -> int:
    return sum(_POINTS[name] for name in evidence if name in (_AMONG_STATEMENTS, _ELSEWHERE))


def _evidence(candidate: Candidate, of_another: bool) -> Iterator[str]:
    """What one candidate by itself says for and against being the registrant's."""
    statement, place = candidate.statement, candidate.place
    if candidate.titled:
        yield "titled"
    if any(is_consolidated(draft.texts) for draft in candidate.drafts):
        yield "consolidated"
    if statement.kind is StatementKind.BALANCE_SHEET and _balances(statement):
        yield "balanced"
    if place is Place.STATEMENTS:
        yield _AMONG_STATEMENTS
    if place is Place.ELSEWHERE:
        yield _ELSEWHERE
    if is_partial(statement.title):
        yield "a summary, supplement or part"
    if of_another:
        yield _OTHER_COMPANY


def _balances(statement: Statement) -> bool:
    """Whether a row below total assets, or below a total without a caption, has the same figures."""
    rows = [_values(item) for item in statement.items]
    tops = [i for i, item in enumerate(statement.items) if not item.label or _is_total_assets(item.label)]
    return any(any(rows[i]) and rows[i] in rows[i + 1 :] for i in tops[:_MOST_TOPS])


def _is_total_assets(label: str) -> bool:
    return " ".join(label.lower().split()).startswith("total assets")


def _values(item: LineItem) -> tuple[Decimal | None, ...]:
    return tuple(None if figure is None else figure.value for figure in item.figures)


def _names_another(texts: Sequence[str], names: Sequence[str]) -> bool | None:
    """Whether the nearest of the lines above that names a company does not name the registrant; None if none does."""
    known = telling_words(names)
    for text in reversed(texts) if known else ():
        if len(text) < 80 and _is_name(text):
            if wording(text).words & known:
                return False
            if _COMPANY.search(text):
                return True
    return None


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


def _is_cash_at_end(label: str) -> bool:
    words = wording(label).words
    return bool(words & {"end", "ending"}) and bool(words & {"cash", "period", "year", "quarter"})


def _figures_by_period(columns: Sequence[Column], items: Iterable[LineItem]) -> dict[Period, set[Decimal]]:
    figures: dict[Period, set[Decimal]] = {}
    for item in items:
        for column, figure in zip(columns, item.figures, strict=True):
            if figure is not None and column.qualifier is None:
                figures.setdefault(column.period, set()).add(figure.value)
    return figures


class _Total(NamedTuple):
    """A total that statements of a kind have: how its caption starts, what it contains, and how it ends."""

    name: str
    starts: tuple[str, ...]
    contains: str
    ends: tuple[str, ...]


_TOTALS = (
    _Total("assets", ("total assets",), "", ("total assets",)),
    _Total("current assets", ("total current assets",), "", ("assets",)),
    _Total("current liabilities", ("total current liabilities",), "", ("liabilities",)),
    _Total("revenue", _REVENUES, "", ("revenues", "revenue", "sales")),
    _Total("net income", ("net income", "net loss", "net earnings", "net (loss)"), "", _PROFITS),
    _Total("before taxes", ("income", "earnings", "loss"), " before ", ("taxes", "taxes on income")),
    _Total("operating", ("net cash", "cash"), "cash", ("operating activities", "operations")),
    _Total("investing", ("net cash", "cash"), "cash", ("investing activities",)),
    _Total("financing", ("net cash", "cash"), "cash", ("financing activities",)),
)
"""Totals in whatever words; what begins so and ends otherwise is something else."""


def _totals(statement: Statement) -> dict[tuple[str, Period, Qualifier | None, str], Decimal]:
    """The totals of a statement by their kind and column; of several of a kind, the last."""
    totals = {}
    for item in statement.items:
        label = " ".join(item.label.lower().split()).strip(" .:$*")
        name = next((total.name for total in _TOTALS if _is_total(label, total)), None)
        if name is not None and item.unit is UnitKind.MONETARY:
            for column, figure in zip(statement.columns, item.figures, strict=True):
                if figure is not None:
                    totals[name, *column.key] = figure.value
    return totals


def _is_total(label: str, total: _Total) -> bool:
    return label.startswith(total.starts) and total.contains in label and label.endswith(total.ends)
