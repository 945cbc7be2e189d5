"""Amounts per share: each belongs to the result it stands under or names, basic or diluted; and average shares."""

from collections import defaultdict
from collections.abc import Collection
from enum import Enum, auto

from converter.mapping.structure.model import Verdict
from converter.mapping.structure.results import Result, result_of
from converter.statements import LineItem, Statement, UnitKind
from converter.vocabulary import expression, wording


class _Dilution(Enum):
    BASIC = auto()
    DILUTED = auto()
    BOTH = auto()


_OTHER = {_Dilution.BASIC: _Dilution.DILUTED, _Dilution.DILUTED: _Dilution.BASIC}
"""What a row is that does not say so, where the only other one says that it is the first."""
_ELSEWHERE = expression(
    r"\bdividends?\b|\bdistributions?\b|\bbook value\b|\bpro\s?-?forma\b|\bclass\b|\bunits?\b|\bnon-?gaap\b|\bprice\b|"
    r"\bcash flows?\b|\bmarket\b|\bdeclared\b|\bvalue\b|\bexcluding\b|\badjusted\b|\bpreferred\b|\bcomprehensive\b"
)
_CLASS = expression(r"\b(?:class|series) ([a-h])\b")
_BASIC = expression(r"\bbasic\b|\bprimary\b")
_DILUTED = expression(r"\bdilut(?:ed|ion|ive)\b")
_NO_DILUTION = expression(r"\b(?:assuming no|before|undiluted)\W+dilution\b|\bundiluted\b")
_PER_SHARE = expression(r"\bper\b.{0,80}\bshare\b|\beps\b")
_TOTALS = {
    _Dilution.BASIC: "EarningsPerShareBasic",
    _Dilution.DILUTED: "EarningsPerShareDiluted",
    _Dilution.BOTH: "EarningsPerShareBasicAndDiluted",
}
_SHARES = {
    _Dilution.BASIC: "WeightedAverageNumberOfSharesOutstandingBasic",
    _Dilution.DILUTED: "WeightedAverageNumberOfDilutedSharesOutstanding",
    _Dilution.BOTH: "WeightedAverageNumberOfShareOutstandingBasicAndDiluted",
}
_STEMS = {
    Result.CONTINUING: "IncomeLossFromContinuingOperations",
    Result.DISCONTINUED: "IncomeLossFromDiscontinuedOperationsNetOfTax",
    Result.BEFORE_EXTRAORDINARY: "IncomeLossBeforeExtraordinaryItemsAndCumulativeEffectOfChangeInAccountingPrinciple",
    Result.EXTRAORDINARY: "IncomeLossFromExtraordinaryItemsNetOfTax",
    Result.CUMULATIVE: "CumulativeEffectOfChangeInAccountingPrincipleNetOfTax",
}
_EXTRAORDINARY = expression(r"\bextraordinary\b")
_CUMULATIVE = expression(r"\bcumulative effect|\baccounting (?:change|principle)s?\b|\bchanges? in accounting\b")
_AFTER_CHANGES = expression(
    r"\bafter (?:the )?(?:cumulative effect of )?(?:an |the )?(?:accounting changes?|extraordinary items?)\b"
)
_AVERAGE = expression(r"\baverage\b|\bweighted\b|\bshares used\b|\bused (?:in|for|to) (?:the )?(?:comput|calculat)")
_OTHER_SHARES = expression(r"\beffect\b|\bincremental\b|\boptions?\b|\badd\b|\badjust|\bconver")
_REASON = "the result that the row, or the heading above it, names"


def read_earnings_per_share(statement: Statement) -> dict[int, Verdict]:
    """Return the verdicts on the amounts per share of an income statement by row.

    A row that does not say whether it is basic or diluted is what the other row of the same result is not; a result
    with one row only is both (FAS 128, paragraph 36).
    """
    rows: dict[Result, list[tuple[int, _Dilution | None]]] = defaultdict(list)
    for i, item in enumerate(statement.items):
        if item.unit is UnitKind.PER_SHARE and any(item.figures):
            texts = [wording(text).lowered for text in (item.label, *reversed(item.sections))]
            if any(_ELSEWHERE.search(text) for text in texts[:2]):
                continue
            result = _result(texts)
            if result is not None:
                rows[result].append((i, _dilution(texts)))
    verdicts: dict[int, Verdict] = {}
    for result, found in rows.items():
        verdicts |= _of_result(statement.items, result, found)
    return verdicts


