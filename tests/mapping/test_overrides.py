"""The user's own table of mappings."""

from pathlib import Path

import pytest
from helpers.builders import duration, item, mapped, statement

from converter.mapping import OverrideError, apply_overrides, read_overrides
from converter.statements.model import Statement, StatementKind

NAMES = ("Assets", "AssetsCurrent", "InventoryNet", "Revenues")
HEAD = "pattern,statement,concept\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return path


def income(*labels: str) -> Statement:
    period = duration("1996-01-01", "1996-12-31")
    return statement(StatementKind.INCOME, [period], *(item(label, str(n)) for n, label in enumerate(labels)))


def test_a_table(tmp_path: Path) -> None:
    text = f'\ufeff# ours\n{HEAD}\n"merchandise, .*",BS,InventoryNet\nturnover,,Revenues\nsundry,is,-\n'
    found = read_overrides(write(tmp_path, text), NAMES)
    assert [(one.pattern.pattern, one.kind, one.concept) for one in found] == [
        ("merchandise, .*", StatementKind.BALANCE_SHEET, "InventoryNet"),
        ("turnover", None, "Revenues"),
        ("sundry", StatementKind.INCOME, None),
    ]


def test_columns_in_another_order(tmp_path: Path) -> None:
    (found,) = read_overrides(write(tmp_path, "Concept,Pattern,Statement\nAssets,total,bs\n"), NAMES)
    assert (found.pattern.pattern, found.kind, found.concept) == ("total", StatementKind.BALANCE_SHEET, "Assets")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the table is empty: own.csv: its first line must be pattern,statement,concept"),
        ("# nothing\n\n", "the table is empty: own.csv: "),
        ("caption,concept\n", "not the columns of a table of mappings: own.csv:1: the first line must be "),
        ("# head\ncaption\n", "not the columns of a table of mappings: own.csv:2: "),
        (HEAD + "sales,is\n", "2 cells where 3 are needed: own.csv:2: give pattern,statement,concept"),
        (
            HEAD + "\n# x\n(,is,Revenues\n",
            "not a regular expression (missing ), unterminated subpattern at position 0): own.csv:4: ",
        ),
        (HEAD + ",is,Revenues\n", "the pattern is empty: own.csv:2: "),
        (HEAD + "sales,p&l,Revenues\n", "no such statement 'p&l': own.csv:2: give bs, is, cf, or nothing for any"),
        (
            HEAD + "total,bs,Asets\n",
            "no concept 'Asets' in the taxonomy: own.csv:2: did you mean Assets, AssetsCurrent?",
        ),
        (HEAD + "total,bs,Zzz\n", "no concept 'Zzz' in the taxonomy: own.csv:2: see text-to-xbrl concepts WORDS"),
        (HEAD + 'a"b",bs,"Assets\n', "not a line of CSV (unexpected end of data): own.csv:2: "),
    ],
)
def test_a_bad_table_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(OverrideError) as caught:
        read_overrides(path, NAMES)
    assert str(caught.value).replace(f"{path.parent}/", "").startswith(message)
    assert "\n" not in str(caught.value)


def test_no_text(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(b"\xff\xfe\x00pattern")
    with pytest.raises(OverrideError, match="not UTF-8 text"):
        read_overrides(path, NAMES)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_overrides(tmp_path / "none.csv", NAMES)


def applied(tmp_path: Path, table: str, one: Statement, *concepts: str | None) -> list[str | None]:
    overrides = read_overrides(write(tmp_path, HEAD + table), NAMES)
    return [mapping.concept for mapping in apply_overrides(one, (), [mapped(name) for name in concepts], overrides)]


@pytest.mark.parametrize(
    ("table", "concepts"),
    [
        ("turnover,,Revenues\n", ["Revenues", "InventoryNet"]),
        ("TURN.*,is,Revenues\n", ["Revenues", "InventoryNet"]),
        ("turnover,bs,Revenues\n", [None, "InventoryNet"]),
        ("turn,,Revenues\n", [None, "InventoryNet"]),
        ("stock.*,,-\n", [None, None]),
        ("turnover,,InventoryNet\n", ["InventoryNet", None]),
        ("turnover,,Assets\nturn.*,,Revenues\n", ["Assets", "InventoryNet"]),
    ],
    ids=["any statement", "any case", "another statement", "not the whole", "general", "taken away", "first counts"],
)
def test_rows_that_match(tmp_path: Path, table: str, concepts: list[str | None]) -> None:
    assert applied(tmp_path, table, income("Turnover", "Stock in hand"), None, "InventoryNet") == concepts


def test_the_line_break_of_a_caption_is_a_blank(tmp_path: Path) -> None:
    assert applied(tmp_path, "net turnover,,Revenues\n", income("Net\n  turnover"), None) == ["Revenues"]


def test_what_the_user_says_is_certain_and_told(tmp_path: Path) -> None:
    overrides = read_overrides(write(tmp_path, HEAD + "turnover,,Revenues\n"), NAMES)
    own, other = apply_overrides(income("Turnover", "Sales"), (), [mapped("Assets"), mapped("Revenues")], overrides)
    assert own.confidence == 1.0
    assert own.evidence == ("your table: 'turnover'",)
    assert other.concept is None
    assert other.evidence == ("given up to your table",)


def test_the_sign_is_that_of_the_users_concept(tmp_path: Path) -> None:
    overrides = read_overrides(write(tmp_path, HEAD + "sundry,,CostOfRevenue\n"), ["CostOfRevenue"])
    period = duration("1996-01-01", "1996-12-31")
    one = statement(StatementKind.INCOME, [period], item("Sundry", "-12"))
    (mapping,) = apply_overrides(one, (), [mapped("OtherNonoperatingIncomeExpense", sign=1)], overrides)
    assert (mapping.concept, mapping.sign) == ("CostOfRevenue", -1)


def test_a_balance_may_stand_twice_in_a_cash_flow_statement(tmp_path: Path) -> None:
    overrides = read_overrides(write(tmp_path, HEAD + "opening funds,,Cash\n"), ["Cash"])
    period = duration("1996-01-01", "1996-12-31")
    one = statement(StatementKind.CASH_FLOW, [period], item("Opening funds", "12"), item("Closing funds", "13"))
    found = apply_overrides(one, (), [mapped(None), mapped("Cash")], overrides)
    assert [mapping.concept for mapping in found] == ["Cash", "Cash"]
