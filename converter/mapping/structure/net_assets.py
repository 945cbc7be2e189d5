"""Balance sheets that lead to net assets: what is owed is taken off the assets, and no row is all of the assets.

Companies of the United Kingdom and Ireland print them so (Companies Act 1985, schedule 4, balance sheet format 1).
"""

from converter.mapping.captions import normalize_caption
from converter.mapping.structure.model import Verdict
from converter.mapping.totals import is_bare
from converter.statements import LineItem, Statement, UnitKind
from converter.vocabulary import expression

_MARKS = (
    expression(r"^creditors?\b"),
    expression(r"^debtors?\b"),
    expression(r"^net current (?:assets?|liabilit)"),
    expression(r"^total assets less current liabilit"),
    expression(r"^share premium\b"),
    expression(r"\bstockholders funds$"),
)
_LEAST_MARKS = 3
_FIXED = expression(r"^\W*(?:total )?fixed assets\W*$")
_CAPTIONS = (
    (expression(r"^tangible (?:fixed )?assets?$"), "PropertyPlantAndEquipmentNet"),
    (expression(r"^(?:total )?fixed assets$"), "AssetsNoncurrent"),
    (expression(r"^stocks?(?: and work in progress)?$"), "InventoryNet"),
    (expression(r"^cash at bank(?: and in hand)?$|^cash in hand$"), "Cash"),
    (expression(r"^(?:current liabilities )?creditors?\b.{0,40}\bwithin (?:one|1) year$"), "LiabilitiesCurrent"),
    (expression(r"^creditors?\b.{0,40}\bafter\b.{0,20}\byear$"), None),
    (expression(r"^provisions? for liabilit"), None),
    (expression(r"^net current (?:assets?|liabilit)"), None),
    (expression(r"^total assets less current liabilit"), None),
    (expression(r"^(?:total )?net (?:assets|liabilities)$"), None),
    (expression(r"^common stock$|^(?:issued )?(?:ordinary )?share capital$|^ordinary shares$"), "CommonStockValue"),
    (expression(r"^share premium(?: account)?$"), "AdditionalPaidInCapital"),
    (expression(r"^profit and loss account$"), "RetainedEarningsAccumulatedDeficit"),
    (expression(r"^(?:total )?(?:equity )?stockholders funds$"), "StockholdersEquity"),
)
_REASON = "a balance sheet that leads to net assets"


def read_net_assets(statement: Statement) -> dict[int, Verdict]:
    """Return the verdicts on the rows of a balance sheet that leads to net assets; none for any other."""
    phrases = [normalize_caption(item.label).phrase for item in statement.items]
    headings = [normalize_caption(section).phrase for item in statement.items for section in item.sections]
    texts = {*phrases, *headings}
    if sum(any(mark.search(text) for text in texts) for mark in _MARKS) < _LEAST_MARKS:
        return {}
    found: dict[str, list[int]] = {}
    verdicts: dict[int, Verdict] = {}
    for row, (item, phrase) in enumerate(zip(statement.items, phrases, strict=True)):
        if item.unit is not UnitKind.MONETARY or not any(item.figures):
            continue
        if is_bare(item):
            phrase = "fixed assets" if _is_of_fixed_assets(item) else ""
        concept = next((name for caption, name in _CAPTIONS if caption.search(phrase)), "")
        if concept is None:
            verdicts[row] = Verdict(None, _REASON)
        elif concept:
            found.setdefault(concept, []).append(row)
    return verdicts | {rows[0]: Verdict(name, _REASON) for name, rows in found.items() if len(rows) == 1}


def _is_of_fixed_assets(item: LineItem) -> bool:
    return any(_FIXED.search(normalize_caption(section).phrase) for section in item.sections[-1:])
