"""What the examples say, read off them by hand: the golden instances must agree with it.

A line is a concept, a period (the day of a balance, or first/last day), the value in full with the concept's sign,
decimals and unit, and for a row without a concept of its own its caption.
"""

FACTS = {
    "release-q1": """
    CashAndCashEquivalentsAtCarryingValue           2003-09-30              3201000 -3 USD
    CashAndCashEquivalentsAtCarryingValue           2003-06-30              4059000 -3 USD
    AccountsReceivableNetCurrent                    2003-09-30              1167000 -3 USD
    InventoryNet                                    2003-06-30              1135000 -3 USD
    PrepaidExpenseAndOtherAssetsCurrent             2003-09-30               303000 -3 USD
    AssetsCurrent                                   2003-09-30              6996000 -3 USD
    PropertyPlantAndEquipmentNet                    2003-09-30               435000 -3 USD
    Assets                                          2003-09-30             17860000 -3 USD
    Assets                                          2003-06-30             18920000 -3 USD
    AccountsPayableAndAccruedLiabilitiesCurrent     2003-09-30              3371000 -3 USD
    LineItemMonetaryInstant                         2003-09-30                33000 -3 USD  Contingent payments payable
    DividendsPayableCurrent                         2003-09-30                    0 -3 USD
    DividendsPayableCurrent                         2003-06-30                 2000 -3 USD
    Liabilities                                     2003-09-30              3404000 -3 USD
    StockholdersEquity                              2003-09-30             14456000 -3 USD
    LiabilitiesAndStockholdersEquity                2003-06-30             18920000 -3 USD
    Revenues                                        2003-07-01/2003-09-30   2358000 -3 USD
    Revenues                                        2002-07-01/2002-09-30   3315000 -3 USD
    GrossProfit                                     2003-07-01/2003-09-30   1795000 -3 USD
    SellingGeneralAndAdministrativeExpense          2003-07-01/2003-09-30   1841000 -3 USD
    ResearchAndDevelopmentExpense                   2002-07-01/2002-09-30    228000 -3 USD
    NetIncomeLoss                                   2003-07-01/2003-09-30  -1013000 -3 USD
    NetIncomeLoss                                   2002-07-01/2002-09-30   -112000 -3 USD
    EarningsPerShareBasic                           2003-07-01/2003-09-30     -0.03  2 USD/shares
    EarningsPerShareDiluted                         2002-07-01/2002-09-30         0  2 USD/shares
    WeightedAverageNumberOfSharesOutstandingBasic   2003-07-01/2003-09-30  33700000 -3 shares
    WeightedAverageNumberOfDilutedSharesOutstanding 2002-07-01/2002-09-30  32864000 -3 shares
    """,
    "release-q2": """
    CashCashEquivalentsAndShortTermInvestments      2003-12-31              5677000 -3 USD
    CashCashEquivalentsAndShortTermInvestments      2003-06-30              4059000 -3 USD
    AccountsReceivableNetCurrent                    2003-12-31              1122000 -3 USD
    InventoryNet                                    2003-12-31              1224000 -3 USD
    PrepaidExpenseAndOtherAssetsCurrent             2003-12-31               314000 -3 USD
    Assets                                          2003-12-31             19689000 -3 USD
    DividendsPayableCurrent                         2003-12-31                    0 -3 USD
    Liabilities                                     2003-06-30              3484000 -3 USD
    StockholdersEquity                              2003-12-31             16236000 -3 USD
    Revenues                                        2003-10-01/2003-12-31   2395000 -3 USD
    Revenues                                        2002-10-01/2002-12-31   2334000 -3 USD
    Revenues                                        2003-07-01/2003-12-31   4753000 -3 USD
    Revenues                                        2002-07-01/2002-12-31   5648000 -3 USD
    GrossProfit                                     2003-07-01/2003-12-31   3608000 -3 USD
    SellingGeneralAndAdministrativeExpense          2003-10-01/2003-12-31   1912000 -3 USD
    ResearchAndDevelopmentExpense                   2002-07-01/2002-12-31    840000 -3 USD
    NetIncomeLoss                                   2003-10-01/2003-12-31  -1248000 -3 USD
    NetIncomeLoss                                   2002-07-01/2002-12-31  -2382000 -3 USD
    EarningsPerShareBasic                           2002-10-01/2002-12-31     -0.07  2 USD/shares
    EarningsPerShareDiluted                         2003-07-01/2003-12-31     -0.06  2 USD/shares
    WeightedAverageNumberOfSharesOutstandingBasic   2003-10-01/2003-12-31  37414000 -3 shares
    WeightedAverageNumberOfDilutedSharesOutstanding 2003-07-01/2003-12-31  35557000 -3 shares
    """,
    "release-fy": """
    CashAndCashEquivalentsAtCarryingValue           2003-06-30              4059000 -3 USD
    AccountsReceivableNetCurrent                    2002-06-30              2219000 -3 USD
    OtherAssetsCurrent                              2003-06-30               196000 -3 USD
    AssetsCurrent                                   2002-06-30             10153000 -3 USD
    Assets                                          2002-06-30             28100000 -3 USD
    AccountsPayableAndAccruedLiabilitiesCurrent     2003-06-30              3456000 -3 USD
    Liabilities                                     2003-06-30              3484000 -3 USD
    StockholdersEquity                              2002-06-30             25949000 -3 USD
    Revenues                                        2002-07-01/2003-06-30  10615000 -3 USD
    GrossProfit                                     2001-07-01/2002-06-30  10324000 -3 USD
    SellingGeneralAndAdministrativeExpense          2002-07-01/2003-06-30   8201000 -3 USD
    ResearchAndDevelopmentExpense                   2002-07-01/2003-06-30   2232000 -3 USD
    OperatingIncomeLoss                             2002-07-01/2003-06-30 -11081000 -3 USD
    OperatingIncomeLoss                             2001-07-01/2002-06-30  -7789000 -3 USD
    IncomeTaxExpenseBenefit                         2002-07-01/2003-06-30   -544000 -3 USD
    IncomeTaxExpenseBenefit                         2001-07-01/2002-06-30         0 -3 USD
    NetIncomeLoss                                   2002-07-01/2003-06-30 -10506000 -3 USD
    NetIncomeLoss                                   2001-07-01/2002-06-30  -6011000 -3 USD
    EarningsPerShareBasic                           2002-07-01/2003-06-30     -0.32  2 USD/shares
    EarningsPerShareDiluted                         2001-07-01/2002-06-30     -0.19  2 USD/shares
    WeightedAverageNumberOfSharesOutstandingBasic   2002-07-01/2003-06-30  33309000 -3 shares
    WeightedAverageNumberOfDilutedSharesOutstanding 2001-07-01/2002-06-30  32622000 -3 shares
    """,
    "submission-10q": """
    InventoryWorkInProcess                          2003-12-31              3196000 -3 USD
    CashAndCashEquivalentsAtCarryingValue           2004-06-30             12846000 -3 USD
    CashAndCashEquivalentsAtCarryingValue           2003-12-31              9417000 -3 USD
    CashAndCashEquivalentsAtCarryingValue           2002-12-31              7212000 -3 USD
    CashAndCashEquivalentsAtCarryingValue           2003-06-30              7102000 -3 USD
    AccountsReceivableNetCurrent                    2004-06-30             15230000 -3 USD
    InventoryNet                                    2003-12-31             12455000 -3 USD
    PrepaidExpenseAndOtherAssetsCurrent             2004-06-30              1127000 -3 USD
    PropertyPlantAndEquipmentNet                    2004-06-30             18704000 -3 USD
    Goodwill                                        2004-06-30              6250000 -3 USD
    Assets                                          2004-06-30             68375000 -3 USD
    LongTermDebtCurrent                             2004-06-30              1500000 -3 USD
    AccountsPayableCurrent                          2003-12-31              5874000 -3 USD
    LiabilitiesCurrent                              2004-06-30             14152000 -3 USD
    LongTermDebtNoncurrent                          2004-06-30              8250000 -3 USD
    PreferredStockValue                             2004-06-30                    0 -3 USD
    CommonStockValue                                2004-06-30                82000 -3 USD
    RetainedEarningsAccumulatedDeficit              2004-06-30             26689000 -3 USD
    AccumulatedOtherComprehensiveIncomeLossNetOfTax 2004-06-30              -159000 -3 USD
    StockholdersEquity                              2004-06-30             44067000 -3 USD
    GrossProfit                                     2003-04-01/2003-06-30   7786000 -3 USD
    RestructuringCharges                            2004-01-01/2004-06-30         0 -3 USD
    RestructuringCharges                            2003-01-01/2003-06-30    640000 -3 USD
    OperatingIncomeLoss                             2004-04-01/2004-06-30   2713000 -3 USD
    InterestExpense                                 2004-04-01/2004-06-30    172000 -3 USD
    OtherNonoperatingIncomeExpense                  2004-04-01/2004-06-30     -8000 -3 USD
    IncomeTaxExpenseBenefit                         2004-01-01/2004-06-30   1806000 -3 USD
    NetIncomeLoss                                   2004-04-01/2004-06-30   1569000 -3 USD
    NetIncomeLoss                                   2003-01-01/2003-06-30    975000 -3 USD
    EarningsPerShareBasic                           2004-01-01/2004-06-30      0.35  2 USD/shares
    EarningsPerShareDiluted                         2004-01-01/2004-06-30      0.34  2 USD/shares
    WeightedAverageNumberOfDilutedSharesOutstanding 2004-04-01/2004-06-30   8442000 -3 shares
    IncreaseDecreaseInAccountsReceivable            2004-01-01/2004-06-30   1168000 -3 USD
    IncreaseDecreaseInAccountsReceivable            2003-01-01/2003-06-30   -734000 -3 USD
    IncreaseDecreaseInInventories                   2004-01-01/2004-06-30   -493000 -3 USD
    IncreaseDecreaseInAccountsPayable               2004-01-01/2004-06-30    444000 -3 USD
    NetCashProvidedByUsedInOperatingActivities      2004-01-01/2004-06-30   4696000 -3 USD
    PaymentsToAcquirePropertyPlantAndEquipment      2004-01-01/2004-06-30   1172000 -3 USD
    NetCashProvidedByUsedInInvestingActivities      2003-01-01/2003-06-30  -1406000 -3 USD
    RepaymentsOfLongTermDebt                        2003-01-01/2003-06-30    750000 -3 USD
    ProceedsFromStockOptionsExercised               2004-01-01/2004-06-30    634000 -3 USD
    NetCashProvidedByUsedInFinancingActivities      2004-01-01/2004-06-30   -116000 -3 USD
    CashAndCashEquivalentsPeriodIncreaseDecrease    2003-01-01/2003-06-30   -110000 -3 USD
    IncomeTaxesPaid                                 2003-01-01/2003-06-30    602000 -3 USD
    """,
    "release": """
    CashAndCashEquivalentsAtCarryingValue           2006-07-29             34800000 -5 USD
    InventoryNet                                    2006-01-28            264300000 -5 USD
    Assets                                          2006-07-29            573100000 -5 USD
    LiabilitiesCurrent                              2006-07-29            185100000 -5 USD
    RetainedEarningsAccumulatedDeficit              2006-01-28            168200000 -5 USD
    AccumulatedOtherComprehensiveIncomeLossNetOfTax 2006-07-29             -1400000 -5 USD
    StockholdersEquity                              2006-07-29            276800000 -5 USD
    GrossProfit                                     2006-04-30/2006-07-29 155700000 -5 USD
    OperatingIncomeLoss                             2006-04-30/2006-07-29  23100000 -5 USD
    InterestIncomeExpenseNet                        2006-04-30/2006-07-29  -1800000 -5 USD
    IncomeTaxExpenseBenefit                         2005-05-01/2005-07-30   4900000 -5 USD
    NetIncomeLoss                                   2006-04-30/2006-07-29  13200000 -5 USD
    NetIncomeLoss                                   2005-05-01/2005-07-30   7900000 -5 USD
    EarningsPerShareBasic                           2006-04-30/2006-07-29      0.46  2 USD/shares
    EarningsPerShareDiluted                         2005-05-01/2005-07-30      0.27  2 USD/shares
    WeightedAverageNumberOfSharesOutstandingBasic   2006-04-30/2006-07-29  28700000 -5 shares
    """,
}

