"""Words that filings hold in unusual places, or that programs stumble over: what mutants are made with."""

LENGTHS = (
    *("0 Months Ended", "00 weeks ended", "99 months ended", "Three and Nine Months Ended", "52/53 weeks ended"),
    *("\u017fix months ended", "f\u0131ve wee\u212as ended", "twenty\xa0six weeks", "year to date", "since inception"),
    *("Years Ended", "Twelve Months Ended", "quarter ended", "half year", "from inception (June 3, 1993) to", "1Q03"),
    *("For the period from January 1, 1998 through March 5, 1998", "0 quarters", "one month ended", "fiscal 53 weeks"),
)
DATES = (
    *("February 30, 1999", "February 29, 1900", "Feb. 29, 2000", "December 31, 0000", "December 31, 9999", "12/31/99"),
    *("31.12.1998", "1998-12-31", "'00", "'49", "'50", "January 1, 1900", "December 31, 2099", "0/0/00", "13/13/13"),
    *("\u017feptember 31, 1998", "apr\u0131l 31", "JUN-31-1998", "DEC-31-0001", "1900", "2099", "June 30,", "June"),
    *("December 31, 2003, 2002, 2001, 2000, 1999 and 1998", "December 28, 2002 and December 27, 2003", "FY 03", "1"),
)
FIGURES = (
    *("-", "--", "-----", "-0-", "nil", "n/a", "N/M", "*", "***", "(1,234", "1,234)", "( 1,234 )", "1,,234", "1O,500"),
    *("2 1/2", "(1 1/4)", "0/0", "1/0", "64/64", ".", ".5", "5.", "(.31)", "1.234.567", "9" * 18, "9" * 19, "9" * 400),
    *("0" * 50, "000", "1e5", "1E999999999", "NaN", "Infinity", "\u0663\u0664\u0665", "\uff11\uff12\uff13", "\xbd"),
    *("\xb2", "$", "$ (", "%", "12.5%", "1,234-", "<1,234>", "7.59:1", "1,23,456", "1 234", "+5", "\u22125", "(5)%"),
    *("1,234 (a)", "1,234(1)(2)", "$1,234*", "DM 5", "\u20ac5", "-1-", "- 1 -", "0.0000000000000000001", "(0)", "1998"),
)
SCALES = (
    *("(in thousands)", "(in millions)", "(in billions)", "(000's omitted)", "(dollars in hundreds)", "in trillions"),
    *("(in thousands, except per share amounts)", "(thousands of shares)", "(whole dollars)", "($ in 000s)", "(000)"),
)
CAPTIONS = (
    *("CONSOLIDATED BALANCE SHEETS", "STATEMENTS OF INCOME", "CONSOLIDATED STATEMENTS OF CASH FLOWS", "Total assets"),
    *("Total", "Net income", "Net income per share", "Cash and cash equivalents at end of year", "Less accumulated"),
    *("depreciation of $66 and $68, respectively", "Weighted average shares outstanding", "Total liabilities and"),
    *("stockholders' equity", "(continued)", "Pro forma", "Restated", "Predecessor", "Parent company only", "Change"),
    *(
        "less accumulated depreciation",
        "NEW YORK, July 24, 2003 -- ",
        "(Nasdaq: TNBK)",
        "$1,234",
        "Total of",
        "of which",
    ),
    *("and", "of", "Notes to financial statements", "SELECTED FINANCIAL DATA", "five years", "Item 8.", "Unaudited"),
)
MARKS = (
    *("<PAGE>", "<TABLE>", "</TABLE>", "<S>", "<C>", "<S>      <C>      <C>", "<CAPTION>", "<FN>", "<DOCUMENT>", "\f"),
    *("</DOCUMENT>", "<TEXT>", "</TEXT>", "<TYPE>EX-27", "<TYPE>10-K", "<TYPE>EX-99.1", "<TYPE>GRAPHIC", "<PDF>"),
    *("<SEC-DOCUMENT>", "</SEC-DOCUMENT>", "<SEC-HEADER>", "</SEC-HEADER>", "<html>", "<pre>", "</pre>", "begin 644 x"),
    *("-----BEGIN PRIVACY-ENHANCED MESSAGE-----", "-----END PRIVACY-ENHANCED MESSAGE-----", "<XBRL>", "<?xml", "%PDF-"),
    *("CENTRAL INDEX KEY: 99999999999", "FISCAL YEAR END: 0230", "CONFORMED PERIOD OF REPORT: 19980231", "FILER:"),
    *("COMPANY CONFORMED NAME: \u2028<&>\"']]>", "ACCESSION NUMBER: 0000000000-00-000000", "FORM TYPE: 10-Q/A"),
)
SCHEDULES = (
    *("<PERIOD-TYPE> 0-MOS", "<PERIOD-TYPE> 00-WKS", "<PERIOD-TYPE> QTR-0", "<PERIOD-TYPE> YEAR YEAR YEAR"),
    *("<PERIOD-TYPE> OTHER", f"<MULTIPLIER> 1{'0' * 1000}", "<MULTIPLIER> 0", "<MULTIPLIER>", "<MULTIPLIER> 1.000"),
    *("<PERIOD-END> FEB-30-1999", "<PERIOD-END> DEC-31-1998 DEC-31-1998", "<PERIOD-START> DEC-31-2049", "<ARTICLE> 99"),
    *("<ARTICLE> UT", "<ARTICLE> 7", "<ARTICLE> \u0660", "<CURRENCY> \u20ac", "<CASH> 5 N/A 7", "<CASH> 9" + "9" * 30),
    *("<EPS-PRIMARY> .31", "<TOTAL-ASSETS> (5)", "<NO-SUCH-TAG> 5", "<TOTAL-REVENUES> 1 2 3 4 5 6 7 8", "<NET-INCOME>"),
)
CHARACTERS = (
    *("\x00", "\x08", "\x0b", "\x1a", "\x1b", "\x7f", "\x85", "\xa0", "\xad", "\u0130", "\u0131", "\u017f", "\u212a"),
    *("\u0308", "\u200b", "\u2003", "\u2028", "\u2029", "\u202e", "\u2212", "\u2014", "\u3000", "\ufeff", "\ufffe"),
    *("\uffff", "\ufb01", "\U0001f4b0", "\xdf", "\r", "\t", "\t\t\t", "<", ">", "&", '"', "'", "]]>", "-->", "#nil"),
)
TAGS = (
    *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "<p>", "</p>", "<br>", "<div>", "<pre>", "<hr>"),
    *("<!--", "-->", "<script>", "</script>", "<style>", "<title>", "<td></td>", "<td>$</td>", "<td>)</td>", "<b>"),
    *('<td colspan="0">', '<td colspan="-1">', '<td colspan="1000">', '<td colspan="9999999999">', "<td colspan=x>"),
    *('<td rowspan="0">', '<td rowspan="1000">', '<td colspan="100" rowspan="100">', '<td align="right">1,234</td>'),
    *('<font style="display:none">', '<p style="text-indent:1e99em">', '<div style="margin-left:-9pt">', "<sup>"),
    *("<body>", "</body>", "</html>", "<html><body>", "<a name=x>", '<td style="width:0">', "<![CDATA[", "<?php", "<"),
)
ATTRIBUTES = ("colspan", "rowspan", "style", "align", "width", "nowrap", "class", "id", "=", '"')
ATTRIBUTE_VALUES = (
    *("0", "-1", "2", "7", "1000", "99999999999", "1e9", "x", "right", "display:none", "a" * 999, '"', "100%", "50"),
)
ENTITIES = (
    *("&nbsp;", "&#160;", "&#0;", "&#55296;", "&#1114112;", "&#x110000;", "&#383;", "&#99999999999999999999;", "&amp"),
    *("&mdash;", "&#151;", "&#8212;", "&lt;", "&bogus;", "&#;", "&#x;", "&", "&#8232;", "&emsp;&emsp;", "&#12;"),
)
NAMES = (
    *("a.txt", "a.xml", "A.TXT", "a", "a/b.txt", "../up.txt", "/root.txt", ".", "..", "", " ", "a!b", "a\\b", "CON"),
    *("\xe9.txt", "e\u0301.txt", "\udce9.txt", "x" * 300, "/".join("y" * 60), "a\nb", "a\x00b", "-", "=1+1"),
)
"""Names of members of archives."""

UNITS = (
    *(".", " .", "*", "-", "- ", "_", "=", "and", "of", ",", "(", ")", "$", "1", "1,", "1 ", "1,234", "1998", "a", "A"),
    *("(1)", "less", "per", "in", "net of $5", "June 30, 1998", "$5 and", "%", "/", ":", ";", "&nbsp;", "<b>", "<td>"),
    *("<tr><td>", "<table>", "<br>", "|", "<C>", "x=1 ", '"', "\t", "\f", "\xa0", "\u2014", "Inc. ", "(audited)"),
)
"""What is repeated very often."""
FIGURE_WORDS = (*FIGURES, *DATES)
WORDS = (*LENGTHS, *DATES, *FIGURES, *SCALES, *CAPTIONS, *MARKS, *SCHEDULES, *CHARACTERS, *TAGS, *ENTITIES)
