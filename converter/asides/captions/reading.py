"""Balance sheets -> their share data as statements of their own, with the findings about what is not read."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from converter.asides.captions.counting import StatedPassage, factor_of_counts, with_proven_counts
from converter.asides.captions.lexer import CaptionToken, Word
from converter.asides.captions.mapping import class_member, concept_of, map_stated
from converter.asides.captions.passages import Passage, find_passages
from converter.asides.captions.stating import Statement as Stated
from converter.asides.captions.stating import Stock, read_caption
from converter.filing import Filing
from converter.mapping import MappedStatement
from converter.statements import ONE, Figure, LineItem, Origin, Statement, StatementKind, UnitKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary import Amount, Code, Finding, Instant, Severity, expression

_UNITS = {
    Word.PAR: UnitKind.PER_SHARE,
    Word.PREFERENCE_PER_SHARE: UnitKind.PER_SHARE,
    Word.LIQUIDATION: UnitKind.MONETARY,
}
_CURRENCIES = (
    ("EUR", "€|EUR"), ("CHF", "CHF"), ("GBP", "£|GBP"), ("JPY", "¥|Yen"), ("KRW", "Won|KRW"), ("ILS", "NIS"),
    ("DEM", "DM"), ("HKD", r"HK\$"), ("TWD", r"NT\$"), ("CAD", r"C\$|Cdn\$"), ("AUD", r"A\$"), ("USD", r"US\s?\$|USD"),
)  # fmt: skip
_CURRENCY_PATTERNS = tuple((code, expression(pattern, re.I)) for code, pattern in _CURRENCIES)
_STATES_COUNT = expression(
    r"\d{3}\s(?:shares\s)?(?:authori[sz]ed|issued|outstanding)|(?:authori[sz]ed|issued)\W{1,9}\d", re.I
)
_MOST_UNLIKE = 5
"""A preference of all shares differs from the amount of its row by this factor at most."""


class ShareData(NamedTuple):
    """What the captions of a balance sheet state of shares, and findings about captions that are not read."""

    mapped: MappedStatement | None
    findings: tuple[Finding, ...]


def read_share_data(filing: Filing, statement: Statement, weighted_counts: Collection[Decimal]) -> ShareData:
    """Read the share data that the captions of a balance sheet state.

    `weighted_counts` are numbers of whole shares that the filing's income statements have.
    """
    columns = _plain_columns(statement)
    if statement.kind is not StatementKind.BALANCE_SHEET or not columns:
        return ShareData(None, ())
    document = filing.documents[statement.document]
    ends = [period.day for i in columns if isinstance(period := statement.columns[i].period, Instant)]
    money = next((item.factor for item in statement.items if item.unit is UnitKind.MONETARY), ONE)
    stated = [
        with_proven_counts(StatedPassage(passage, _checked(read_caption(passage.text, ends)), columns), money)
        for passage in find_passages(statement, document.texts)
    ]
    factor = factor_of_counts(stated, money, statement.title, weighted_counts)
    rows = list(_rows(statement, stated, factor, money))
    read = {row.item.sections[-1] for row in rows}
    findings = [
        _not_read(filing, each.passage)
        for each in stated
        if each.passage.text not in read and _STATES_COUNT.search(each.passage.text)
    ]
    if not rows:
        return ShareData(None, tuple(findings))
    title = f"{statement.title} (parenthetical)"
    share_data = replace(
        statement, title=title, items=tuple(row.item for row in rows), printed=0, origin=Origin.PARENTHETICAL
    )
    mappings = tuple(map_stated(row.concept) for row in rows)
    return ShareData(MappedStatement(share_data, (), mappings), tuple(findings))


def _plain_columns(statement: Statement) -> tuple[int, ...]:
    """Return the columns of the registrant's own balances as reported, if no two are of one day."""
    columns = tuple(
        i
        for i, column in enumerate(statement.columns)
        if isinstance(column.period, Instant) and column.qualifier is None and not column.part
    )
    days = {statement.columns[i].period for i in columns}
    return columns if len(days) == len(columns) else ()


def _checked(stated: Sequence[Stated]) -> tuple[Stated, ...]:
    """Return what is stated without counts that cannot be, as of more shares issued than authorized."""
    by_stock: dict[tuple[Stock, Word], Stated] = {(each.stock, each.word): each for each in stated}
    wrong: set[tuple[Stock, Word]] = set()
    for stock, word in by_stock:
        for more, less in (
            (Word.AUTHORIZED, Word.ISSUED),
            (Word.AUTHORIZED, Word.OUTSTANDING),
            (Word.ISSUED, Word.OUTSTANDING),
        ):
            if word is less and (stock, more) in by_stock and _exceeds(by_stock[stock, less], by_stock[stock, more]):
                wrong |= {(stock, more), (stock, less)}
    return tuple(each for each in stated if (each.stock, each.word) not in wrong)


