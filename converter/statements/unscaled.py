"""The scale of statements that state none: what else in the filing tells by how much their figures were divided.

Earnings over earnings per share against the printed share counts, par value by shares issued, the filer's own schedule,
statements that state a scale, sentences, and the size of the other statements: the first of these that decides holds
for all such statements of a document. Share counts are printed in full more often than money, so they are not divided
instead.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from converter.filing import Filing
from converter.statements.model import ONE, LineItem, Statement, StatementKind, UnitKind
from converter.statements.shares import implied_money_factor, rescale_share_counts, scaled
from converter.vocabulary import Code, Finding, Severity, expression, is_schedule

_FACTORS = (ONE, Decimal(1_000), Decimal(1_000_000))
_NAMES = {Decimal(1_000): "thousands", Decimal(1_000_000): "millions", Decimal(1_000_000_000): "billions"}
_SMALL = 1_000_000
"""Statements whose largest figure is smaller may be in thousands, or those of a company that has hardly anything."""
_MOST_DIGITS = Decimal(100_000_000)
"""Larger figures are no thousands, whatever the multiplier of a schedule says."""
_LEAST_FIGURE = 100
_ENOUGH, _SMALLEST_IN_DOLLARS = 10, 1_000
"""Among so many figures one is smaller if they are thousands."""
_MOST_SENTENCES = 500
_FAR_TOO_SMALL = 100


class Unscaled(Struct, frozen=True):
    """Statements with the scale that was found, it by the index of the document, and what is to be said of it."""

    statements: tuple[Statement, ...]
    factors: Mapping[int, Decimal]
    findings: tuple[Finding, ...]


def find_scale(filing: Filing, statements: Sequence[Statement], assumed: Collection[int]) -> Unscaled:
    """Scale the statements that state no scale; `assumed` are their indexes among the statements."""
    result = list(statements)
    factors: dict[int, Decimal] = {}
    findings: list[Finding] = []
    for document in sorted({statements[i].document for i in assumed}):
        own = [i for i in assumed if statements[i].document == document and statements[i].qualifier is None]
        if not own:
            continue
        case = _Case(filing, [statements[i] for i in own], [s for i, s in enumerate(statements) if i not in assumed])
        factor, reason = next((found for evidence in _EVIDENCE if (found := evidence(case)) is not None), (ONE, ""))
        factors[document] = factor
        findings += case.findings(factor, reason)
        for i in assumed if factor != ONE else ():
            if statements[i].document == document:
                result[i] = _with_scale(statements[i], factor)
    return Unscaled(tuple(result), factors, tuple(findings))


class _Case(Struct, frozen=True):
    """The statements of a document that state no scale, and those of the filing that do."""

    filing: Filing
    statements: Sequence[Statement]
    others: Sequence[Statement]

    def findings(self, factor: Decimal, reason: str) -> Iterator[Finding]:
        """Yield what is to be said of a factor that was found, or of none for a company of nearly nothing."""
        first = self.statements[0]
        lines = self.filing.documents[first.document].lines
        line = lines[first.items[0].source.line].number if first.items else None
        if factor != ONE:
            name = _NAMES.get(factor, f"units of {factor:,f}")
            message = f"the statements do not state a scale; they are in {name}, as {reason} shows"
            yield Finding(Severity.WARNING, Code.SCALE_UNCERTAIN, message, line)
        elif not reason and max(self.figures(), default=_SMALL) < _SMALL:
            message = "the statements do not state a scale, and nothing tells whether they are in dollars or thousands"
            in_dollars = len(self.figures()) >= _ENOUGH and min(self.figures()) >= _SMALLEST_IN_DOLLARS
            severity = Severity.WARNING if in_dollars else Severity.ERROR
            yield Finding(severity, Code.SCALE_UNCERTAIN, message, line)

    def figures(self) -> set[Decimal]:
        """The printed figures of money, without sign, that are large enough to be compared."""
        return {value for statement in self.statements for value in _printed(statement)}


def _printed(statement: Statement) -> Iterator[Decimal]:
    for item in statement.items if statement.qualifier is None else ():
        for figure in item.figures if item.unit is UnitKind.MONETARY else ():
            if figure is not None and abs(figure.amount.value) >= _LEAST_FIGURE and not figure.amount.places:
                yield abs(figure.amount.value)


_Found = tuple[Decimal, str] | None


def _by_shares(case: _Case) -> _Found:
    """Earnings per share are earnings over shares."""
    for statement in case.statements:
        implied = implied_money_factor(statement.items) if statement.kind is StatementKind.INCOME else None
        if implied in _FACTORS:
            return _FACTORS[_FACTORS.index(implied)], "net income over earnings per share"
    return None


_PAR = expression(
    r"\$\s?(\d{0,3}\.\d{1,4}|\d{1,3}(?!\d|,\d))\s+(?:par|stated)\b|\bpar\s+value\s+(?:of\s+)?\$\s?(\d*\.?\d+)"
)
_COUNT = expression(r"(?<![\d.,$])(?:\d{3}|\d{1,3},\d{3}|\d{1,3},\d{3},\d{3}),\d{3}(?![\d,])")
"""At least a hundred thousand: smaller counts may be in thousands themselves."""


def _by_par_value(case: _Case) -> _Found:
    """Par value by the number of shares issued is the amount of a class of stock."""
    found = {
        factor
        for statement in case.statements
        if statement.kind is StatementKind.BALANCE_SHEET
        for item in statement.items
        for factor in _par_factors(item)
    }
    return (found.pop(), "par value by the shares issued") if len(found) == 1 else None


def _par_factors(item: LineItem) -> Iterator[Decimal]:
    par = _PAR.search(item.label)
    counts = [Decimal(count.replace(",", "")) for count in _COUNT.findall(item.label)[:6]] if par else []
    for figure in item.figures:
        printed = abs(figure.amount.value) if figure is not None else 0
        if par and printed >= 10:
            for count in counts:
                product = Decimal(par[1] or par[2]) * count
                yield from (f for f in _FACTORS if abs(product - printed * f) <= f / 2 and product)


_TAG = expression(r"\s{0,9}<([A-Z][A-Z&-]{0,30})>\s{1,60}\(?-?([\d,]{1,24})(?![.\d])")


def _by_schedule(case: _Case) -> _Found:
    """The financial data schedule has the same figures with a multiplier."""
    printed = {figure for figure in case.figures() if figure < _MOST_DIGITS}
    for document in case.filing.documents:
        if is_schedule(document.type):
            tags = [match for text in document.texts if (match := _TAG.match(text))]
            values = {tag[1]: Decimal(tag[2].replace(",", "") or 0) for tag in tags}
            multiplier = values.pop("MULTIPLIER", ONE)
            counts = {f: sum(value * multiplier / f in printed for value in {*values.values()}) for f in _FACTORS}
            best = max(_FACTORS, key=lambda f: counts[f])
            if counts[best] >= 3 and counts[best] > 2 * sum(n for f, n in counts.items() if f != best):
                return best, "the financial data schedule"
    return None


def _by_others(case: _Case) -> _Found:
    """Another statement has the same large figures, and states its scale."""
    figures = {figure for figure in case.figures() if figure >= _LEAST_FIGURE * 10}
    factors = {
        item.factor
        for statement in case.others
        if figures & set(_printed(statement))
        for item in statement.items
        if item.unit is UnitKind.MONETARY
    }
    return (factors.pop(), "another statement with the same figures") if len(factors) == 1 else None


def _by_size(case: _Case) -> _Found:
    """The other statements of the document are in thousands or millions, and these would be far too small in dollars.

    No company's revenues are a hundred times its assets, nor its assets a hundred times its revenues.
    """
    document = case.statements[0].document
    others = [statement for statement in case.others if statement.document == document and statement.qualifier is None]
    factors = {item.factor for s in others for item in s.items if item.unit is UnitKind.MONETARY}
    largest = max(case.figures(), default=Decimal(0))
    if len(factors) != 1 or not largest:
        return None
    factor = factors.pop()
    other = max((value * factor for statement in others for value in _printed(statement)), default=Decimal(0))
    if factor not in _FACTORS or not largest * _FAR_TOO_SMALL < other < largest * factor * _FAR_TOO_SMALL:
        return None
    return factor, "the size of the other statements"


_AMOUNT = expression(r"\$\s?(\d{1,3}(?:,\d{3})*(?:\.\d{1,3})?|\.\d{1,3})\s{1,3}(thousand|million|billion)\b", re.I)
_WORDS = {"thousand": Decimal(1_000), "million": Decimal(1_000_000), "billion": Decimal(1_000_000_000)}


def _by_sentences(case: _Case) -> _Found:
    """Sentences state at least three of the figures in millions."""
    text = "\n".join(case.filing.documents[case.statements[0].document].texts)
    counts = dict.fromkeys(_FACTORS, 0)
    stated = {
        (match[1].replace(",", ""), match[2].lower()) for match in islice(_AMOUNT.finditer(text), _MOST_SENTENCES)
    }
    figures = sorted(case.figures())
    for digits, word in sorted(stated):
        if len(digits.replace(".", "").lstrip("0")) >= 3:
            unit = _WORDS[word]
            places = len(digits.partition(".")[2])
            value, error = Decimal(digits) * unit, unit / Decimal(10) ** places / 2
            for factor in _FACTORS:
                nearest = bisect_left(figures, (value - error) / factor)
                counts[factor] += nearest < len(figures) and figures[nearest] * factor <= value + error
    best = max(_FACTORS, key=lambda f: counts[f])
    others = sum(count for factor, count in counts.items() if factor != best)
    return (best, "the text") if counts[best] >= 3 and counts[best] > 2 * others else None


_IN_DOLLARS = expression(
    r"\((?:amounts\s{1,3})?(?:stated|expressed|presented)\s{1,3}in\s{1,3}(?:u\.?\s?s\.?|united\s{1,3}states|canadian)\s{1,3}"
    r"(?:dollars|\$|funds)\)",
    re.I,
)


def _by_words(case: _Case) -> _Found:
    """The document says that amounts are in dollars of a country, in brackets and without a word for a scale."""
    text = "\n".join(case.filing.documents[case.statements[0].document].texts)
    return (ONE, "the currency in brackets") if _IN_DOLLARS.search(text) else None


_EVIDENCE: tuple[Callable[[_Case], _Found], ...] = (
    _by_shares,
    _by_par_value,
    _by_others,
    _by_schedule,
    _by_sentences,
    _by_size,
    _by_words,
)


def _with_scale(statement: Statement, factor: Decimal) -> Statement:
    items = [
        scaled(item, factor) if item.unit is UnitKind.MONETARY and item.factor == ONE else item
        for item in statement.items
    ]
    return replace(statement, items=rescale_share_counts(items, statement.kind))
