"""EX-27 financial data schedules: their values, periods and concepts, and where they disagree with the statements."""

from datetime import date
from decimal import Decimal

import pytest

from converter.asides.schedules.mapping import map_schedule, schedule_concepts
from converter.asides.schedules.reading import find_schedules
from converter.filing.reader import Filing, read_filing
from converter.pipeline import read_data
from converter.statements.model import Qualifier, StatementKind
from converter.taxonomy import load_taxonomy
from converter.vocabulary.periods import Duration, Instant

SCHEDULE = """\
<DOCUMENT>
<TYPE>EX-27
<SEQUENCE>2
<TEXT>
<TABLE> <S> <C>
<ARTICLE> 5
<LEGEND>
This schedule contains summary financial information of Harrow Mill Inc.
</LEGEND>
<MULTIPLIER> 1,000
<S>                             <C>
<PERIOD-TYPE>                   {length}
<FISCAL-YEAR-END>               DEC-31-1998
<PERIOD-START>                  JAN-01-1998
<PERIOD-END>                    {end}
<CASH>                                           1,250
<ALLOWANCES>                                        40
<CURRENT-ASSETS>                                 5,600
<TOTAL-ASSETS>                                   {assets}
<OTHER-SE>                                       3,100
<TOTAL-REVENUES>                                 9,800
<INCOME-PRETAX>                                  (410)
<NET-INCOME>                                     (310)
<EPS-PRIMARY>                                    (.31)
</TABLE>
</TEXT>
</DOCUMENT>
"""
SUBMISSION = """\
<SEC-DOCUMENT>0009999902-98-000001.txt : 19980814
<SEC-HEADER>0009999902-98-000001.hdr.sgml : 19980814
ACCESSION NUMBER:\t\t0009999902-98-000001
CONFORMED SUBMISSION TYPE:\t10-Q
CONFORMED PERIOD OF REPORT:\t19980630
FILER:
\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tHARROW MILL INC
\t\tCENTRAL INDEX KEY:\t\t\t0009999902
\t\tFISCAL YEAR END:\t\t\t1231
</SEC-HEADER>
{documents}</SEC-DOCUMENT>
"""
BALANCE_SHEET = """\
<DOCUMENT>
<TYPE>10-Q
<SEQUENCE>1
<TEXT>
                     HARROW MILL INC.
                      BALANCE SHEETS
                      (in thousands)

                                     June 30,   December 31,
                                       1998         1997
                                     --------     --------
Current assets:
  Cash and cash equivalents          $  1,250     $  1,100
  Inventories                           4,350        4,200
                                     --------     --------
    Total current assets                5,600        5,300
Property and equipment, net             3,700        3,800
                                     --------     --------
    Total assets                     $  9,300     $  9,100
                                     ========     ========
Current liabilities:
  Accounts payable                   $  2,200     $  2,100
Stockholders' equity                    7,100        7,000
                                     --------     --------
    Total liabilities and
      stockholders' equity           $  9,300     $  9,100
                                     ========     ========
</TEXT>
</DOCUMENT>
"""


def submission(length: str = "6-MOS", end: str = "JUN-30-1998", assets: str = "9,300", statement: str = "") -> bytes:
    return SUBMISSION.format(documents=statement + SCHEDULE.format(length=length, end=end, assets=assets)).encode()


def filing(**words: str) -> Filing:
    return read_filing(submission(**words), "schedule.txt")


def test_balances_and_flows() -> None:
    (balances, flows), findings = find_schedules(filing())
    assert findings == ()
    assert (balances.kind, flows.kind) == (StatementKind.BALANCE_SHEET, StatementKind.INCOME)
    assert [column.period for column in balances.columns] == [Instant(date(1998, 6, 30))]
    assert [column.period for column in flows.columns] == [Duration(date(1998, 1, 1), date(1998, 6, 30))]
    assert {column.qualifier for column in (*balances.columns, *flows.columns)} == {Qualifier.FINANCIAL_DATA_SCHEDULE}
    values = {item.label: item.figures[0] for item in (*balances.items, *flows.items)}
    assert values["CASH"] is not None
    assert (values["CASH"].value, values["CASH"].decimals) == (Decimal(1_250_000), -3)
    assert values["NET-INCOME"] is not None
    assert values["NET-INCOME"].value == Decimal(-310_000)
    assert values["EPS-PRIMARY"] is not None
    assert (values["EPS-PRIMARY"].value, values["EPS-PRIMARY"].decimals) == (Decimal("-0.31"), 2)


