"""Find the amounts in a line of a fixed-width table: numeric tokens with their columns.

Rules:

- negative: `(1,234)`, `( 1,234 )`, `$(1,234)`, `($1,234)`, `<1,234>`, `-1,234`, `1,234-`; a figure with a bracket on
  one side only is negative too, unless the bracket belongs to a remark in words around the figure;
- zero: free-standing `-`, `--`, `---`, `----`, en and em dashes, `-0-`, `- 0 -`, `nil`, and beside a figure `None`;
  five or more dashes are a ruler;
- placeholder: free-standing `n/a`, `N/M`, `NM`, `*`: a token whose amount is `absent`;
- leaders: a run of dots before a figure is not its decimal point (`.....12` is 12), except before a zero and further
  digits (`.....03` is .03, as nobody prints the whole number 03); a point after a space is one (`.... .12` is .12);
- spoilt: a print set apart that was a figure before an OCR, a mailer or a typist spoilt it (`8I0`, `10:000`, `1,2OOK`,
  `"1,234"`, `13,42013,480`, `####`): a token whose amount is `absent` and `damaged`;
- cents and pence: `31¢` and `31p` are 0.31;
- `1,234 CR`, `1,234 DR`: figures that cannot be read, as only the kind of account tells which of the two is negative;
- not figures: words with digits (`10-K`, `A-1`, `1st`, `7.59:1`), numeric dates, ranges, section numbers.
"""

import re
from decimal import Decimal

from msgspec import Struct

ZERO = Decimal(0)
MAX_DIGITS = 18
"""A longer number is an identifier. The limit also keeps scaled values exact in the default decimal context."""
MAX_TOKENS = 1_000
"""A line with more numbers is none of a table."""
MAX_LENGTH = 20_000
"""Nor is a line of so many characters."""
_THOUSANDS = "000"
"""What stands behind a currency in headings: "$000" says that amounts are in thousands."""
CAPTION_COLUMNS = 20
"""A figure that is first in its line and starts before this column is part of the caption."""


class Amount(Struct, frozen=True, gc=False):
    """One figure as printed, not scaled.

    - `value`: with the printed sign: `(1,234)` is -1234; a dash is 0;
    - `places`: number of digits printed after the decimal point (for `12 1/2`, those of 12.5);
    - `dash`: the figure is printed as a dash, `-0-` or `nil`;
    - `currency`: the currency symbol or code before the figure;
    - `mark`: the footnote mark after the figure;
    - `absent`: a placeholder without a usable figure ("n/a", "N/M", "*", or unreadable digits). It occupies a
      column; its value is 0 and must not be used;
    - `damaged`: the print is faulty (one bracket missing, a doubled comma, a letter O for a zero, misplaced commas), or
      says credit or debit in place of a sign;
    - `grouped`: commas separate the thousands.
    """

    value: Decimal
    places: int = 0
    dash: bool = False
    bracketed: bool = False
    percent: bool = False
    currency: str = ""
    mark: str = ""
    absent: bool = False
    damaged: bool = False
    grouped: bool = False

    @property
    def is_yearlike(self) -> bool:
        """Whether this is a bare 4-digit number from 1900 to 2099, without comma, sign, decimal point or currency."""
        bare = not (self.grouped or self.places or self.bracketed or self.percent or self.currency or self.absent)
        return bare and 1900 <= self.value <= 2099


class Token(Struct, frozen=True, gc=False):
    """A numeric token of a line.

    `start` and `end` (exclusive) are its columns, including currency, brackets and footnote mark. `figure_end` is
    the column after the last digit (or dash), where the figures of a table column are aligned.
    """

    start: int
    end: int
    figure_end: int
    amount: Amount


