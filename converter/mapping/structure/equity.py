"""The equity of a balance sheet: of several totals the last one before total liabilities and equity."""

from converter.mapping.structure.adding import adds_up
from converter.mapping.structure.model import Verdict
from converter.mapping.structure.partners import account_of
from converter.mapping.totals import is_bare
from converter.statements import LineItem, Statement, UnitKind
from converter.vocabulary import expression, wording

EQUITY = "StockholdersEquity"
INCLUDING_MINORITY = "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"
BEFORE_TREASURY = "StockholdersEquityBeforeTreasuryStock"
_OWNERS = r"(?:(?:stock|share)\s?(?:holder|owner)|owner)s?['’`]?s?['’`]?"
_EQUITY = expression(
    rf"^(?:total (?:[\w.,&'’-]+ ){{0,8}})?(?:net |common |consolidated )*{_OWNERS} "
    r"(?:equity|investment|deficit|deficiency|interest|capital)\b|"
    r"^total (?:common |capital |permanent |parent |company )?(?:equity|net worth|(?:capital )?deficit|deficiency)\b|"
    rf"^(?:total )?equity \(?(?:deficit|deficiency|\w+ of assets)|^total common {_OWNERS}|^(?:total )?common equity$|"
    rf"^(?:net )?(?:capital deficit|deficit in {_OWNERS} equity)"
)
_ALTERNATIVE = expression(r"\((?:net )?(?:deficit|deficiency|capital deficit|deficiency in assets|impairment)\)")
_CLAIMS = expression(r"^(?:total )?liabilities\b[^,&/]*?(?:\band\b|&|,|/)")
_EQUITY_FIRST = expression(r"^(?:total )?(?:\w[\w'’]{0,20} ){0,2}equity (?:and|&) (?:total )?liabilities\W*$")
_CLAIMED = expression(r"equity|deficit|deficiency|investment|capital|interest")
_SECTION = expression(rf"\bequity\b|{_OWNERS}|\bdeficit\b|\bdeficiency\b|\bnet worth\b|\bcapital\b")
_LIABILITIES = expression(r"\bliabilit")
_PART = expression(r"retained|reinvested|accumulated|paid[\s-]in|common|capital|surplus|treasury|deficit|comprehensive")
_CERTAIN_PART = expression(r"retained|reinvested|paid[\s-]in|accumulated (?:deficit|other)|surplus")
_TREASURY = expression(r"treasury|\breacquired\b|\brepurchased\b|held in trust|at cost|\besop\b|unearned|\bless\b")
_MINORITY = expression(r"\bminority\b|\bnon-?\s?controlling\b|\bof subsidiar|\bsubsidiaries['’]")
_NAMES_OWNERS = expression(r"(?:stock|share)\s?(?:holder|owner)")
_ALL_EQUITY = expression(r"total equity\b")
_OTHER_OWNERS = expression(
    r"^\W*(?:total (?:[\w'’-]+ ){0,3}?)?(?:(?P<partners>partners|unit\s?holders)|members|patrons)['’]?s? "
    r"(?:and patrons['’]? )?(?:equit(?:y|ies)|capital|investments?|interests?|deficit|deficiency)\b"
)
_PARTNERS = expression(r"partners|members|unit\s?holders|policyholders")


def read_equity(statement: Statement) -> dict[int, Verdict]:
    """Return the verdicts on the totals of equity of a balance sheet by row.

    The last total before that of liabilities and equity is the company's equity. With the minority owners' share
    between two totals (FAS 160) the last one includes it. A total that treasury stock is taken off below is the
    subtotal before it; any other is a part.
    """
    items = statement.items
    end = _end(items)
    totals = [i for i in range(end) if _is_total_of_equity(items, i, end)]
    if not totals or any(_PARTNERS.search(wording(items[i].label).lowered) for i in totals):
        return _of_other_owners(items, end)
    last = totals[-1]
    verdicts = {last: Verdict(EQUITY, "the last total of equity")}
    shared = [i for i in totals[:-1] if _is_with_others(items, i, last)] or _own_equity(items, last)
    if shared:
        own = shared[-1]
        verdicts[last] = Verdict(INCLUDING_MINORITY, "the last total of equity, with the minority owners' share")
        verdicts[own] = Verdict(EQUITY, "the total of equity before the minority owners' share")
    for row in totals:
        if row not in verdicts:
            below = [wording(items[i].label).lowered for i in range(row + 1, min(row + 4, last))]
            treasury = any(_TREASURY.search(text) for text in below)
            verdicts[row] = Verdict(
                BEFORE_TREASURY if treasury else None, "a subtotal: another total of equity follows"
            )
    return verdicts | _liabilities(items, last, end)


