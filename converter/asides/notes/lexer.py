"""Tokens of a sentence that states amounts of years: subjects, amounts, years, and words that may stand between."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal

from converter.asides.notes.subjects import CONCEPTS, SUBJECT
from converter.asides.notes.tokens import Kind, Token
from converter.vocabulary import MONTH_NAME, expression, month_of

_POWERS = {"thousand": 3, "million": 6, "billion": 9}
_LENGTHS = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "thirteen": 3, "twenty-six": 6, "thirty-nine": 9}
_LEADS = (
    r"the|our|its|total|totals|aggregate|net|consolidated|company['’]s|company|companies|registrant|corporation"
    r"|we|all|also|had|has|have|made|incurred|recorded|recognized|expensed|paid|charged|spent|supplemental|cash"
)
_FILLERS = (
    r"in|for|during|of|at|as|year-end|on|and|to|with|was|were|is|are|been|be|the|fiscal|calendar|years?|periods?|ended|ending"
    r"|ends?|totale?d|totall?ing|amounted|amounts?|amounting|aggregated|aggregating|approximated|approximately|about"
    r"|compared|each|then|expense|costs?|or"
)
_TOKEN = expression(
    rf"""
    (?P<aside>,\s(?:which|that)\s(?:is|are|were|was|includes?|included|excludes?)\s[^,$]{{1,120}},|,\sincluding\s[^,$\d]{{1,120}},|\([^()$\d]{{1,80}}\)
      |,?\sor\s\d{{1,3}}(?:\.\d{{1,2}})?%(?:,\s\d{{1,3}}(?:\.\d{{1,2}})?%){{0,4}}(?:,?\sand\s\d{{1,3}}(?:\.\d{{1,2}})?%)?
        \sof\s(?:total\s|net\s)?(?:revenues?|sales),?)
  | (?P<subject>\b(?:{SUBJECT})\b)
  | \$\s?(?P<number>\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,9}}(?:\.\d{{1,4}})?|\.\d{{1,3}})(?![\d%]|[.,]\d)
      (?:[\s-](?P<power>thousand|million|billion)\b)?
  | (?P<length>\b(?:three|six|nine|twelve|thirteen|twenty-six|thirty-nine)[\s-](?:months?|weeks?)\b(?:\speriods?\b)?)
  | (?:\b(?P<month>{MONTH_NAME})\.?,?\s(?:(?P<day>\d{{1,2}})\b,?\s?)?)?
      (?<![\d$.,])\b(?P<year>(?:19|20)\d\d)\b(?!,\d|\.\d|%)
  | (?P<bare_day>\b{MONTH_NAME}\.?\s\d{{1,2}}\b,?)
  | (?P<respectively>\brespectively\b)
  | (?P<filler>\b(?:(?:expensed|charged\sto\s(?:expense|operations|income|earnings))\s(?:as|when)\sincurred
      |{_FILLERS})\b)
  | (?P<lead>\b(?:{_LEADS})\b)
  | (?P<mark>[,:()–—-])
  | (?P<other>[^\s,:()]{{1,80}})
    """,
    re.VERBOSE | re.IGNORECASE,
)


def read_tokens(text: str, names: Collection[str] = ()) -> Iterator[Token]:
    """Yield the tokens of a sentence whose words are one space apart, without those that mean nothing here.

    `names` are the words of the registrant's name, in small letters: it may stand before a subject.
    """
    month: int | None = None
    day: int | None = None
    months = 12
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match["subject"]:
            concept = CONCEPTS[next(group for group in CONCEPTS if match[group] is not None)]
            yield Token(Kind.SUBJECT, start, end, concept=concept)
        elif match["number"]:
            yield _amount(match)
        elif match["length"]:
            months = _LENGTHS[re.split(r"[\s-](?=month|week)", match["length"].casefold())[0]]
        elif match["year"]:
            if match["month"]:
                month, day = month_of(match["month"]), int(match["day"]) if match["day"] else None
            yield Token(Kind.YEAR, start, end, year=int(match["year"]), month=month, day=day, months=months)
        elif match["bare_day"]:
            month, day = month_of(match["bare_day"]), int(re.sub(r"\D", "", match["bare_day"]))
        elif match["respectively"]:
            yield Token(Kind.RESPECTIVELY, start, end)
        elif match["lead"] or (match["other"] and match["other"].lower().removesuffix("'s") in names):
            yield Token(Kind.LEAD, start, end)
        elif match["other"]:
            yield Token(Kind.OTHER, start, end)


def _amount(match: re.Match[str]) -> Token:
    digits = match["number"].replace(",", "")
    power = _POWERS[match["power"].casefold()] if match["power"] else None
    return Token(Kind.AMOUNT, *match.span("number"), Decimal(digits), len(digits.partition(".")[2]), power)