_ALNUM = r"[^\W_]"
_DASH = r"[-\u2012-\u2015\u2212]"
_CURRENCY = (
    r"(?:(?:U\.?S\.?|[Cc][Dd][Nn]|HK|NZ|NT|AU|[ACRS])?\$|(?:US|U\.S\.|[Cc][Dd][Nn])\ \$|[\u00a3\u00a5\u20ac]"
    r"|\((?:pound|euro|yen)s?\)"
    r"|(?:DM|FF|Yen|YEN|EUR|ECU|CHF|SEK|NOK|DKK|GBP|JPY|CAD|USD|NLG|Rs\.?)(?=[\s(\d.-]))"
)
_MARK = (
    r"(?:\ ?\*{1,3}(?!\*)|\ ?\([a-zA-Z]{1,2}\)|\(\d{1,2}\)|\{[^{}\s]{1,5}\}|<[fF]\d{1,2}>|/\w/|\ ?\[\w{1,2}\]"
    r"|\ ?[a-z]/(?!\w)|\ ?[\u2020\u2021#\u00a7]{1,3}|(?:(?<=,\d{3})|(?<=,\d{3}\)))[a-h](?=\s|$))"
)
_LIKE_DIGIT = r"[\dlIOoSBZ?~]"
_GROUPS = r"\d{1,3}(?>(?:,\d{3}){1,5})"
_SPOILT = rf"""(?:
      \(?\d{{1,3}}(?>(?:[,:;'~]\d{{3}}){{1,5}})                             # "10:000", "8'280"
    | \(?(?=\S{{0,8}}\d)(?=\(?\S{{3}})                                     # "8I0", "Z,910"
      {_LIKE_DIGIT}{{1,3}}(?>(?:,{_LIKE_DIGIT}{{3}}){{0,5}})(?:\.\d{{1,4}})?
    | ["_=~]\$?\(?{_GROUPS}                                              # '"8,280"'
    | \(?{_GROUPS}\d{{0,3}}(?:,\d{{3}}){{1,4}}                            # "13,42013,480"
    | \(?(?:{_GROUPS}|\d{{0,12}}(?=\.))(?:\.\d{{1,4}})?\)?(?:=20|[KMkm?~"_=])
    | \#{{3,16}} | [Xx]{{1,3}}(?>(?:,[Xx]{{3}}){{1,5}})                     # overflown cells, forms
  )\)?["_=]?"""
"""A print set apart that cannot be read as a figure, but was one: before an OCR, a mailer or a typist spoilt it."""
_YEAR = r"(?:19|20)\d\d(?!\d)"
_WORD_REST = rf"{_ALNUM}*+(?>(?:[-'&./,]{_ALNUM}++)*)"
_LONG_WORD = rf"[A-Za-z][a-z]{{3}}{_WORD_REST}"
_MASTER = re.compile(
    rf"""
    (?P<gap>\s{{3,}}+) | \s++
  | (?P<word>(?<=\s\s)N(?:one|ONE)(?=\s\s|\s?$))
  | {_LONG_WORD}(?>(?:\ {_LONG_WORD})*)                                      # words without a currency, for speed
  | (?<!\S)(?P<plain>                                                     # the form of most figures, for speed
      (?P<dollar>\$\ {{0,24}})? (?P<left>\()?
      (?P<printed>(?:\d{{1,3}}(?>(?:,\d{{3}})+)|\d++)(?:\.\d++)?) (?(left)\))
    )(?=\s*+$|\s\s++[\d$(])
  | {_DASH}{{5,}}+ | [=_]{{2,}}+                                            # rulers
  | \.+(?=\.0\d{{1,3}}(?![\d,.])) | \.{{2,}}+                             # leaders
  | (?:(?<={_ALNUM})|(?<=\)))\(\w{{1,2}}\) | [\{{\[]\w{{1,3}}(?:,\w{{1,3}}){{0,3}}[\}}\]]     # footnote references
  | (?:-\ (?!0)\d{{1,3}}\ -|-(?!0)\d{{1,3}}-)(?=\s|$)                        # page numbers
  | (?P<dash>
      (?<![^\s.|]) (?P<dcurrency>{_CURRENCY})? (?(dcurrency)\ {{0,24}}) (?P<dopen>\(\ {{0,4}})?
      (?P<rule>-\ ?[0O]\ ?-|(?i:nil)(?=\s|$)|{_DASH}\ {_DASH}(?!\ ?{_DASH})|{_DASH}{{1,4}})
      (?P<dpercent>\ {{0,3}}%)? (?:\ {{0,4}}\))? (?P<dmark>{_MARK}{{1,3}})?
      (?=\s|$|\|) (?!\ [^\W\d_])
    )
  | (?P<number>
      (?:(?<!{_ALNUM})(?<!['\#:/])|(?=\())
      (?P<sign>(?<!\))(?:{_DASH}|\+))?
      (?P<currency>{_CURRENCY})? (?(currency)\ {{0,24}})
      (?P<open>\(\ {{0,8}}|<\ ?)? (?P<inner>{_CURRENCY})? (?(inner)\ {{0,12}}) (?P<minus>{_DASH}\ ?)?
      (?P<figure>
          (?:(?P<whole>\d{{1,3}})(?:\ |-))? (?P<over>\d{{1,2}})/(?P<under>2|4|8|16|32|64)(?![\d/])
        | (?=\.?\d) (?P<digits>\d[\dO]*+(?>(?:(?:,,?|\ ,)[\dO]{{3}}(?![\dO]))*))? (?:\.(?P<fraction>\d++))?
      )
      (?P<after>-(?=\s\s|\s*$|\)))? (?P<percent>\ {{0,3}}%)? (?P<cents>\ ?\u00a2|p(?=\s|$|\)))?
      (?P<close>\ {{0,4}}[)>])?
      (?P<percent2>\ {{0,3}}%)?
      (?P<cents2>\ ?\u00a2)?
      (?P<side>\ ?(?:[CD]R|[CD]r)\b\.?)?
      (?P<mark>{_MARK}{{1,3}})?
      (?(close)(?![^\W\d_])|(?!{_ALNUM}|(?:{_DASH}|[/:.'&])\$?{_ALNUM}|,(?!{_YEAR})\d|,{_LIKE_DIGIT}{{3}}(?!\w)|;\d{{3}}(?!\d)|=\d|[-%)?~]))
    )
  | (?P<spoilt> (?:(?<=\s\s)|(?<=[$=]\s)|(?<=\$)) {_SPOILT} (?=\s\s|\s?$))
  | (?P<none> (?<![^\s.|(]) (?:\*{{1,3}}|(?i:n/[am])|N[AM]|n[am]|(?i:n\.[am])\.)(?=\s|$|[)|]) )
  | (?P<bad> (?<![^\s.(<$-]) \d++(?>(?:[.,]\d++)+) (?!{_ALNUM}|[-/:'&]\$?{_ALNUM}) | (?<!\S)\.\(\d++\)
      | (?<![^\s.(<$-])[\dlIO]{{1,3}}(?>(?:,[\dlIO]{{3}})+)(?![^\s.)%])                  # a letter typed for a digit
    )
  | [^\W\d_]{_WORD_REST}                                                 # words, with digits attached to them
  | \$?\d{_ALNUM}*+(?>(?:(?:{_DASH}|['&./,:%])\$?{_ALNUM}++)*)                       # compounds that start with a digit
  | (?P<opening>\() | (?P<closing>\))
    """,
    re.VERBOSE,
)
_PROSE_BEFORE = re.compile(r"[^\W\d_]\s|[;:,-]\s")
_PROSE_AFTER = re.compile(r",?\s{0,3}[^\W\d_]|,\s?[$\d]|[;:]| [-\u2013] ")
_RULER_LINE = re.compile(r"[\s=_|+\-\u2012-\u2015\u2212]*+\Z")
_RULER_RUN = re.compile(rf"[=_+|]|{_DASH}{{3}}|(?:{_DASH}\ ){{4}}")


