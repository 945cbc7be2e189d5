"""Determine the reporting entity, which identifies every context."""

from msgspec import Struct

from converter.filing import Cover, Header
from converter.report.model import CIK_SCHEME, OWN_SCHEME
from converter.report.options import Options
from converter.vocabulary import Code, Finding, Severity, expression

_UNKNOWN = "UNKNOWN"
_NOT_ALPHANUMERIC = expression(r"[^A-Z0-9]+")


class Entity(Struct, frozen=True):
    """The scheme and identifier of the entity, and a warning if it is unknown."""

    scheme: str
    identifier: str
    findings: tuple[Finding, ...] = ()


def entity_of(header: Header, cover: Cover, options: Options) -> Entity:
    """Determine the entity from the user's options, the SEC header and the cover page.

    A CIK of the user or the SEC header comes first. Otherwise the identifier is, in a scheme of this project, the
    ticker, else the registrant's name in capitals and hyphens (`ACME-WIDGETS-INC`), else `UNKNOWN`.
    """
    cik = options.cik or header.cik
    if cik:
        return Entity(CIK_SCHEME, cik.zfill(10))
    name = options.entity or header.company or (str(cover.name.value) if cover.name else "")
    symbol = str(cover.ticker.value) if cover.ticker and not options.entity else name
    identifier = _NOT_ALPHANUMERIC.sub("-", symbol.upper()).strip("-")
    if identifier:
        return Entity(OWN_SCHEME, identifier)
    message = "the file does not say whose report it is: give --cik or --entity"
    return Entity(OWN_SCHEME, _UNKNOWN, (Finding(Severity.WARNING, Code.ENTITY_UNKNOWN, message),))