def _liabilities(items: tuple[LineItem, ...], equity: int, end: int) -> dict[int, Verdict]:
    """Return the verdict on the row without a caption that makes all claims with the equity."""
    if end == len(items):
        return {}
    bare = [row for row in range(end) if row != equity and is_bare(items[row])]
    rows = [row for row in bare if adds_up(items, end, {row: 1, equity: 1})]
    return {rows[0]: Verdict("Liabilities", "no caption; with equity all claims")} if len(rows) == 1 else {}


def _of_other_owners(items: tuple[LineItem, ...], end: int) -> dict[int, Verdict]:
    """Return the verdict on the last total of the equity of partners or members, without a minority owners' share."""
    texts = [wording(item.label).lowered if item.unit is UnitKind.MONETARY else "" for item in items[:end]]
    totals = [(i, match) for i, text in enumerate(texts) if (match := _OTHER_OWNERS.match(text)) is not None]
    if not totals or any(_is_minority(item) for item in items[totals[0][0] : end]):
        return {}
    row, match = totals[-1]
    name = "PartnersCapital" if match["partners"] else "MembersEquity"
    return {row: Verdict(name, "the last total of the owners' equity")}


def _end(items: tuple[LineItem, ...]) -> int:
    """Return the row of total liabilities and equity, or the number of rows."""
    for i, item in enumerate(items):
        text = wording(item.label).lowered
        claims = _CLAIMS.match(text) if item.unit is UnitKind.MONETARY else None
        if claims is not None and _CLAIMED.search(text, claims.end()):
            return i
        if item.unit is UnitKind.MONETARY and _EQUITY_FIRST.match(text):
            return i
    last = len(items) - 1
    return last if last >= 0 and is_bare(items[last]) else len(items)


def _is_total_of_equity(items: tuple[LineItem, ...], row: int, end: int) -> bool:
    item = items[row]
    if item.unit is not UnitKind.MONETARY or not any(item.figures):
        return False
    if is_bare(item):
        return _is_bare_total(items, row, end)
    text = " ".join(_ALTERNATIVE.sub(" ", wording(item.label).bare).split())
    return _EQUITY.search(text) is not None and not _MINORITY.search(text)


def _is_bare_total(items: tuple[LineItem, ...], row: int, end: int) -> bool:
    """Whether a row without a caption stands below parts of equity, in their section."""
    section = items[row].sections[-1:]
    if section and _LIABILITIES.search(section[0].lower()) and not _SECTION.search(section[0].lower()):
        return False
    above = items[row - 1] if row else None
    if above is None or row >= end or account_of(items[row]):
        return False
    in_equity = any(_SECTION.search(text.lower()) for text in items[row].sections[-1:])
    return (in_equity or _PART.search(wording(above.label).lowered) is not None) and _is_part_of_equity(items, row)


def _is_part_of_equity(items: tuple[LineItem, ...], row: int) -> bool:
    """Whether retained earnings, paid-in capital or the like stand in the five rows above."""
    return any(_CERTAIN_PART.search(wording(item.label).lowered) for item in items[max(0, row - 5) : row])


def _is_with_others(items: tuple[LineItem, ...], row: int, last: int) -> bool:
    """Whether the last total has the minority owners' share, too: it stands between, or only the first names owners."""
    named, all_equity = (wording(items[i].label).lowered for i in (row, last))
    if _NAMES_OWNERS.search(named) and _ALL_EQUITY.match(all_equity):
        return True
    return any(_is_minority(items[i]) for i in range(row + 1, last))


def _own_equity(items: tuple[LineItem, ...], last: int) -> list[int]:
    """Return the row of the company's equity, by whatever name, that makes the last total with the minority owners'."""
    minority = next((i for i in range(last - 1, 0, -1) if items[i].unit is UnitKind.MONETARY), 0)
    own = minority - 1
    if not minority or not _is_minority(items[minority]) or items[own].unit is not UnitKind.MONETARY:
        return []
    if _PARTNERS.search(wording(items[own].label).lowered):
        return []
    return [own] if adds_up(items, last, {own: 1, minority: 1}) else []


def _is_minority(item: LineItem) -> bool:
    return item.unit is UnitKind.MONETARY and _MINORITY.search(wording(item.label).lowered) is not None