def find_amounts(text: str) -> tuple[Token, ...]:
    """Return the numeric tokens of a line from left to right.

    There are none in a ruler line, in one of `MAX_LENGTH` characters, or in one of more than `MAX_TOKENS` numbers.
    Tokens in the caption ("due 1998", "(1)" after words) are included, as only the columns of the table show that they
    are not figures. Runs in time linear in the length of the line.
    """
    if len(text) >= MAX_LENGTH:
        return ()
    if not text[-1:].isalnum() and _RULER_LINE.match(text) and _RULER_RUN.search(text):
        return ()
    return tuple(_scan(text))


def _scan(text: str) -> list[Token]:
    tokens: list[Token] = []
    in_remark = False  # inside brackets around words
    words = 0  # "None" in place of a figure
    for match in _MASTER.finditer(text):
        kind = match.lastgroup
        if kind is None:
            continue
        if len(tokens) == MAX_TOKENS:
            return []
        if kind == "gap":
            in_remark = False
        elif kind == "plain":
            if (amount := _plain(*match.group("printed", "dollar", "left"))) is not None:
                tokens.append(Token(match.start(), match.end(), match.end("printed"), amount))
        elif kind == "number":
            opened, closed = match.group("open", "close")
            remark_bracket = False
            if bool(opened) != bool(closed):
                remark_bracket = _is_remark_bracket(match, in_remark)
                in_remark = remark_bracket and not closed
            if (amount := _number(match, remark_bracket)) is not None:
                tokens.append(Token(match.start(), match.end(), match.end("figure"), amount))
        elif kind == "dash":
            tokens.append(Token(match.start(), match.end(), match.end("rule"), _zero(match)))
        elif kind == "word":
            words += 1
            tokens.append(Token(match.start(), match.end(), match.end(), Amount(ZERO, dash=True)))
        elif kind == "none":
            tokens.append(Token(match.start(), match.end(), match.end(), Amount(ZERO, absent=True)))
        elif kind == "bad":
            if set(match[0]) & {",", "("} and any(map(str.isdecimal, match[0])):
                tokens.append(Token(match.start(), match.end(), match.end(), Amount(ZERO, absent=True, damaged=True)))
        elif kind == "spoilt":
            if match[0][0] == "#" and not text[: match.start()].strip():
                continue  # "###" ends a release
            tokens.append(Token(match.start(), match.end(), match.end(), Amount(ZERO, absent=True, damaged=True)))
        else:
            in_remark = kind == "opening"
    return tokens if len(tokens) > words else []


