"""A table -> the tracks of it that are proven, what they are, and the factor of their figures."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from converter.asides.equity.components import Role, clean, component_of, member_of_row
from converter.asides.equity.days import FiscalDays
from converter.asides.equity.layout import Layout, Strip, Track, read_layouts
from converter.asides.equity.proof import balances, crossfoot, subtotals, ties
from converter.asides.equity.shares import ShareCounts
from converter.asides.equity.sheet import SheetRow
from converter.asides.equity.tables import EquityTable
from converter.statements import ONE, Component
from converter.taxonomy import OTHER_COMPONENT

_THOUSAND, _MILLION = Decimal(1000), Decimal(1_000_000)
_PARENT = Component("ParentMember")
_COMPREHENSIVE = Component("ComprehensiveIncomeMember")
_NO_HEADING = "(no heading)"
_WITH_ALL = "StockholdersEquityIncludingPortionAttributableToNoncontrollingInterest"


class ReadTrack(Struct, frozen=True):
    """A track of which figures are read.

    `strips` are those that add up; `component` is None for the whole equity. `concept` is that of the balances.
    `factor` converts printed figures to whole units, with the sign of what they add to equity. `tied`: the balances are
    those of a row of the balance sheet, and not only a part of the whole that these make. `shares`: they are counts of
    shares.
    """

    track: Track
    strips: tuple[Strip, ...]
    component: Component | None
    concept: str
    factor: Decimal
    tied: bool = True
    shares: bool = False


class ReadTable(Struct, frozen=True):
    """A statement of equity: the tracks that are read, and why each of the others is not.

    `concept` is that of the whole equity.
    """

    table: EquityTable
    turned: bool
    tracks: tuple[ReadTrack, ...]
    left_out: tuple[tuple[Track, str], ...]
    concept: str = ""


class _Whole(Struct, frozen=True):
    """The track of the whole equity, the row of the balance sheet with its balances, and the factor of its figures.

    The track is None if the table has none, and its other tracks add up to the row.
    """

    layout: Layout
    track: Track | None
    row: SheetRow
    factor: Decimal


def read_table(
    table: EquityTable, days: FiscalDays, sheet: Sequence[SheetRow], counts: ShareCounts
) -> ReadTable | None:
    """Read a table as a statement of equity; None if its balances are not those of the balance sheet."""
    whole = next(_wholes(table, days, sheet), None)
    if whole is None:
        return None
    reader = _Reader(table, whole, sheet, counts)
    return reader.read()


def _wholes(table: EquityTable, days: FiscalDays, sheet: Sequence[SheetRow]) -> Iterator[_Whole]:
    """Yield the readings of a table in which a track has the balances of the whole equity."""
    stated = table.document.scale_of(table.draft).money
    for layout in read_layouts(table, days):
        for factor in dict.fromkeys((stated, ONE, _THOUSAND, _MILLION)):
            tied = [(t, row) for t in layout.tracks for row in sheet if row.is_total and ties(t, row, factor)]
            tied = [(t, row) for t, row in tied if t.role in (Role.TOTAL, Role.MONEY)]
            if tied:
                track, row = max(tied, key=lambda pair: (pair[1].concept == _WITH_ALL, pair[0].role is Role.TOTAL))
                yield _Whole(layout, track, row, factor)
    for layout in read_layouts(table, days):
        for row in sheet:
            if row.is_total and len(row.values) > 1 and crossfoot(layout.tracks, _scaled(row, stated), None):
                yield _Whole(layout, None, row, stated)


def _scaled(row: SheetRow, factor: Decimal) -> dict[date, Decimal]:
    return {day: value / factor for day, value in row.values.items()}


class _Reader:
    """Reads the tracks of one table."""

    def __init__(self, table: EquityTable, whole: _Whole, sheet: Sequence[SheetRow], counts: ShareCounts) -> None:
        self.table, self.whole, self.sheet, self.counts = table, whole, sheet, counts
        self.tracks = whole.layout.tracks
        balances_of_whole = balances(whole.track) if whole.track else _scaled(whole.row, whole.factor)
        self.signs = crossfoot(self.tracks, balances_of_whole, whole.track) or {}
        self.left_out: list[tuple[Track, str]] = []

    def read(self) -> ReadTable | None:
        """Read all tracks; None if the whole equity itself does not add up."""
        whole = () if self.whole.track is None else self._read_whole(self.whole.track)
        if self.whole.track is not None and not whole:
            return None
        money = [read for i, track in enumerate(self.tracks) if (read := self._read_money(i, track)) is not None]
        shares = list(self._read_shares(money))
        tracks = (*whole, *_distinct(money), *_distinct(shares), *self._read_comprehensive())
        return ReadTable(
            self.table, self.whole.layout.turned, tracks, tuple(self.left_out), self.whole.row.concept or ""
        )

    def _proven_strips(self, track: Track) -> tuple[Strip, ...]:
        return tuple(strip for strip in track.strips if subtotals(strip, self.table.rows) is not None)

    def _read_whole(self, track: Track) -> tuple[ReadTrack, ...]:
        bare = all(not strip.events and strip.opening is None for strip in track.strips)
        strips = track.strips if bare else self._proven_strips(track)
        if not strips:
            return ()
        return (ReadTrack(track, strips, None, self.whole.row.concept or "", self.whole.factor),)

    def _read_money(self, index: int, track: Track) -> ReadTrack | None:
        if track is self.whole.track or track.role is Role.COMPREHENSIVE_INCOME:
            return None
        is_part = index in self.signs
        if track.role is Role.SHARES and not is_part:
            return None
        tied = [(sign, row) for sign in (1, -1) for row in self.sheet if ties(track, row, self.whole.factor, sign)]
        sign = self.signs.get(index) or (tied[0][0] if tied else 0)
        if not sign:
            self.left_out.append((track, "its balances are not those of the balance sheet"))
            return None
        strips = self._proven_strips(track)
        if not strips:
            self.left_out.append((track, "its rows do not add up"))
            return None
        component = self._component(track, [row for _, row in tied])
        return ReadTrack(track, strips, component, self.whole.row.concept or "", self.whole.factor * sign, bool(tied))

    def _component(self, track: Track, tied: Sequence[SheetRow]) -> Component:
        if any(row.is_total for row in tied):
            return _PARENT
        named = component_of(track.heading) or self._of_shares_before(track)
        members = {member: row for row in tied if (member := member_of_row(row))}
        if named is not None and not members and self._is_elsewhere(track, named):
            named = None
        if len(members) == 1:
            ((member, row),) = members.items()
            return _agreed(named, member, certain=len(row.values.keys() & balances(track).keys()) > 1) or self._other(
                track
            )
        return named if named is not None and (not members or named.member in members) else self._other(track)

    def _other(self, track: Track) -> Component:
        return Component(OTHER_COMPONENT, clean(track.heading) or _NO_HEADING)

    def _of_shares_before(self, track: Track) -> Component | None:
        """The stock whose shares the column before counts: a heading may stand over the first of two columns only."""
        index = self.tracks.index(track)
        before = self.tracks[index - 1] if index else None
        return component_of(before.heading) if before is not None and before.role is Role.SHARES else None

    def _is_elsewhere(self, track: Track, named: Component) -> bool:
        """Whether the balance sheet has one row of a component, and other balances in it than the track."""
        rows = [row for row in self.sheet if member_of_row(row) == named.member]
        return len(rows) == 1 and not rows[0].values.keys().isdisjoint(balances(track))

    def _read_shares(self, money: Sequence[ReadTrack]) -> Iterator[ReadTrack]:
        """Yield the tracks of share counts whose factor is certain; `money` are the tracks of amounts."""
        candidates = [track for i, track in enumerate(self.tracks) if track.role is Role.SHARES and i not in self.signs]
        columns = [(self._stock(track), balances(track)) for track in candidates]
        amounts = {
            read.component.member: {day: value * read.factor for day, value in balances(read.track).items()}
            for read in money
            if read.component is not None
        }
        factor = self.counts.factor(columns, amounts, self.whole.factor)
        for track in candidates:
            strips = self._proven_strips(track)
            found = None if factor is None else self.counts.concept(self._stock(track), balances(track), factor)
            if factor is None or found is None or not strips:
                reason = "its rows do not add up" if not strips else "its counts are not proven by others"
                self.left_out.append((track, reason))
            else:
                yield ReadTrack(track, strips, self._stock(track), found, factor, tied=False, shares=True)

    def _read_comprehensive(self) -> Iterator[ReadTrack]:
        """Yield the column of comprehensive income, where it adds up net income and the other items.

        The total is that of the whole if the column of the whole does not print it.
        """
        whole = self.whole.track
        in_whole = {placed.row for strip in (whole.strips if whole else ()) for placed in strip.events}
        for track in self.tracks:
            if track.role is not Role.COMPREHENSIVE_INCOME or track is whole:
                continue
            proven = [strip for strip in track.strips if len(strip.events) > 1 and self._adds_up(strip)]
            if not proven:
                self.left_out.append((track, "its rows do not add up"))
                continue
            lone = {e for strip in proven for e in strip.events[-1:] if e.row not in in_whole}
            parts = [replace(s, events=tuple(e for e in s.events if e not in lone)) for s in proven]
            totals = [replace(s, events=tuple(e for e in s.events if e in lone)) for s in proven]
            yield ReadTrack(track, tuple(parts), _COMPREHENSIVE, "", self.whole.factor)
            yield ReadTrack(track, tuple(totals), None, "", self.whole.factor)

    def _adds_up(self, strip: Strip) -> bool:
        """Whether the last figure of a strip is the sum of the others."""
        as_balance = replace(strip, opening=None, closing=strip.events[-1], events=strip.events[:-1])
        return subtotals(as_balance, self.table.rows) is not None

    def _stock(self, track: Track) -> Component:
        """The kind of stock whose shares a track counts."""
        named = component_of(track.heading)
        paid_in = ("CommonStockIncludingAdditionalPaidInCapitalMember", "AdditionalPaidInCapitalMember")
        if named is None or named.member in paid_in:
            return Component("CommonStockMember")
        return named


_OF_COMMON = {
    "CommonStockMember",
    "AdditionalPaidInCapitalMember",
    "CommonStockIncludingAdditionalPaidInCapitalMember",
}
_STOCKS = {"CommonStockMember", "PreferredStockMember"}  # rows of the balance sheet without a value run together
_OF_COMPREHENSIVE = {
    "AccumulatedOtherComprehensiveIncomeMember",
    "AccumulatedTranslationAdjustmentMember",
    "AccumulatedDefinedBenefitPlansAdjustmentMember",
    "AccumulatedNetGainLossFromDesignatedOrQualifyingCashFlowHedgesMember",
    "AccumulatedNetUnrealizedInvestmentGainLossMember",
}


def _agreed(named: Component | None, member: str, *, certain: bool) -> Component | None:
    """Return the component on which a heading and the row of the balance sheet with its balances agree.

    If they do not, it is that of the row if that is `certain`, as headings may stand over another column; else None.
    """
    if named is None:
        return Component(member)
    both = {member, named.member}
    if len(both) == 1 or both == _STOCKS or both <= _OF_COMPREHENSIVE:
        return named
    return Component(member) if certain or both <= _OF_COMMON else None


def _distinct(tracks: Sequence[ReadTrack]) -> Iterator[ReadTrack]:
    """Yield the tracks, further ones with the same component by their names.

    The one whose balances are those of a row of the balance sheet keeps the component, if there is just one.
    """
    components = [read.component for read in tracks]
    names: Counter[str] = Counter()
    for read in tracks:
        component = read.component
        if component is not None and not component.name and components.count(component) > 1:
            sure = [other for other in tracks if other.component == component and other.tied]
            if sure != [read]:
                name = clean(read.track.heading)
                names[name] += 1
                name = f"{name} ({names[name]})" if names[name] > 1 else name
                read = replace(read, component=Component(OTHER_COMPONENT, name))
        yield read
