"""Whose report it is: the entity of every context."""

import re

from converter.filing import Cover, Header
from converter.report.model import CIK_SCHEME, OWN_SCHEME, Options
from converter.vocabulary import Code, Finding, Severity

_UNKNOWN = "UNKNOWN"
_NOT_A_WORD = re.compile(r"[^A-Z0-9]+")


def entity_of(header: Header, cover: Cover, options: Options) -> tuple[str, str, tuple[Finding, ...]]:
    """The scheme and the identifier of the entity, and a doubt about it if there is one.

    A CIK that the user or the SEC header gives comes first; otherwise a scheme of our own with the ticker, else
    the registrant's name in capitals and hyphens (`ACME-WIDGETS-INC`), else `UNKNOWN`.
    """
    cik = options.cik or header.cik
    if cik:
        return CIK_SCHEME, cik.zfill(10), ()
    name = options.entity or header.company or (str(cover.name.value) if cover.name else "")
    symbol = str(cover.ticker.value) if cover.ticker and not options.entity else name
    identifier = _NOT_A_WORD.sub("-", symbol.upper()).strip("-")
    if identifier:
        return OWN_SCHEME, identifier, ()
    message = "the file does not say whose report it is: give --cik or --entity"
    return OWN_SCHEME, _UNKNOWN, (Finding(Severity.WARNING, Code.ENTITY_UNKNOWN, message),)
