"""What a heading or a caption says of a quarter or a fiscal year, and what else it says."""

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from converter.statements import Qualifier, find_qualifier
from converter.vocabulary import PartialDate, expression, read_dates, read_mention

_ORDINAL = expression(
    r"(?<![^\W_])(?:(first|1st|q1|1q)|(second|2nd|q2|2q)|(third|3rd|q3|3q)|(fourth|4th|q4|4q))(?![^\W_])",
    re.I,
    first="fstq1-4",
)
_TOTAL = expression(
    r"\b(?:total|full|annual|years?|twelve\s+months|12\s+months|"
    r"fifty-?\s?(?:two|three)\s+weeks|5[23]\s+weeks)\b",
    re.I,
    first="tfay15",
)
_YEAR_ENDED = expression(
    r"\byears?\s+end(?:ed|ing)\b|\b(?:twelve|12)\s+months\b|\b(?:fifty-?\s?(?:two|three)|5[23])\s+weeks\b", re.I
)
_WORDS = expression(
    r"\b(?:for|the|as|of|at|and|or|in|on|fiscal|calendar|years?|quarters?|quarterly|qtrs?|months?|weeks?|periods?|ended|"
    r"ending|end|three|twelve|thirteen|fourteen|sixteen|seventeen|fifty-?\s?(?:two|three)|first|second|third|fourth|"
    r"1st|2nd|3rd|4th|q[1-4]|[1-4]q|five|six|ten|eleven|total|full|annual|unaudited|audited|restated|data|results|\d{1,2})\b|"
    r"\([a-z\d]{1,2}\)|[^\w&%]",
    re.I,
)
_WEEKS_OF_HALF = 24
_WEEKS = expression(r"\b(\d\d|twelve|thirteen|fourteen|sixteen|seventeen)[\s-]+weeks?\b", re.I, first="\\dtfs")
_WEEK_COUNTS = {"twelve": 12, "thirteen": 13, "fourteen": 14, "sixteen": 16, "seventeen": 17}


class Mark(Struct, frozen=True):
    """A quarter or a year, as far as a text says it.

    `year` is what the fiscal year is called, `quarter` 1 to 4, `end` a printed last day of a quarter, maybe without
    day or year, `months` or `weeks` the length of the period. `total` is true of a whole year, `other` of figures that
    are not as reported, or to date. `rest` is what else the text says.
    """

    year: int | None = None
    quarter: int | None = None
    end: PartialDate | None = None
    months: int | None = None
    weeks: int | None = None
    total: bool = False
    other: bool = False
    rest: str = ""

    @property
    def names_quarter(self) -> bool:
        """Whether the text names a quarter or its last day."""
        return self.quarter is not None or self.end is not None

    @property
    def is_pure(self) -> bool:
        """Whether the text says something of periods and nothing else."""
        return not self.rest and (self.names_quarter or self.total or self.year is not None)

    def within(self, outer: "Mark") -> "Mark":
        """Return the mark completed by that of a text that stands over it."""
        mark = self
        if not (mark.names_quarter or mark.total):
            mark = replace(mark, quarter=outer.quarter, end=outer.end, total=outer.total)
        return replace(
            mark,
            year=mark.year or outer.year,
            months=mark.months or outer.months,
            weeks=mark.weeks or outer.weeks,
            other=mark.other or outer.other,
        )


@lru_cache(maxsize=1024)
def read_mark(text: str) -> Mark:
    """Read what a text says of quarters and years; a date that is no quarter's only tells the year."""
    mention = read_mention(text)
    ordinals = {match.lastindex for match in _ORDINAL.finditer(text)}
    quarter = ordinals.pop() if len(ordinals) == 1 else None
    dates = [day for day in mention.dates if day.month is not None]
    years = {day.year for day in mention.dates if day.year is not None}
    year = years.pop() if len(years) == 1 else None
    end = dates[0] if len(dates) == 1 else None
    total = quarter is None and (_YEAR_ENDED if end is not None else _TOTAL).search(text) is not None
    counted = _WEEKS.search(text)
    weeks = (_WEEK_COUNTS.get(counted[1].lower()) or int(counted[1])) if counted else None
    return Mark(
        year=year,
        quarter=quarter,
        end=None if total else end,
        months=mention.months,
        weeks=weeks if weeks is not None and weeks < _WEEKS_OF_HALF else None,
        total=total,
        other=mention.to_date or find_qualifier(text) not in (None, Qualifier.RESTATED),
        rest=_rest(text, mention.dates),
    )


def dates_in(text: str) -> tuple[PartialDate, ...]:
    """Return the dates with a month that a text names, in order."""
    return tuple(day for day in read_dates(text) if day.month is not None)


def _rest(text: str, dates: tuple[PartialDate, ...]) -> str:
    pieces, position = [], 0
    for mentioned in dates:
        pieces.append(text[position : mentioned.start])
        position = mentioned.end
    pieces.append(text[position:])
    return " ".join(_WORDS.sub(" ", " ".join(pieces)).split())
