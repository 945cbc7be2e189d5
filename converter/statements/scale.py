"""The scale of a statement and the unit of each of its rows."""

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from converter.statements.model import ONE, StatementKind, UnitKind
from converter.vocabulary import Amount, expression, has_any, keyword_pattern

_FACTORS = {"thousand": Decimal(1000), "million": Decimal(1_000_000), "billion": Decimal(1_000_000_000)}
_OF_DOLLARS = r"(?-i:Thousands|THOUSANDS|Millions|MILLIONS) of (?:[\w.]{1,9} )?dollars"
"""A scale without a bracket or "in", often behind a date; prose writes it in small letters."""
_NAME = r"\s(?!(?:dollars|u\.?s|canadian|cdn|euros?|pounds|yen|of|except|and|omitted|unless)\b)(?-i:[A-Z])"
"""What stands behind "Thousand" or "Million" in a company's name: "Thousand Trails", "Million Dollar Theatres"."""
# For texts whose words are one space apart. What is repeated has a bound, so that no start reads on to the end.
_SCALE_PHRASE = expression(
    r"(?:\bin\b|amounts?|dollars?|figures?|expressed|stated|omitted|[$£¥€]|\bUS\b|Cdn|[(]|data|except|"
    r"\b(?:EUR|GBP|CHF|CAD|USD)(?=\s?['’]?000)|"
    rf"(?=\b{_OF_DOLLARS})|"
    r"^)\W{0,40}(?:(?>\w{1,40}(?:\.\w{1,40}){0,9})\W{1,40}){0,4}?"
    rf"(?:(thousand|million|billion)(?:s\b|\b(?!{_NAME}))|"
    r"['(]?(?:\$\s*)?(?<![\d,])(?:1,?(?=000['’]?s)|(?<=\$)1,(?=000\)))?(000(?:,000)?)(?!\d|,\d))",
    re.I,
)
_ABBREVIATED = expression(
    r"(?:(?:[Dd]ollars|DOLLARS|[Aa]mounts|\$)\s+(?:in|IN)\s|\((?:US)?(?:\$\s?)?(?:in\s)?(?:\$\s?)?|(?:^|\s)\$|(?:^|[\s(])[£€])"
    r"(MM?|K|[Mm]il|[Mm]ln|(?<=[£€])m)\b\.?\s?\$?(?=[\s,;)]|$)(?<!\(M)(?<!\(K)"
)
"""As in "(MM)", "$M", "($ in MM)", "Dollars in K"; not "(M)", which may be a footnote mark."""
_ABBREVIATION = expression(r"(?:MM?|K|[Mm]il|[Mm]ln|[£€]m)\b", first="MKm£€")  # for speed
_WHOLE_DOLLARS = keyword_pattern("dollar", r"\bin (?:whole )?dollars\b|\bnearest (?:whole )?dollar\b")
_SCALE_WORDS = ("thousand", "million", "000", "billion")
_SCALE_WORD = expression("|".join(_SCALE_WORDS))
_MAX_PHRASE_START = 80  # characters of a scale phrase before the number, at most
_PROSE_FIGURE = expression(rf"\d\s*(?!{_OF_DOLLARS})(?:thousand|million|billion)", re.I)
_WHOLE_SHARES = keyword_pattern(
    "except",
    r"except (?:for |as to )?(?:(?:number of|par value|ratios?|percentages?|where|per[ -]{1,3}share (?:data|amounts)?)"
    r",? ?(?:and )?){0,9}(?:the )?(?:number of )?(?:common )?(?:share|unit)s?\b(?! ?prices?)|"
    r"except per[ -]{1,3}share (?:amounts |data )?and (?:share|weighted|number)|"
    r"except (?:per )?share ?(?:/|and|or) ?(?:per )?share",
)
_SHARES_SCALE = keyword_pattern(
    "share", r"shares?\s+(?:\w+\s+){0,4}?(?:in\s+)?(thousand|million)s|(thousand|million)s\s+of\s+shares"
)


class Scale(Struct, frozen=True):
    """Factors from printed to whole units; if `shares` is None, that of `money` holds unless a row states its own.

    `assumed`: the table states no scale.
    """

    money: Decimal
    shares: Decimal | None = None
    assumed: bool = False