def read_average_shares(statement: Statement, per_share: Collection[Verdict]) -> dict[int, Verdict]:
    """Return the verdicts on the average shares of an income statement by row; `per_share` are those on earnings.

    A single row that does not say which shares it means is of basic shares where the earnings per share are both.
    """
    rows: list[tuple[int, _Dilution | None]] = []
    for i, item in enumerate(statement.items):
        if item.unit is UnitKind.SHARES and any(item.figures):
            texts = [wording(text).lowered for text in (item.label, *reversed(item.sections))]
            if any(_ELSEWHERE.search(text) for text in texts[:2]) or _OTHER_SHARES.search(texts[0]):
                continue
            if any(map(_AVERAGE.search, texts)):
                rows.append((i, _dilution(texts)))
    names = {verdict.concept for verdict in per_share}
    both = {_TOTALS[_Dilution.BASIC], _TOTALS[_Dilution.DILUTED]} <= names
    known = {dilution for _, dilution in rows if dilution is not None}
    unknown = [row for row, dilution in rows if dilution is None]
    if len(rows) - len(unknown) != len(known) or len(unknown) > 1 or (unknown and len(known) > 1):
        return {}
    if both and not known and any("equivalent" in statement.items[row].label.lower() for row in unknown):
        return {}
    rest = _rest(known, _Dilution.BASIC if both else _Dilution.BOTH)
    return {
        row: Verdict(_SHARES[dilution or rest], "the earnings per share that they belong to") for row, dilution in rows
    }


def _result(texts: list[str]) -> Result | None:
    """Return the result whose amount per share it is, named by the caption or by the nearest heading that names one."""
    for text in texts:
        if not text.strip():
            continue
        text = _AFTER_CHANGES.sub(" ", text.replace("prior to ", "before "))
        result = result_of(text)
        if result in (Result.NET, Result.COMMON, Result.PARENT):
            return Result.NET
        if result in _STEMS:
            return result
        if "before" not in text and _EXTRAORDINARY.search(text):
            return Result.EXTRAORDINARY
        if "before" not in text and _CUMULATIVE.search(text):
            return Result.CUMULATIVE
        if text.strip(" :-.").startswith("continuing operations"):
            return Result.CONTINUING
        if text.startswith("before ") and _CUMULATIVE.search(text):
            return Result.BEFORE_EXTRAORDINARY
        if _PER_SHARE.search(text):
            return Result.NET
        if not (_BASIC.search(text) or _DILUTED.search(text) or not wording(text).words):
            return None
    return None


def rows_of_classes(statement: Statement) -> tuple[int, ...]:
    """The amounts per share of one of several classes of stock, which are no earnings of all shares."""
    classes = {
        row: found[0]
        for row, item in enumerate(statement.items)
        if item.unit is UnitKind.PER_SHARE and len(found := sorted({*_CLASS.findall(wording(item.label).lowered)})) == 1
    }
    return tuple(classes) if len({*classes.values()}) > 1 else ()


def names_earnings(item: LineItem) -> bool:
    """Whether a row may well be of earnings per share: it says which ones, or names net income or nothing."""
    texts = [wording(text).lowered for text in (item.label, *item.sections)]
    named = result_of(texts[0]) in (Result.NET, Result.COMMON, Result.PARENT)
    return (
        named
        or not wording(item.label).words
        or _dilution(texts) is not None
        or _PER_SHARE.search(texts[0]) is not None
    )


def _dilution(texts: list[str]) -> _Dilution | None:
    for text in texts:
        diluted = _DILUTED.search(text) is not None and not _NO_DILUTION.search(text)
        basic = _BASIC.search(text) is not None or _NO_DILUTION.search(text) is not None
        if basic and diluted:
            return _Dilution.BOTH
        if basic or diluted:
            return _Dilution.BASIC if basic else _Dilution.DILUTED
    return None


def _rest(known: Collection[_Dilution], alone: _Dilution) -> _Dilution:
    """Return what a row is that does not say so: what the other ones are not, or `alone` without others."""
    return next((_OTHER.get(dilution, alone) for dilution in known), alone)


def _of_result(
    items: tuple[LineItem, ...], result: Result, rows: list[tuple[int, _Dilution | None]]
) -> dict[int, Verdict]:
    """Return the verdicts on the rows of one result; none where several rows claim one concept with other figures."""
    known = {dilution for _, dilution in rows if dilution is not None}
    unknown = [row for row, dilution in rows if dilution is None]
    if len(unknown) > 1 or (unknown and len(known) > 1):
        return {}
    rest = _rest(known, _Dilution.BOTH)
    by_name: dict[str, list[int]] = defaultdict(list)
    for row, dilution in rows:
        name = _name(result, dilution or rest)
        if name is not None:
            by_name[name].append(row)
    return {
        row: Verdict(name, _REASON)
        for name, named in by_name.items()
        if len({tuple(figure and figure.value for figure in items[row].figures) for row in named}) == 1
        for row in named
    }


def _name(result: Result, dilution: _Dilution) -> str | None:
    """Return the concept; of results other than net income, amounts that are both basic and diluted count as basic."""
    if result is Result.NET:
        return _TOTALS[dilution]
    return f"{_STEMS[result]}Per{'Diluted' if dilution is _Dilution.DILUTED else 'Basic'}Share"
