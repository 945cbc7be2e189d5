"""Cell text -> Amount: the numeric tokens of a line of a fixed-width table, with their columns.

What is read and how:

- negative: `(1,234)`, `( 1,234 )`, `$(1,234)`, `($1,234)`, `<1,234>`, `-1,234`, `1,234-`; a bracket lost on one
  side still makes the figure negative, unless it is the bracket of a remark in words around it;
- zero: `-`, `--`, `---`, `----` standing free, en and em dashes, `-0-`, `nil`; five or more are a ruler;
- no figure: `n/a`, `N/M`, `NM`, `*` standing free: a token whose amount is `absent`;
- leaders: a run of dots before a figure is not its point (`.....12` is 12), except before a zero and more digits
  (`.....03` is .03, for nobody prints the whole number 03); a point after a blank is a point (`.... .12` is .12);
- not figures: words with digits (`10-K`, `A-1`, `1st`, `7.59:1`), numeric dates, ranges, section numbers.
"""

import re
from decimal import Decimal

from msgspec import Struct

ZERO = Decimal(0)
MAX_DIGITS = 18
"""More digits are an identifier, not a figure; it also keeps a value exact when scaled in the default context."""
CAPTION_COLUMNS = 20
"""A figure that begins a line before this column stands in the caption."""