def _exceeds(less: Stated, more: Stated) -> bool:
    pairs = zip(less.amounts, more.amounts, strict=True)
    return any(
        a and b and a.in_full == b.in_full and not a.nothing and not b.nothing and a.value > b.value for a, b in pairs
    )


class _Row(NamedTuple):
    """A line item and its concept."""

    item: LineItem
    concept: str


def _rows(
    statement: Statement, stated: Sequence[StatedPassage], factor: Decimal | None, money: Decimal
) -> Iterator[_Row]:
    """Yield a row for each thing stated that can be read and told apart from what other captions state."""
    members = _members([each.stock for passage in stated for each in passage.stated])
    for passage in stated:
        for each in passage.stated:
            concept = concept_of(each.stock, each.word)
            if each.stock not in members or concept is None:
                continue
            item = _item(statement, passage, each, factor, money)
            if item is not None:
                label = ", ".join(filter(None, (load_taxonomy().concepts[concept].label, each.stock.name)))
                yield _Row(replace(item, label=label, stock_class=members[each.stock]), concept)


def _members(stocks: Sequence[Stock]) -> Mapping[Stock, str]:
    """Return the member of each stock, "" without one; stocks that cannot be told apart from others are left out."""
    members = {}
    for stock in stocks:
        is_alone = all(other.name == stock.name for other in stocks if other.kind is stock.kind)
        member = "" if is_alone or not stock.name else class_member(stock)
        if member is not None:
            members[stock] = member
    return members


def _item(
    statement: Statement, passage: StatedPassage, stated: Stated, factor: Decimal | None, money: Decimal
) -> LineItem | None:
    """Return what is stated as a row; None if its scale or the place of an amount is not certain."""
    unit = _UNITS.get(stated.word, UnitKind.SHARES)
    figures: list[Figure | None] = [None] * len(statement.columns)
    currency = ""
    for token, column in zip(stated.amounts, passage.columns, strict=True):
        if token is None:
            continue
        scale = ONE if token.in_full or unit is UnitKind.PER_SHARE else factor
        if stated.word is Word.LIQUIDATION and not token.in_full:
            scale = _scale_of_preference(passage, token, column, money)
        source = passage.passage.locate(token.start, token.end)
        if scale is None or source is None:
            return None
        places = token.places - scale.adjusted()
        amount = Amount(token.value, max(0, token.places), currency=token.currency)
        figures[column] = Figure(token.value * scale, places, amount, source)
        currency = currency or _currency(token.currency, statement.currency)
    first = next(figure for figure in figures if figure is not None)
    return LineItem(
        stated.word.value,
        (passage.passage.text,),
        0,
        False,
        unit,
        tuple(figures),
        first.source,
        factor=factor or ONE,
        currency=currency,
    )


def _scale_of_preference(passage: StatedPassage, token: CaptionToken, column: int, money: Decimal) -> Decimal | None:
    """Return the scale with which the preference of all shares is about the amount of its row, None without one."""
    row = passage.passage.rows[-1] if len(passage.passage.rows) == 1 else None
    figure = row.figures[column] if row else None
    if figure is None or not figure.value:
        return None
    amount = abs(figure.value)
    near = [f for f in {ONE, money} if amount / _MOST_UNLIKE <= token.value * f <= amount * _MOST_UNLIKE]
    return near[0] if len(near) == 1 else None


def _currency(printed: str, statement_currency: str) -> str:
    """Return the ISO 4217 code of a currency as printed, "" for that of the statement."""
    if printed in ("", "$"):
        return ""
    code = next((code for code, pattern in _CURRENCY_PATTERNS if pattern.fullmatch(printed)), "")
    return "" if code == statement_currency else code


def _not_read(filing: Filing, passage: Passage) -> Finding:
    source = passage.source
    line = filing.documents[source.document].lines[source.line]
    text = passage.text if len(passage.text) <= 160 else f"{passage.text[:157]}..."
    message = f"share data not read, as it is not certain what each number is: {text!r}"
    return Finding(Severity.INFO, Code.CAPTION_NOT_READ, message, line.number, source.start, source.end)