def read_scale(texts: Sequence[str]) -> Scale | None:
    """Return the scale that title and heading lines state ("(in thousands, except per share data)"), or None."""
    text = " ".join(" ".join(texts).split())
    if not has_any(text.lower(), _SCALE_WORDS):
        abbreviated = _ABBREVIATED.search(text) if _ABBREVIATION.search(text) else None
        money = _FACTORS["thousand" if abbreviated[1] == "K" else "million"] if abbreviated else None
        if money is None:
            return Scale(ONE) if _WHOLE_DOLLARS.search(text) else None
        return Scale(money, ONE if _WHOLE_SHARES.search(text) else None)
    without_figures = _PROSE_FIGURE.sub("", text)
    scale_word = _SCALE_WORD.search(without_figures.lower())
    match = (
        _SCALE_PHRASE.search(without_figures, max(0, scale_word.start() - _MAX_PHRASE_START)) if scale_word else None
    )
    if match is None:
        return Scale(ONE) if _WHOLE_DOLLARS.search(text) else None
    word = match[1] or ("million" if "," in match[2] else "thousand")
    money = _FACTORS[word.lower()]
    shares_scale = _SHARES_SCALE.search(text)
    if shares_scale:
        return Scale(money, _FACTORS[(shares_scale[1] or shares_scale[2]).lower()])
    return Scale(money, ONE if _WHOLE_SHARES.search(text) else None)