@pytest.mark.parametrize(
    ("length", "end", "start"),
    [
        ("6-MOS", "JUN-30-1998", date(1998, 1, 1)),
        ("3-MOS", "JUN-30-1998", date(1998, 4, 1)),  # the start printed is not that of three months
        ("YEAR", "DEC-31-1998", date(1998, 1, 1)),
        ("QTR-2", "JUN-30-1998", date(1998, 4, 1)),
    ],
)
def test_the_length_of_the_period(length: str, end: str, start: date) -> None:
    (_, flows), _ = find_schedules(filing(length=length, end=end))
    (column,) = flows.columns
    assert isinstance(column.period, Duration)
    assert column.period.start == start


def test_every_figure_knows_its_characters() -> None:
    read = filing()
    statements, _ = find_schedules(read)
    for statement in statements:
        for item in statement.items:
            (figure,) = item.figures
            assert figure is not None
            source = figure.source
            line = read.documents[source.document].lines[source.line].text
            assert line.startswith(f"<{item.label}>")
            assert line[source.start : source.end].strip("()") in line


def amounts(rows: str) -> dict[str, Decimal]:
    document = SCHEDULE.format(length="6-MOS", end="JUN-30-1998", assets="9,300").replace("<OTHER-SE>", rows, 1)
    statements, _ = find_schedules(read_filing(SUBMISSION.format(documents=document).encode(), "schedule.txt"))
    figures = [(item.label, item.figures[0]) for statement in statements for item in statement.items]
    return {label: figure.value for label, figure in figures if figure is not None}


PREFERRED = ("PREFERRED-MANDATORY", "PREFERRED")


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        pytest.param(
            "                                250\n                                          0\n<OTHER-SE>",
            [250_000, 0],
            id="removed as if they were HTML",
        ),
        pytest.param(
            "<PREFERRED-MANDATORY>  250\n<PREFERRED>  0\n<OTHER-SE>",
            [250_000, 0],
            id="as filed",
        ),
        pytest.param("                                250\n<OTHER-SE>", [None, None], id="one figure for two tags"),
        pytest.param("- ----------\n 1\n 2\n 3\n<OTHER-SE>", [None, None], id="more figures than tags"),
        pytest.param("preferred 250\nother 0\n<OTHER-SE>", [None, None], id="words"),
    ],
)
def test_figures_whose_tags_are_missing(rows: str, values: list[int | None]) -> None:
    found = amounts(rows)
    assert [found.get(tag) for tag in PREFERRED] == values
    assert found["OTHER-SE"] == 3_100_000


def test_a_page_number_below_a_schedule_is_no_figure() -> None:
    document = SCHEDULE.format(length="6-MOS", end="JUN-30-1998", assets="9,300").replace(
        "</TABLE>", "</TABLE>\n\n  12\n 13"
    )
    statements, findings = find_schedules(read_filing(SUBMISSION.format(documents=document).encode(), "schedule.txt"))
    assert not findings
    assert not {item.label for statement in statements for item in statement.items} & set(PREFERRED)


def test_a_schedule_without_the_end_of_its_period_is_named() -> None:
    statements, findings = find_schedules(filing(end="soon"))
    assert statements == ()
    assert [finding.code for finding in findings] == ["schedule-not-read"]


@pytest.mark.parametrize(
    ("said", "currency"),
    [("CAD", "CAD"), ("Cad ", "CAD"), ("U.S. DOLLARS", "USD"), ("", "USD")],
)
def test_the_currency_is_a_code_or_dollars(said: str, currency: str) -> None:
    text = submission().decode().replace("<MULTIPLIER>", f"<CURRENCY> {said}\n<MULTIPLIER>")
    statements, _ = find_schedules(read_filing(text.encode(), "schedule.txt"))
    assert [statement.currency for statement in statements] == [currency] * 2


@pytest.mark.parametrize("end", ["FEB-30-1998", "ABC-30-1998", "JUN-31-1998"])
def test_a_day_that_is_none_is_no_end_of_a_period(end: str) -> None:
    statements, findings = find_schedules(filing(end=end))
    assert statements == ()
    assert [finding.code for finding in findings] == ["schedule-not-read"]


@pytest.mark.parametrize("length", ["0-MOS", "00-WKS", "OTHER", ""])
def test_flows_without_the_length_of_their_period_are_named(length: str) -> None:
    (balances,), findings = find_schedules(filing(length=length))
    assert balances.kind is StatementKind.BALANCE_SHEET
    assert [(finding.code, "the length of its period" in finding.message) for finding in findings] == [
        ("column-not-read", True)
    ]