COVERS = {
    "release-q1": ("TNBK", {"EntityRegistrantName": "Tarnbrook, Inc.", "TradingSymbol": "TNBK"}),
    "release-q2": ("TNBK", {"ReleaseDate": "2004-02-05", "DocumentPeriodEndDate": "2003-12-31"}),
    "release-fy": ("TNBK", {"ReleaseDate": "2003-09-18", "ExhibitType": "EX-99.1"}),
    "submission-10q": (
        "0009999901",
        {
            "EntityCentralIndexKey": "0009999901",
            "DocumentType": "10-Q",
            "DocumentPeriodEndDate": "2004-06-30",
            "CurrentFiscalYearEndDate": "--12-31",
            "AccessionNumber": "0009999901-04-000007",
            "FilingDate": "2004-08-06",
        },
    ),
    "release": ("PTLY", {"SecurityExchangeName": "NYSE", "ReleaseDate": "2006-08-22"}),
}
"""The entity's identifier, and cover facts."""

FIGURES = {
    "release-q1": 16 * 2 + 14 * 2,
    "release-q2": 16 * 2 + 14 * 4,
    "release-fy": 16 * 2 + 19 * 2,
    # Twice in it: the net income of the six months (two figures) and the cash at December 31, 2003 and June 30, 2004.
    "submission-10q": 26 * 2 + 18 * 4 + 24 * 2 + 2 - 4 + 3 * 2,  # the last: inventories by kind, from a note
    "release": 14 * 2 + 19 * 2,
}
"""Figures printed in the statements, counted by hand; those printed twice count once. Each makes one fact."""

WRONG: dict[str, set[str]] = {
    "release": {"InterestIncomeExpenseNet"},
}
"""Known defects: concepts above whose figures come out as another concept. What is repaired must go from here."""