_SHARE_COUNT = keyword_pattern(
    "share|unit|stock|equivalents|average|ads",
    r"(?:weighted|average|number\s+of)\W+(?:\w+\W+){0,6}?(?:shares|units|equivalents)|\b(?:shares|"
    r"units)\s+(?:used|outstanding|issued)|"
    r"^(?:common\s+|ordinary\s+|basic\s+|diluted\s+)?(?:and\s+common\s+equivalent\s+)?shares\b|"
    r"(?:common\s+)?(?:share|stock)\s+equivalents|"
    r"average\s+(?:common\s+)?(?:shares|stock)|shares\s+(?:for|in)\s+(?:computing|computation|"
    r"calculati)|\bshares\b\W*$|^(?:basic|diluted)\W+weighted\W+average\W*$|\bADSs?\s+outstanding",
)
_MONEY_OF_STOCK = expression(
    r"par\s+value|stated\s+value|no[\s-]par|authorized|\bat\s+cost|\$|stock,|paid|purchase|"
    r"issu\w{0,9}\s+of|proceeds|repurchase|redemption|retire|dividends|"
    r"^(?:net\s+)?\(?(?:income|earnings|loss(?:es)?|gains?|accretion|interest|minority|write-?\s?(?:downs?|offs?)|"
    r"compensation|expenses?)\b(?!.*\bper\b)",
    re.I,
)
_PER_SHARE = expression(
    r"\bper\s+(?:[\w-]+\s+){0,5}?(?:share|unit|ads|adr|interest)s?\b|\ba\s+share\b|/\s*share\b|\bEPS\b",
    re.I,
    first="pa/e",
)
_RATIO = expression(
    r"\bratios?\b|\bpercent(?:age)?\b|effective\s+(?:income\s+)?tax\s+rate|%|return\s+on|\bmargin\s*%",
    re.I,
    first="rpem%",
)
_QUANTITY = expression(
    r"\b(?:(?:kilo|mega|giga)watt|[kmg]wh\b|m?mcf\b|bcf\b|mmbtu\b|deka?therm|therms\b|barrels\b|bbls?\b|gallons\b|"
    r"tons\b|tonnes\b|ounces\b|degree[\s-]days|square\s+f(?:ee|oo)t|(?:passenger|seat|ton|vehicle)[\s-]miles|"
    r"number\s+of\s+(?:\w+\s+){0,2}(?:customers|employees|stores|restaurants|locations|branches|subscribers|beds|rooms)\b)",
    re.I,
    first="bdgkmnopstv",
)
"""What is counted or measured, not paid."""
_MONEY = expression(r"\b(?:revenues?|costs?|expenses?|income|prices?|charges?|per|taxes)\b|\$", re.I, first="rceipt$")
_BOOK_VALUE = expression(r"book\s+value\s+per", re.I)
_COUNT = expression(
    r"(?:total |average )?number of (?!.*\b(?:shares?|stock|units|ads|adrs|dollars)\b)|"
    r"(?:[\w-]{1,20} ){0,3}"
    r"(?:stores|restaurants|branches|offices|employees|customers|subscribers|hotels|rooms|clubs|schools|headcount)"
    r"(?: \w{1,20}){0,2},? at (?:the )?(?:beginning|end|period|year|quarter)|"
    r"(?:full[- ]time )?equivalent employees\b",
    re.I,
)
"""What counts things other than shares, in the operating data below an income statement."""
_NOTE_REFERENCE = expression(r"\((?:notes?\s[^)]{0,99}|unaudited)\)", re.I)
_DIVIDEND = expression(r"dividend|\$", re.I)
_PER_SHARE_IN_BRACKETS = expression(r"\([^)]{0,99}per\s+(?:\w+\s+){0,5}share", re.I)
_OWN_SCALE = expression(
    r"\bin\s+(thousand|million)s|(?<![\d,])\(?000['’]?s?\b|\((thousand|million)s\)", re.I, first="i0("
)
_OWN_SCALE_OF_MONEY = expression(
    r"\((?:amounts? |figures? |dollars |\$ ?)?in (?:(thousand|million|billion)s(?: of dollars)?|"
    r"(?:whole |actual )?dollars)\)",
    re.I,
)
_IN_CENTS = expression(r"(?:\bin |[-–—(] ?|\bper (?:\w{1,12} ){0,3}(?:share|unit),? )(?:cents|pence)\b", re.I)
_CENT = Decimal("0.01")
_SHARES_FIRST = expression(
    r"(?:(?:weighted[\s-]+)?average\s+|number\s+of\s+|common\s+|basic\s+|diluted\s+)*(?:shares|"
    r"units)\s+(?:used|outstanding)",
    re.I,
)
_SHARES_OF_SHEET = expression(
    r"(?:total )?(?:number of )?(?:common |preferred |ordinary )?"
    r"(?:shares (?:issued|outstanding|authorized)[\w\s]*|"
    r"(?:(?:issued|outstanding|authorized)(?:,? and outstanding)? shares|authorized)\W*)",
    re.I,
)
"""Rows of a balance sheet that count shares; stock "issued" is an amount as well."""
_EPS_LABEL = expression(
    r"(?:earnings|income|loss|net income|net loss)?\W*(?:basic|diluted|primary|fully diluted|"
    r"assuming (?:full )?dilution|basic and diluted)(?: (?:eps|earnings|income|loss).*)?",
    re.I,
)


def row_unit(
    kind: StatementKind, label: str, sections: Sequence[str], amounts: Sequence[Amount], places: int = 0
) -> UnitKind:
    """Return the unit of a row: money, shares, money per share or a pure number.

    Caption, headings and figures decide together: an amount per share is printed with cents, in a
    table whose amounts mostly have `places` decimal places.
    """
    figures = [amount for amount in amounts if not amount.absent]
    label = (_NOTE_REFERENCE.sub("", label) if "(" in label else label).strip()
    if any(a.percent for a in figures) and all(a.percent or a.dash for a in figures):
        return UnitKind.PURE
    if any(a.places for a in figures) and _are_small(figures) and _RATIO.search(label):
        return UnitKind.PURE
    if kind is StatementKind.INCOME and _COUNT.match(label) and not any(a.currency for a in figures):
        return UnitKind.PURE
    if kind is StatementKind.INCOME:
        if _QUANTITY.search(label) and not _MONEY.search(label) and not any(a.currency for a in figures):
            return UnitKind.PURE
        return _income_unit(label, sections, figures, places)
    if kind is StatementKind.BALANCE_SHEET and _SHARES_OF_SHEET.fullmatch(label):
        return UnitKind.SHARES
    if _BOOK_VALUE.match(label) and _have_cents(figures):
        return UnitKind.PER_SHARE
    return UnitKind.MONETARY