@pytest.mark.parametrize(
    ("multiplier", "value"),
    [
        ("1", 1_250),
        ("", 1_250),
        ("1000", 1_250_000),
        ("1,000,000", 1_250_000_000),
        ("$1,000,000,000", 1_250_000_000_000),
        ("0", None),
        ("12", None),
        ("10000000000", None),
        (f"1{'0' * 1000}", None),
    ],
)
def test_the_multiplier_is_a_power_of_ten(multiplier: str, value: int | None) -> None:
    text = submission().decode().replace("<MULTIPLIER> 1,000", f"<MULTIPLIER> {multiplier}")
    statements, findings = find_schedules(read_filing(text.encode(), "schedule.txt"))
    cash = [item.figures[0] for statement in statements for item in statement.items if item.label == "CASH"]
    assert [figure and figure.value for figure in cash] == ([] if value is None else [value])
    assert [(finding.code, "multiplier" in finding.message) for finding in findings] == (
        [("schedule-not-read", True)] if value is None else []
    )


def test_an_article_without_tags_is_named() -> None:
    text = submission().decode().replace("<ARTICLE> 5", "<ARTICLE> 6")
    statements, findings = find_schedules(read_filing(text.encode(), "schedule.txt"))
    assert statements == ()
    assert [finding.message for finding in findings] == [
        "the EX-27 schedule was left out: it has no figure with a tag of article 6"
    ]


def test_every_printed_figure_is_read_or_named() -> None:
    """Also one under no column, in a column without a period, or one that says that there is none."""
    text = submission().decode()
    for one, new in {
        "6-MOS": "6-MOS 0-MOS",
        "JUN-30-1998": "JUN-30-1998 JUN-30-1997",
        "1,250": "N/A 1,250 7",
        "(310)": "(310) (90)",
    }.items():
        text = text.replace(one, new, 1)
    statements, findings = find_schedules(read_filing(text.encode(), "schedule.txt"))
    figures = {item.label: item.figures for statement in statements for item in statement.items}
    assert [figure and figure.value for figure in figures["CASH"]] == [None, 1_250_000]
    assert [figure and figure.value for figure in figures["NET-INCOME"]] == [-310_000]
    named = [finding.message.partition(" is no fact")[0] for finding in findings if finding.code == "figure-not-read"]
    assert named == ["'N/A' of 'CASH'", "'7' of 'CASH'", "'(90)' of 'NET-INCOME'"]
    read = sum(figure is not None for each in figures.values() for figure in each)
    assert sum(statement.printed for statement in statements) == read + len(named)


def test_two_columns() -> None:
    """Each has its period; where one lacks a value, or the length of its period, nothing is made up."""
    two = {
        "6-MOS": "6-MOS 3-MOS",
        "JUN-30-1998": "JUN-30-1998 JUN-30-1998",
        "1,250": "1,250 1,300",
        "(310)": "(310) (90)",
    }
    text = submission().decode()
    for one, both in two.items():
        text = text.replace(one, both, 1)
    (balances, flows), _ = find_schedules(read_filing(text.encode(), "schedule.txt"))
    figures = {item.label: item.figures for item in (*balances.items, *flows.items)}
    assert [figure and figure.value for figure in figures["CASH"]] == [1_250_000, 1_300_000]
    assert [figure and figure.value for figure in figures["NET-INCOME"]] == [-310_000, -90_000]
    assert [figure and figure.value for figure in figures["TOTAL-ASSETS"]] == [9_300_000, None]
    assert [column.period for column in flows.columns] == [
        Duration(date(1998, 1, 1), date(1998, 6, 30)),
        Duration(date(1998, 4, 1), date(1998, 6, 30)),
    ]
    (_, flows), _ = find_schedules(read_filing(text.replace("6-MOS 3-MOS", "6-MOS").encode(), "schedule.txt"))
    assert [column.period for column in flows.columns] == [Duration(date(1998, 1, 1), date(1998, 6, 30))]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("<TOTAL-INTEREST-EXPENSE> 500", "'500' is no fact: article 5 has no tag 'TOTAL-INTEREST-EXPENSE'"),
        ("<CASH> 1\n    500", "'500' is no fact: it has no tag"),
        ("<EPS-DILUTED> (.31)\n    4,310", "'4,310' is no fact: it has no tag"),
    ],
)
def test_a_figure_without_a_tag_of_the_article_is_named(line: str, message: str) -> None:
    below = "</TABLE>" if line.startswith("<EPS") else "<ALLOWANCES>"
    text = submission().decode().replace(below, f"{line}\n{below}")
    statements, findings = find_schedules(read_filing(text.encode(), "schedule.txt"))
    assert [finding.message for finding in findings] == [message]
    items = [item for statement in statements for item in statement.items]
    assert "TOTAL-INTEREST-EXPENSE" not in {item.label for item in items}
    assert sum(statement.printed for statement in statements) == sum(len(item.figures) for item in items) + 1


