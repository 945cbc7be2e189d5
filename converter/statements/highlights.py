"""What is read where a filing has no statement: highlights of a release, an actual column beside pro forma ones."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from converter.filing import Document, Filing
from converter.statements.calendar import Calendar
from converter.statements.classification import LIKELY_SCORE, content_score, find_qualifier, kind_of_title
from converter.statements.dating import dated_by_sentences
from converter.statements.drafts import Draft, columns_for_kind, is_partial_or_pro_forma
from converter.statements.durations import durations_by_end, infer_durations
from converter.statements.model import Qualifier, StatementKind
from converter.tables import TableRow
from converter.vocabulary import expression, is_release

_LINES_ABOVE = 8
_FIRST_LINES = 30
_RELEASE = expression(r"\b(?:for\s+(?:immediate\s+)?release|(?:press|news)\s+release|announces|reports\s+\w+)\b", re.I)
_PRO_FORMA = expression(r"\b(?:(?:actual|historical)\s+and\s+)?pro[\s-]*forma\b", re.I)
_ACTUAL = expression(r"\b(?:actual|historical|as\s+reported)\b", re.I)
_ADJUSTMENT = expression(r"\badjust", re.I)
_NOT_YET = expression(r"\b(?:outlook|guidance|forecasts?|project(?:ed|ions?)|targets?|estimates?|expected)\b", re.I)
"""What a table says that is not about what was earned."""
_BALANCES = expression(
    r"^\W*(?:total\s+|net\s+)?(?:assets|loans|deposits|liabilities|debt|equity|(?:stock|share)\s?holders)\b|"
    r"\bbook\s+value\b|\bbalance\s+sheet\b|\b(?:at|as\s+of)\s+(?:\w+\s+)?(?:period|quarter|year|month)?[\s-]?end\b|"
    r"\bend\s+of\s+(?:the\s+)?(?:period|quarter|year)\b|^\W*cash\b|\bworking\s+capital\b|\bbacklog\b|\baverage\s+balances\b|"
    r"\blong-term\s+debt\b|\btotal\s+(?:assets|liabilities|debt|deposits|loans|equity)\b|\bratios?\b|\breturn\s+on\b",
    re.I,
)
"""Rows, or headings of rows, that are of a day, or no amounts."""
_NET_INCOME = expression(r"\bnet\s+\(?(?:income|loss|earnings)\b", re.I)
_PER_SHARE = expression(r"\bper\b.{0,40}\b(?:share|unit)\b|^\W*(?:basic|diluted|primary)\b", re.I)


def is_of_release(filing: Filing, document: Document) -> bool:
    """Whether a document is an earnings release: by its type, that of the form, or its first lines if it has none."""
    if is_release(document.type) or is_release(filing.header.form):
        return True
    return not (document.type or filing.header.form) and any(map(_RELEASE.search, document.texts[:_FIRST_LINES]))


def find_highlights(drafts: Sequence[Draft], calendar: Calendar, texts: Sequence[str]) -> tuple[int, Draft] | None:
    """Return the first table with the highlights of an income statement, as one, and its index; None without one.

    It has net income, earnings per share and the captions of an income statement over periods that are known. Rows of
    balances, and those parted from net income by them, are left out.
    """
    for index, draft in enumerate(drafts):
        highlights = _as_income_statement(draft)
        if highlights is None:
            continue
        dated = dated_by_sentences(calendar, [highlights], texts)
        if dated is not None:
            head = replace(highlights.head, calendar=dated)
            highlights = replace(highlights, head=head)
            highlights = replace(highlights, columns=columns_for_kind(highlights, StatementKind.INCOME))
        highlights = infer_durations(highlights, durations_by_end([highlights]))
        if any(column.period is not None for column in highlights.columns):
            return index, highlights
    return None


def beside_pro_forma(draft: Draft) -> Draft | None:
    """Return a table titled pro forma as the statement that it is, if one column is actual and all others pro forma."""
    if draft.kind is not None or find_qualifier(draft.title) is not Qualifier.PRO_FORMA:
        return None
    headings = draft.head.headings.columns
    pro_forma = [find_qualifier(text) is Qualifier.PRO_FORMA or bool(_ADJUSTMENT.search(text)) for text in headings]
    actual = [bool(_ACTUAL.search(text)) and not other for text, other in zip(headings, pro_forma, strict=True)]
    kind = kind_of_title(_PRO_FORMA.sub("", draft.title))
    if kind is None or sum(actual) != 1 or sum(pro_forma) != len(headings) - 1:
        return None
    return replace(draft, kind=kind, columns=columns_for_kind(draft, kind), scale=draft.head.scale(draft.texts))


def _as_income_statement(draft: Draft) -> Draft | None:
    texts = (*draft.texts[-_LINES_ABOVE:], *draft.head.headings.columns)
    if draft.kind is not None or is_partial_or_pro_forma(draft) or any(map(_NOT_YET.search, texts)):
        return None
    rows = _around_net_income(draft.rows)
    captions = [caption for row in rows for caption in (row.label, *row.sections)]
    if not any(map(_PER_SHARE.search, captions)) or content_score(StatementKind.INCOME, captions) < LIKELY_SCORE:
        return None
    income = replace(draft, kind=StatementKind.INCOME, rows=rows, presumed=True, title=draft.title or "highlights")
    columns = columns_for_kind(income, StatementKind.INCOME)
    return replace(income, columns=columns, scale=draft.head.scale(draft.texts))


def _around_net_income(rows: Sequence[TableRow]) -> tuple[TableRow, ...]:
    """The rows around net income that no row of balances parts from it; none without net income."""
    found: list[TableRow] = []
    for row in rows:
        if not any(map(_BALANCES.search, (row.label, *row.sections))):
            found.append(row)
        elif any(_NET_INCOME.search(row.label) for row in found):
            break
        else:
            found.clear()
    return tuple(found) if any(_NET_INCOME.search(row.label) for row in found) else ()
