"""Pages of one statement are put together, and two statements are not."""

import pytest
from helpers.builders import candidate, instant, item, statement
from msgspec.structs import replace

from converter.statements.merging import merge_pages
from converter.statements.model import Qualifier, Statement, StatementKind
from converter.statements.position import Place

BS, IS, CF = StatementKind.BALANCE_SHEET, StatementKind.INCOME, StatementKind.CASH_FLOW
DAY = (instant("1998-12-31"),)
ASSETS = ("Cash and cash equivalents", "Accounts receivable", "Inventories", "Total current assets", "Total assets")
CLAIMS = (
    *("Accounts payable", "Total current liabilities", "Common stock", "Retained earnings"),
    *("Total stockholders' equity", "Total liabilities and stockholders' equity"),
)


def page(*captions: str, kind: StatementKind = BS) -> Statement:
    rows = (item(caption, str(number)) for number, caption in enumerate(captions, 1))
    return replace(statement(kind, DAY, *rows), printed=len(captions))


FIRST, SECOND = page(*ASSETS), page(*CLAIMS)


def test_two_halves_are_one_statement() -> None:
    first = candidate(FIRST, place=Place.STATEMENTS, findings=1)
    second = candidate(replace(SECOND, title="Balance sheet (continued)"), findings=2)
    (merged,) = merge_pages([first, second])
    assert [row.label for row in merged.statement.items] == [*ASSETS, *CLAIMS]
    assert (merged.statement.title, merged.statement.printed, merged.place) == (FIRST.title, 11, Place.STATEMENTS)
    assert (len(merged.drafts), len(merged.findings)) == (2, 3)


def test_three_pages() -> None:
    pages = [page(*ASSETS[:3]), page(*ASSETS[3:]), SECOND]
    assert [len(one.statement.items) for one in merge_pages(map(candidate, pages))] == [11]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(replace(SECOND, kind=IS), id="another kind"),
        pytest.param(replace(SECOND, document=1), id="another document"),
        pytest.param(replace(SECOND, currency="CAD"), id="another currency"),
        pytest.param(replace(SECOND, qualifier=Qualifier.PARENT_ONLY), id="the parent's"),
        pytest.param(statement(BS, [instant("1997-12-31")], *SECOND.items), id="another day"),
        pytest.param(statement(BS, DAY, *SECOND.items, qualifiers=[Qualifier.PRO_FORMA]), id="another basis"),
        pytest.param(page(*ASSETS[:2], *CLAIMS), id="rows in both"),
        pytest.param(page(), id="nothing"),
    ],
)
def test_what_does_not_belong_together(second: Statement) -> None:
    assert len(merge_pages([candidate(FIRST), candidate(second)])) == 2


@pytest.mark.parametrize("captions", [(ASSETS[0], *CLAIMS), ("Inventories", "Cash", *CLAIMS)])
def test_one_long_caption_or_short_ones_may_be_in_both(captions: tuple[str, ...]) -> None:
    assert len(merge_pages([candidate(FIRST), candidate(page(*captions))])) == 1


def test_a_whole_statement_after_a_whole_one_is_another() -> None:
    other = [caption.replace("Total", "Sum of").replace("Accounts", "Trade") for caption in (*ASSETS, *CLAIMS)]
    whole = page(*ASSETS, *CLAIMS)
    again = page(*(f"{caption} of the trust" if "otal" not in caption else caption for caption in other), *CLAIMS[1:])
    assert len(merge_pages([candidate(whole), candidate(again)])) == 2


def test_what_stands_between_parts_the_pages() -> None:
    between = candidate(page("Net sales", kind=IS))
    assert len(merge_pages([candidate(FIRST), between, candidate(SECOND)])) == 3
    assert merge_pages([]) == []