def test_figures_without_a_tag_of_the_article_count_only_if_others_are_read() -> None:
    text = submission().decode().replace("6-MOS", "soon").replace("<OTHER-SE>", "<TOTAL-LIABILITIES>")
    lines = [line for line in text.splitlines() if not line.startswith(("<CASH>", "<ALLOW", "<CURRENT-A", "<TOTAL-A"))]
    statements, findings = find_schedules(read_filing("\n".join(lines).encode(), "schedule.txt"))
    assert statements == ()
    assert [finding.code for finding in findings] == ["column-not-read", "figure-not-read"]
    assert not any(finding.figures for finding in findings)


def test_a_utility_and_a_broker_have_articles_of_their_own() -> None:
    """Regulation S-K, Item 601(c)."""
    of_article = {name: [tag for article, tag in schedule_concepts() if article == name] for name in ("UT", "BD")}
    assert (of_article["UT"][0], len(of_article["UT"])) == ("TOTAL-NET-UTILITY-PLANT", 39)
    assert (of_article["BD"][0], len(of_article["BD"])) == ("CASH", 33)
    text = submission().decode().replace("<ARTICLE> 5", "<ARTICLE> UT\n<BOOK-VALUE> PER-BOOK")
    text = text.replace("<CASH>", "<SHORT-TERM-NOTES>").replace("<CURRENT-ASSETS>", "<PREFERRED-MANDATORY>")
    (balances, *_), _ = find_schedules(read_filing(text.encode(), "schedule.txt"))
    assert {"SHORT-TERM-NOTES", "PREFERRED-MANDATORY"} <= {item.label for item in balances.items}


def test_tags_have_one_meaning() -> None:
    (balances, _), _ = find_schedules(filing())
    mapped = dict(zip((item.label for item in balances.items), map_schedule(balances), strict=True))
    assert mapped["CASH"].concept == "CashAndCashEquivalentsAtCarryingValue"
    assert mapped["CASH"].confidence == 1
    assert mapped["OTHER-SE"].concept is None


def test_the_table_of_tags_names_concepts_of_the_taxonomy() -> None:
    known = load_taxonomy().concepts
    assert {article for article, _ in schedule_concepts()} == {"5", "7", "9", "BD", "UT"}
    assert [name for name in schedule_concepts().values() if name and name not in known] == []


def test_schedule_facts_stand_apart_and_agree() -> None:
    report = read_data(submission(statement=BALANCE_SHEET), "schedule.txt").report
    assets = [fact for fact in report.facts if fact.concept == "Assets" and fact.value == Decimal(9_300_000)]
    assert sorted(tuple(d.member for d in fact.context.dimensions) for fact in assets) == [
        (),
        ("FinancialDataScheduleMember",),
    ]
    assert "schedule-disagrees" not in [finding.code for finding in report.findings]


def test_a_disagreement_is_a_warning_with_both_figures() -> None:
    report = read_data(submission(assets="9,999", statement=BALANCE_SHEET), "schedule.txt").report
    (finding,) = [finding for finding in report.findings if finding.code == "schedule-disagrees"]
    assert "9,999,000 for TOTAL-ASSETS" in finding.message
    assert "9,300,000 for 'Total assets'" in finding.message


def test_figures_beyond_any_schedule_are_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is for all schedules of a filing: the first is read, the one that goes beyond it is not."""
    monkeypatch.setattr("converter.asides.schedules.reading._MOST_FIGURES", 15)
    first, second = (SCHEDULE.format(length="6-MOS", end="JUN-30-1998", assets=assets) for assets in ("9,900", "8,800"))
    statements, findings = find_schedules(read_filing(SUBMISSION.format(documents=first + second).encode(), "x"))
    assert [statement.items[0].figures[0].value for statement in statements if statement.items[0].figures[0]] == [
        Decimal(1_250_000),
        Decimal(9_800_000),
    ]
    assert [finding.message for finding in findings] == [
        "the EX-27 schedule was left out: at most 15 figures are read of the schedules of a filing"
    ]
