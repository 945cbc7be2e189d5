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