class Amount(Struct, frozen=True):
    """One printed figure, unscaled.

    `value` has the printed sign: `(1,234)` is -1234; a dash is 0. `places` counts the digits printed
    after the point (of `12 1/2` the digits of 12.5). `currency` is the sign or word before the figure.
    `mark` is the footnote mark that followed. `absent` marks a placeholder that says there is no usable
    figure ("n/a", "N/M", "*", or digits that cannot be read): it occupies a column, its value is 0 and
    must not be used. `damaged` says that the print is faulty (one bracket lost, a doubled comma, a letter
    O for a zero, commas out of place). `grouped` says that commas part the thousands.
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
    def yearlike(self) -> bool:
        """Whether this is a bare 4-digit number from 1900 to 2099: no comma, sign, point or currency."""
        bare = not (self.grouped or self.places or self.bracketed or self.percent or self.currency or self.absent)
        return bare and 1900 <= self.value <= 2099


class Token(Struct, frozen=True):
    """A numeric token of a line: `start` and `end` (exclusive) span it with its currency, brackets and mark.

    `figure_end` is the column just after the last digit (or dash): the figures of one table column share it.
    """

    start: int
    end: int
    figure_end: int
    amount: Amount


_ALNUM = r"[^\W_]"
_DASH = r"[-\u2012-\u2015\u2212]"
_CURRENCY = (
    r"(?:(?:U\.?S\.?|[Cc][Dd][Nn]|HK|NZ|NT|AU|[ACRS])?\$|(?:US|U\.S\.|[Cc][Dd][Nn])\ \$|[\u00a3\u00a5\u20ac]"
    r"|(?:DM|FF|Yen|YEN|EUR|ECU|CHF|SEK|NOK|DKK|GBP|JPY|CAD|USD|NLG|Rs\.?)(?=[\s(\d.-]))"
)
_MARK = (
    r"(?:\ ?\*{1,3}(?!\*)|\ ?\([a-zA-Z]{1,2}\)|\(\d{1,2}\)|\{[^{}\s]{1,5}\}|<[fF]\d{1,2}>|/\w/|\ ?\[\w{1,2}\]"
    r"|\ ?[a-z]/(?!\w))"
)
_YEAR = r"(?:19|20)\d\d(?!\d)"
_WORD_REST = rf"{_ALNUM}*+(?:[-'&./,]{_ALNUM}++)*+"
_LONG_WORD = rf"[A-Za-z][a-z]{{3}}{_WORD_REST}"
_MASTER = re.compile(
    rf"""
    (?P<gap>\s{{3,}}+) | \s++
  | {_LONG_WORD}(?:\ {_LONG_WORD})*+                                        # words that hold no currency, for speed
  | (?<!\S)(?P<plain>                                                     # what most figures are, for speed
      (?P<dollar>\$\ {{0,24}})? (?P<left>\()?
      (?P<printed>(?:\d{{1,3}}(?:,\d{{3}})++|\d++)(?:\.\d++)?) (?(left)\))
    )(?=\s*+$|\s\s++[\d$(])
  | {_DASH}{{5,}}+ | [=_]{{2,}}+                                            # rulers
  | \.+(?=\.0\d{{1,3}}(?![\d,.])) | \.{{2,}}+                             # leaders
  | (?:(?<={_ALNUM})|(?<=\)))\(\w{{1,2}}\) | [\{{\[]\w{{1,3}}(?:,\w{{1,3}}){{0,3}}[\}}\]]     # footnote references
  | (?:-\ \d{{1,3}}\ -|-(?!0)\d{{1,3}}-)(?=\s|$)                          # page numbers
  | (?P<dash>
      (?<![^\s.|]) (?P<dcurrency>{_CURRENCY})? (?(dcurrency)\ {{0,24}}) (?P<dopen>\(\ {{0,4}})?
      (?P<rule>-0-|(?i:nil)(?=\s|$)|{_DASH}\ {_DASH}(?!\ ?{_DASH})|{_DASH}{{1,4}})
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
        | (?=\.?\d) (?P<digits>\d[\dO]*+(?:(?:,,?|\ ,)[\dO]{{3}}(?![\dO]))*+)? (?:\.(?P<fraction>\d++))?
      )
      (?P<after>-(?=\s\s|\s*$|\)))? (?P<percent>\ {{0,3}}%)?
      (?P<close>\ {{0,4}}[)>])?
      (?P<percent2>\ {{0,3}}%)?
      (?P<mark>{_MARK}{{1,3}})?
      (?(close)(?![^\W\d_])|(?!{_ALNUM}|(?:{_DASH}|[/:.'&])\$?{_ALNUM}|,(?!{_YEAR})\d|[-%)]))
    )
  | (?P<none> (?<![^\s.|(]) (?:\*{{1,3}}|(?i:n/[am])|N[AM]|(?i:n\.[am])\.)(?=\s|$|[)|]) )
  | (?P<bad> (?<![^\s.(<$-]) \d++(?:[.,]\d++)++ (?!{_ALNUM}|[-/:'&]\$?{_ALNUM}) | (?<!\S)\.\(\d++\) )
  | [^\W\d_]{_WORD_REST}                                                 # words, with the digits glued to them
  | \$?\d{_ALNUM}*+(?:(?:{_DASH}|['&./,:%])\$?{_ALNUM}++)*+                          # compounds that begin with a digit
  | (?P<opening>\() | (?P<closing>\))
    """,
    re.VERBOSE,
)
_PROSE_BEFORE = re.compile(r"[^\W\d_]\s|[;:,-]\s")
_PROSE_AFTER = re.compile(r",?\s{0,3}[^\W\d_]|,\s?[$\d]|[;:]| [-\u2013] ")
_RULER_LINE = re.compile(r"[\s=_|+\-\u2012-\u2015\u2212]*+\Z")
_RULER_RUN = re.compile(rf"[=_+|]|{_DASH}{{3}}|(?:{_DASH}\ ){{4}}")


def find_amounts(text: str) -> tuple[Token, ...]:
    """Every numeric token of a line, left to right; none for a line of rulers. Time is linear in the line's length.

    A token in a caption ("due 1998", "(1)" after words) is given too: only the table's columns tell it apart.
    """
    if _RULER_LINE.match(text) and _RULER_RUN.search(text):
        return ()
    return tuple(_scan(text))


def _scan(text: str) -> list[Token]:
    tokens: list[Token] = []
    in_remark = False  # inside a bracket that opened around words
    for match in _MASTER.finditer(text):
        kind = match.lastgroup
        if kind is None:
            continue
        if kind == "plain":
            if (amount := _plain(*match.group("printed", "dollar", "left"))) is not None:
                tokens.append(Token(match.start(), match.end(), match.end("printed"), amount))
        elif kind == "number":
            opened, closed = match.group("open", "close")
            remark = False
            if bool(opened) != bool(closed):
                remark = _in_remark(match, in_remark)
                in_remark = remark and not closed
            if (amount := _number(match, remark)) is not None:
                tokens.append(Token(match.start(), match.end(), match.end("figure"), amount))
        elif kind == "dash":
            tokens.append(Token(match.start(), match.end(), match.end("rule"), _zero(match)))
        elif kind == "none":
            tokens.append(Token(match.start(), match.end(), match.end(), Amount(ZERO, absent=True)))
        elif kind == "bad":
            if set(match[0]) & {",", "("}:
                tokens.append(Token(match.start(), match.end(), match.end(), Amount(ZERO, absent=True, damaged=True)))
        else:
            in_remark = kind == "opening"
    return tokens


def _in_remark(match: re.Match[str], inside: bool) -> bool:
    """Whether a bracket that this number has on one side only belongs to words around it: "(net of 1,234)"."""
    if inside and not match["open"]:
        return True
    before = match.string[max(match.start() - 2, 0) : match.start()]
    if _PROSE_BEFORE.fullmatch(before) or _PROSE_AFTER.match(match.string, match.end()):
        return True
    # a caption's second line begins with the end of its remark: "    accounts of\n   $1,234)"
    return not match["open"] and match.start() < CAPTION_COLUMNS and not match.string[: match.start()].strip()


def _plain(printed: str, dollar: str | None, bracket: str | None) -> Amount | None:
    """The amount that digits, commas and a point are, with nothing but a dollar sign and brackets around them."""
    whole, _, fraction = printed.partition(".")
    read = _decimal(whole, fraction)
    if read is None:
        return None
    value, places = read
    value = value.copy_negate() if bracket and value else value
    return Amount(value, places, False, bool(bracket), False, "$" if dollar else "", grouped="," in whole)


_AROUND = ("sign", "minus", "after", "open", "close", "currency", "inner", "percent", "percent2", "mark")


def _number(match: re.Match[str], remark: bool) -> Amount | None:
    sign, minus, after, opened, closed, currency, inner, percent, percent2, mark = match.group(*_AROUND)
    if ("<" in (opened or "")) != (">" in (closed or "")):
        return None
    whole, over, under, digits, fraction = match.group("whole", "over", "under", "digits", "fraction")
    read = _fraction(whole, over, under) if over else _decimal(digits or "", fraction or "")
    if read is None:
        return None
    value, places = read
    bracketed = bool(opened and closed) or (bool(opened or closed) and not remark)
    negative = bracketed or any(char and char != "+" for char in (sign, minus, after))
    grouped = digits is not None and "," in digits
    unreadable = grouped and digits.index(",") > 3
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
    """The value of some digits, and how many of them stand behind the point."""
    digits = digits.replace(",", "").replace(" ", "").replace("O", "0")
    if len(digits) + len(fraction) > MAX_DIGITS:
        return None
    return Decimal(f"{digits or '0'}.{fraction}" if fraction else digits), len(fraction)


def _fraction(whole: str | None, over: str, under: str) -> tuple[Decimal, int] | None:
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