def _is_remark_bracket(match: re.Match[str], in_remark: bool) -> bool:
    """Whether the single bracket of this number belongs to words around it, as in "(net of 1,234)"."""
    if in_remark and not match["open"]:
        return True
    before = match.string[max(match.start() - 2, 0) : match.start()]
    if _PROSE_BEFORE.fullmatch(before) or _PROSE_AFTER.match(match.string, match.end()):
        return True
    # the second line of a caption may start with the end of a remark: "    accounts of\n   $1,234)"
    return not match["open"] and match.start() < CAPTION_COLUMNS and not match.string[: match.start()].strip()


def _plain(printed: str, dollar: str | None, bracket: str | None) -> Amount | None:
    """Parse digits with commas and a decimal point that have at most a dollar sign and brackets around them."""
    whole, _, fraction = printed.partition(".")
    digits = whole.replace(",", "")
    if len(digits) + len(fraction) > MAX_DIGITS or (dollar and printed == _THOUSANDS):
        return None
    if digits[0] == "0" and len(digits) > 1 and not fraction:  # the rest of a number ("9 00")
        return Amount(ZERO, absent=True, damaged=True)
    value = Decimal(f"{digits}.{fraction}" if fraction else digits)
    value = value.copy_negate() if bracket and value else value
    grouped = len(digits) < len(whole)
    return Amount(value, len(fraction), False, bool(bracket), False, "$" if dollar else "", grouped=grouped)


_AROUND = (
    "sign",
    "minus",
    "after",
    "open",
    "close",
    "currency",
    "inner",
    "percent",
    "percent2",
    "cents",
    "cents2",
    "mark",
    "side",
)


def _number(match: re.Match[str], remark_bracket: bool) -> Amount | None:
    """Parse a number; `remark_bracket`: its single bracket belongs to words around it and is no sign."""
    sign, minus, after, opened, closed, currency, inner, percent, percent2, *cents, mark, side = match.group(*_AROUND)
    if ("<" in (opened or "")) != (">" in (closed or "")):
        return None
    whole, over, under, digits, fraction = match.group("whole", "over", "under", "digits", "fraction")
    parsed = _fraction(whole, over, under) if over else _decimal(digits or "", fraction or "")
    if parsed is None or ((currency or inner) and digits == _THOUSANDS and not fraction):
        return None
    value, places = (parsed[0].scaleb(-2), parsed[1] + 2) if any(cents) else parsed
    bracketed = bool(opened and closed) or (bool(opened or closed) and not remark_bracket)
    negative = bracketed or any(char and char != "+" for char in (sign, minus, after))
    grouped = digits is not None and "," in digits
    unreadable = bool(side) or (grouped and digits.index(",") > 3)
    flawed = digits is not None and (",," in digits or " " in digits or "O" in digits)
    return Amount(
        ZERO if unreadable else value.copy_negate() if negative and value else value,
        places,
        bracketed=bracketed,
        percent=bool(percent or percent2),
        currency=currency or inner or "",
        mark=mark.strip() if mark else "",
        absent=unreadable,
        damaged=unreadable or (bracketed and not (opened and closed)) or flawed,
        grouped=grouped,
    )


def _decimal(digits: str, fraction: str) -> tuple[Decimal, int] | None:
    """Return the value and its number of decimal places; None if there are too many digits."""
    digits = digits.replace(",", "").replace(" ", "").replace("O", "0")
    if len(digits) + len(fraction) > MAX_DIGITS:
        return None
    return Decimal(f"{digits or '0'}.{fraction}" if fraction else digits), len(fraction)


def _fraction(whole: str | None, over: str, under: str) -> tuple[Decimal, int] | None:
    """Return the value of "12 1/2" and its number of decimal places; None unless the fraction is between 0 and 1."""
    if not 0 < int(over) < int(under):
        return None
    value = Decimal(whole or 0) + Decimal(over) / Decimal(under)  # powers of two divide exactly
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return value, -min(exponent, 0)


def _zero(match: re.Match[str]) -> Amount:
    return Amount(
        ZERO,
        dash=True,
        bracketed=bool(match["dopen"]),
        percent=bool(match["dpercent"]),
        currency=match["dcurrency"] or "",
        mark=(match["dmark"] or "").strip(),
    )
