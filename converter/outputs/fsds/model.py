"""The four tables of the SEC's Financial Statement Data Sets: their columns, in their order."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct


class Sub(Struct, frozen=True):
    """A submission. Days are `YYYYMMDD`; `period` is rounded to the nearest end of a month."""

    adsh: str
    cik: str
    name: str
    sic: str
    countryba: str
    stprba: str
    cityba: str
    zipba: str
    bas1: str
    bas2: str
    baph: str
    countryma: str
    stprma: str
    cityma: str
    zipma: str
    mas1: str
    mas2: str
    countryinc: str
    stprinc: str
    ein: str
    former: str
    changed: str
    afs: str
    wksi: str
    fye: str
    form: str
    period: str
    fy: str
    fp: str
    filed: str
    accepted: str
    prevrpt: str
    detail: str
    instance: str
    nciks: str
    aciks: str


class Num(Struct, frozen=True):
    """A value. `ddate` is rounded to the nearest end of a month, `qtrs` is 0 for an instant."""

    adsh: str
    tag: str
    version: str
    ddate: str
    qtrs: str
    uom: str
    segments: str
    coreg: str
    value: str
    footnote: str


class Tag(Struct, frozen=True):
    """A concept that values or statements of the quarter have."""

    tag: str
    version: str
    custom: str
    abstract: str
    datatype: str
    iord: str
    crdr: str
    tlabel: str
    doc: str


class Pre(Struct, frozen=True):
    """A row of a statement."""

    adsh: str
    report: str
    line: str
    stmt: str
    inpth: str
    rfile: str
    tag: str
    version: str
    plabel: str
    negating: str


TABLES: Mapping[str, type[Sub] | type[Num] | type[Tag] | type[Pre]] = MappingProxyType(
    {"sub": Sub, "num": Num, "tag": Tag, "pre": Pre}
)
"""The tables by the names of their files, without the suffix."""
