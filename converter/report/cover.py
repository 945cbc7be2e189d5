"""The facts of the cover: what the submission's header, the cover page and the user say of document and registrant."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from converter.filing import Cover, CoverFigure, CoverText, Filing
from converter.report.model import Context, Dimension, Fact, Group, Unit
from converter.report.options import Options
from converter.statements import Statement
from converter.taxonomy import CLASS_OF_STOCK_AXIS, class_of_stock_member, load_taxonomy
from converter.vocabulary import Duration, Instant, is_periodic

_COVER_TITLE = "Document and entity"


def cover_groups(
    filing: Filing, cover: Cover, statements: Sequence[Statement], period: Duration | None, options: Options
) -> Iterator[Group]:
    """Yield the group of the cover's facts; they are of the period reported on, figures of their own days."""
    if period is None:
        return
    context = Context(period)
    concepts = load_taxonomy().concepts
    facts = [
        Fact(name, context, None, text.value, None, text.source, concepts[name].label)
        for name, text in _cover_facts(filing, cover, statements, period, options)
        if name in concepts
    ]
    facts += _figures(cover)
    if facts:
        yield Group(_COVER_TITLE, None, tuple(facts))


class _CoverFact(NamedTuple):
    concept: str
    text: CoverText


def _cover_facts(
    filing: Filing, cover: Cover, statements: Sequence[Statement], period: Duration, options: Options
) -> Iterator[_CoverFact]:
    """Yield the known cover facts; the user's options precede the header, and this precedes the text."""
    header = filing.header
    kind = filing.documents[statements[0].document].type.upper() if statements else ""
    cik = options.cik.zfill(10) if options.cik else header.cik
    fiscal_year_end = options.fiscal_year_end or header.fiscal_year_end
    exhibit = CoverText(kind) if kind.startswith("EX-") else None
    form = header.form or ("" if exhibit else kind)
    yield from _if_known("EntityRegistrantName", _cover_text(options.entity or header.company) or cover.name)
    yield from _if_known("EntityCentralIndexKey", _cover_text(cik))
    yield from _if_known("TradingSymbol", cover.ticker)
    yield from _if_known("SecurityExchangeName", cover.exchange)
    yield from _if_known("StandardIndustrialClassification", _cover_text(header.sic))
    yield from _if_known("DocumentType", _cover_text(form) or cover.form)
    yield from _if_known("ExhibitType", exhibit)
    yield from _if_known("DocumentPeriodEndDate", CoverText(_period_end(filing, cover, period, options)))
    yield from _if_known("ReleaseDate", cover.released)
    yield from _if_known("CurrentFiscalYearEndDate", _cover_text(_gmonthday(fiscal_year_end)) or cover.fiscal_year_end)
    yield from _if_known("AccessionNumber", _cover_text(header.accession))
    yield from _if_known("FilingDate", CoverText(header.filed) if header.filed else None)
    yield from _if_known("AmendmentFlag", _cover_text(str(form.endswith("/A")).lower() if header.form else ""))
    yield from _identity(filing, cover)


def _identity(filing: Filing, cover: Cover) -> Iterator[_CoverFact]:
    """Yield what header and cover say of the registrant beside its name, and what the boxes of the cover say."""
    header = filing.header
    yield from _if_known("EntityIncorporationStateCountryCode", _cover_text(header.state))
    yield from _if_known("EntityIncorporationStateCountryName", cover.state)
    yield from _if_known("EntityTaxIdentificationNumber", _cover_text(header.irs_number) or cover.irs_number)
    yield from _if_known("EntityAddressAddressLine1", _cover_text(header.street))
    yield from _if_known("EntityAddressAddressLine2", _cover_text(header.street_2))
    yield from _if_known("EntityAddressCityOrTown", _cover_text(header.city))
    yield from _if_known("EntityAddressStateOrProvince", _cover_text(header.state_of_address))
    yield from _if_known("EntityAddressPostalZipCode", _cover_text(header.postal_code))
    yield from _if_known("EntityInformationFormerLegalOrRegisteredName", _cover_text(header.former_name))
    renamed = CoverText(header.renamed) if header.renamed else None
    yield from _if_known("EntityInformationDateToChangeFormerLegalOrRegisteredName", renamed)
    for answer in cover.answers:
        yield _CoverFact(answer.name, answer.text)


def _figures(cover: Cover) -> Iterator[Fact]:
    """Yield the shares outstanding, by class if there are several, and the market value of those that others hold."""
    counts = cover.shares_outstanding
    members = ["" if len(counts) == 1 else _member(count) for count in counts]
    if None not in members:
        for count, member in zip(counts, members, strict=True):
            dimensions = (Dimension(CLASS_OF_STOCK_AXIS, member=member),) if member else ()
            yield _figure("EntityCommonStockSharesOutstanding", count, Unit("xbrli:shares"), dimensions)
    if cover.public_float is not None:
        yield _figure("EntityPublicFloat", cover.public_float, Unit("iso4217:USD"))


def _member(count: CoverFigure) -> str | None:
    return class_of_stock_member(count.stock_class) if count.stock_class else ""


def _figure(name: str, figure: CoverFigure, unit: Unit, dimensions: tuple[Dimension, ...] = ()) -> Fact:
    context = Context(Instant(figure.day), dimensions)
    label = load_taxonomy().concepts[name].label
    return Fact(name, context, unit, figure.value, figure.decimals, figure.source, label)


def _period_end(filing: Filing, cover: Cover, period: Duration, options: Options) -> date:
    """Return the end of the reporting period: by option, a periodic report's header, the cover page, or the columns.

    The header of a current report (8-K) is not used: it has the day of the event instead.
    """
    if options.period_end is not None:
        return options.period_end
    if filing.header.period is not None and is_periodic(filing.header.form):
        return filing.header.period
    stated = cover.period_end
    return stated.value if stated is not None and isinstance(stated.value, date) else period.end


def _if_known(concept: str, text: CoverText | None) -> Iterator[_CoverFact]:
    if text is not None:
        yield _CoverFact(concept, text)


def _cover_text(text: str) -> CoverText | None:
    return CoverText(text) if text else None


def _gmonthday(digits: str) -> str:
    """Convert `0630` to the gMonthDay `--06-30` (XML Schema part 2, section 3.2.12), any other text to ''."""
    if len(digits) != 4 or not digits.isascii() or not digits.isdigit():
        return ""
    month, day = int(digits[:2]), int(digits[2:])
    try:
        date(2000, month, day)
    except ValueError:
        return ""
    return f"--{month:02d}-{day:02d}"