def _income_unit(label: str, sections: Sequence[str], figures: Sequence[Amount], places: int) -> UnitKind:
    innermost = sections[-1] if sections else ""
    per_share = _PER_SHARE.search(label) is not None
    are_small, have_cents = _are_small(figures), _have_cents(figures)
    states_per_share = per_share and not _is_dividend_amount(label)
    if (
        have_cents
        and are_small
        and (places < 2 or states_per_share or (_EPS_LABEL.fullmatch(label) and _PER_SHARE.search(innermost)))
    ):
        return UnitKind.PER_SHARE
    counts_shares = _SHARE_COUNT.search(label) and not _MONEY_OF_STOCK.search(label)
    if _SHARES_FIRST.match(label) and not any(a.places >= 2 for a in figures):
        return UnitKind.SHARES
    if states_per_share and not counts_shares and any(a.currency for a in figures):
        return UnitKind.PER_SHARE
    if per_share and not are_small and not _DIVIDEND.search(label):
        return UnitKind.SHARES
    if (counts_shares or _is_share_count_heading(innermost)) and not (per_share and are_small):
        return UnitKind.SHARES
    if states_per_share and are_small:
        return UnitKind.PER_SHARE
    are_zero = all(a.dash or a.value == 0 for a in figures)
    return UnitKind.PER_SHARE if are_zero and any(_PER_SHARE.search(s) for s in sections[-2:]) else UnitKind.MONETARY


def _is_share_count_heading(heading: str) -> bool:
    """Whether rows under a heading count shares, as under "Shares used in computing earnings per share"."""
    shares, per_share = _SHARE_COUNT.search(heading), _PER_SHARE.search(heading)
    return shares is not None and (per_share is None or shares.start() < per_share.start())


def _have_cents(figures: Sequence[Amount]) -> bool:
    printed = [amount for amount in figures if not amount.dash]
    return bool(printed) and all(amount.places >= 2 for amount in printed)


def _are_small(figures: Sequence[Amount]) -> bool:
    return all(abs(amount.value) < 1000 for amount in figures)


def _is_dividend_amount(label: str) -> bool:
    """Whether a caption is like "Cash dividends ($.30 per share)", so that the row itself is an amount of money."""
    return _PER_SHARE_IN_BRACKETS.search(label) is not None or "$" in label


def share_factor(scale: Scale, label: str, sections: Sequence[str], figures: Sequence[Decimal]) -> Decimal:
    """Return the factor of a row that counts shares: what caption or headings state, else the statement's scale.

    No company has 20 billion shares: if the scale would make as many, the figures are printed in whole shares.
    """
    own = next((factor for text in (label, *reversed(sections)) if (factor := stated_factor(text))), None)
    if own is not None:
        return own
    factor = scale.shares if scale.shares is not None else scale.money
    largest = max((abs(value) for value in figures), default=Decimal(0))
    if scale.shares is None and factor > 1 and largest * factor >= Decimal(20_000_000_000):
        return ONE
    return factor


def money_factor(scale: Scale, caption: str) -> Decimal:
    """Return the factor of a row of money: what its caption states in brackets, else the statement's scale."""
    own = _OWN_SCALE_OF_MONEY.search(caption)
    if own is None:
        return scale.money
    return _FACTORS[own[1].lower()] if own[1] else ONE


def per_share_factor(captions: Sequence[str], figures: Sequence[Decimal]) -> Decimal:
    """Return the factor of amounts per share: a hundredth if caption or headings say that they are in cents or pence.

    Amounts that are all less than one are in whole units already: each is printed with its sign of a cent.
    """
    in_cents = any(abs(value) >= 1 for value in figures) and any(map(_IN_CENTS.search, captions))
    return _CENT if in_cents else ONE


def stated_factor(caption: str) -> Decimal | None:
    """Return the factor that a caption states of its own row: "(in thousands)"; None if it states none."""
    match = _OWN_SCALE.search(caption)
    if match is None:
        return None
    word = match[1] or match[2]
    return _FACTORS[word.lower()] if word else Decimal(1000)
