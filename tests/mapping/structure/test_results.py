"""The result that a caption names."""

import pytest

from converter.mapping.structure.results import Result, result_of


@pytest.mark.parametrize(
    ("caption", "result"),
    [
        ("Net income", Result.NET),
        ("NET INCOME/ (LOSS)", Result.NET),
        ("Net (loss) income", Result.NET),
        ("Net (loss)", Result.NET),
        ("Net earnings (Note 3)", Result.NET),
        ("Net loss for the period", Result.NET),
        ("Earnings for the year", Result.NET),
        ("Net income as reported (see note)", Result.NET),
        ("Net income and comprehensive income", Result.NET),
        ("Net income including noncontrolling interests", Result.NET),
        ("Net income before attribution to noncontrolling interests", Result.NET),
        ("Net earnings of the group", Result.NET),
        ("Acme net income", Result.NET),
        ("Net earnings of Acme Holdings, Inc.", Result.PARENT),
        ("Net income attributable to Acme", Result.PARENT),
        ("Net income attributable to Acme Energy Partners, L.P.", Result.PARENT),
        ("Net income attributable to noncontrolling interests", Result.MINORITY),
        ("Minority interest in net income of subsidiaries", Result.MINORITY),
        ("Net income applicable to common stock", Result.COMMON),
        ("Income/(loss) attributable to Common and Class B Stock", Result.COMMON),
        ("Net income after dividends on preferred stock", Result.COMMON),
        ("Net income allocated to limited partners", Result.OTHER),
        ("Income before income taxes", Result.BEFORE_TAX),
        ("(Loss) income before income tax (benefit) expense", Result.BEFORE_TAX),
        ("Income before income taxes, minority interest and equity in earnings of affiliates", Result.BEFORE_TAX),
        ("Income from continuing operations before provision for taxes", Result.BEFORE_TAX),
        ("Pre-tax earnings", Result.BEFORE_TAX),
        ("Income before interest and income taxes", Result.OTHER),
        ("Earnings before interest, taxes, depreciation and amortization", Result.OTHER),
        ("Income before minority interest", Result.BEFORE_MINORITY),
        ("Income before minority interest, net of taxes", Result.BEFORE_MINORITY),
        ("Income before minority interest and equity in unconsolidated subsidiaries", Result.AFTER_TAX),
        ("Income of consolidated group", Result.AFTER_TAX),
        ("Income from continuing operations", Result.CONTINUING),
        ("Earnings from continuing operations before accounting changes", Result.CONTINUING),
        ("Income before discontinued operations", Result.CONTINUING),
        ("Operating income from continuing operations", Result.OTHER),
        ("Loss from discontinued operations, net of income tax benefit", Result.DISCONTINUED),
        ("Income before extraordinary item", Result.BEFORE_EXTRAORDINARY),
        ("Income before cumulative effect of accounting change", Result.BEFORE_EXTRAORDINARY),
        ("Operating income", Result.OTHER),
        ("Net loss on investment securities", Result.OTHER),
        ("Net income excluding one-time items", Result.OTHER),
        ("Adjusted net income", Result.OTHER),
        ("Equity in net income of affiliates", Result.OTHER),
        ("Comprehensive income attributable to common stockholders", None),
        ("Net sales", None),
        ("New company", None),
        ("Total costs and expenses", None),
        ("Grant", None),
    ],
)
def test_result_of(caption: str, result: Result | None) -> None:
    assert result_of(caption) is result
