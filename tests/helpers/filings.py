"""Filings that several tests read."""

DAMAGED = """\
                         CAIRNWELL MILLS, INC.
                      CONSOLIDATED BALANCE SHEETS
                            (in thousands)

                                     December 31,   December 31,
                                         1998           1997
                                     ------------   ------------
ASSETS
Cash and cash equivalents              $ 52,,818       $ 41,200
Accounts receivable                       1O,500          9 ,400
Inventories                                  -0-            nil
Other current assets                       (1,200            --
                                     ------------   ------------
Total current assets                   $  62,118       $ 50,600
                                     ============   ============

                 CONSOLIDATED STATEMENTS OF INCOME
             (in thousands, except per share amounts)

                                        Year ended December 31,
                                         1998           1997
                                     ------------   ------------
Net sales                              $ 152,818       $ 141,200
Cost of sales                            100,500          99,400
                                     ------------   ------------
Net income                             $   2,118       $  (1,600)
Net income per share                   $   2 1/2       $  (1 1/4)
"""

BALANCE_SHEET = """
                 BALANCE SHEETS
                 (in thousands)
                            {0}    {1}
Cash                        $  2,930        $  2,410
Accounts receivable            9,070           8,590
Total current assets          12,000          11,000
Plant, net                     8,000           7,000
Total assets                $ 20,000        $ 18,000
Accounts payable            $  7,000        $  6,500
Retained earnings             13,000          11,500
Total liabilities and equity $20,000        $ 18,000
"""
"""A balance sheet of two days, named by `format`."""

CASH_FLOWS = """

                 STATEMENTS OF CASH FLOWS
                 (in thousands)
                            {0} ended {1},
                               2003            2002
Net income                  $  3,000        $  2,600
Depreciation                   2,420           2,300
Net cash provided by
  operating activities         5,420           4,900
Purchases of plant            (4,900)         (4,400)
Net cash used in
  investing activities        (4,900)         (4,400)
Increase in cash                 520             500
Cash, beginning                {2}           1,910
Cash, end                   $  2,930        $  2,410
"""
"""A cash flow statement to go with it; `format` takes the length and the end of its periods, and its opening cash."""
