"""Which template a filing is of: the industry whose items it has."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from converter.taxonomy import load_taxonomy


class Template(StrEnum):
    """An industry with items of its own."""

    INDUSTRIAL = "industrial"
    BANK = "bank"
    INSURER = "insurer"
    UTILITY = "utility"
    BROKER = "broker"
    REAL_ESTATE = "real estate"


_OF_INDUSTRY = {
    "bank": Template.BANK,
    "insurer": Template.INSURER,
    "utility": Template.UTILITY,
    "broker-dealer": Template.BROKER,
    "real-estate": Template.REAL_ESTATE,
}
"""The templates of the column `industry` of the table of concepts."""

_OF_SIC = (
    (range(4900, 4950), Template.UTILITY),
    (range(6000, 6100), Template.BANK),
    (range(6110, 6164), Template.BANK),
    (range(6200, 6212), Template.BROKER),
    (range(6300, 6412), Template.INSURER),
    (range(6500, 6554), Template.REAL_ESTATE),
    (range(6798, 6799), Template.REAL_ESTATE),
)
"""The standard industrial classification codes of each template."""

_ENOUGH = 3
"""How many concepts of an industry a filing needs to be of its template."""


def template_of(concepts: Iterable[str], sic: str = "") -> Template:
    """Return the template of a filing with these concepts; `sic` is the registrant's code, "" if it is not known.

    The concepts decide where at least three are of one industry alone, and the code where they do not.
    """
    table = load_taxonomy().concepts
    counts = Counter(table[name].industry[0] for name in set(concepts) if len(table[name].industry) == 1)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    by_code = next((template for codes, template in _OF_SIC if sic.isdigit() and int(sic) in codes), None)
    if ranked and ranked[0][1] >= _ENOUGH:
        most = [_OF_INDUSTRY[industry] for industry, number in ranked if number == ranked[0][1]]
        return by_code if by_code in most else most[0]
    return by_code or Template.INDUSTRIAL
