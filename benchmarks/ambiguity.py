"""Prove that a regular expression cannot take more than linear time, or show a text on which it does.

A backtracking matcher takes more than linear time if it can read one repeated word in two ways: staying in one
repeat of the expression, and moving on from it to a later one that reads the word as well. (That is the criterion
for infinite ambiguity of Weber and Seidl.) The search for a place to start counts as a repeat of any character before
the expression, so that `\\s+x` is found slow: each space of a run is a start, and the rest is read from each.

The expression becomes a graph of its characters (as Glushkov has it), with conditions on the characters on both sides
of an edge for `\\b`, `^`, `$` and lookarounds of one character. Other lookaheads are side branches that are read, too;
other lookbehinds and back-references are taken to hold. Bounded repeats are a few copies of their body: they cost a
factor, however large, and no power.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_COPIES = 3  # of the body of a bounded repeat, at most
_USUAL = " \n\taAsSdzZ059.,-_:;()[]{}<>$%&*/'\"|=#+@\u2019\u2013\u2014\u00e9\u00a3\u20ac\u00bc"
_START = 0  # the position of the search for a place to start


class Condition(NamedTuple):
    """A condition between two characters: `before` or `after` has, or has not, a character of the class."""

    before: bool
    chars: frozenset[str]
    holds: bool


Conditions = frozenset[Condition]
_NONE: Conditions = frozenset()
_WORD = frozenset({"\\b"})


class Slow(NamedTuple):
    """A text that takes more than linear time: `prefix`, then `pump` again and again."""

    prefix: str
    pump: str


@dataclass(slots=True)
class _Part:
    """A part of an expression: the positions it starts and ends with, and on what conditions it matches nothing."""

    first: list[tuple[int, Conditions]] = field(default_factory=list)
    last: list[tuple[int, Conditions]] = field(default_factory=list)
    empty: list[Conditions] = field(default_factory=list)


@dataclass(slots=True)
class Graph:
    """The characters of an expression (`chars` for each position) and their edges, with the conditions of each."""

    chars: list[frozenset[str]]
    edges: list[dict[int, set[Conditions]]]
    atomic: list[frozenset[int]]  # the atomic groups around each position
    accepting: dict[int, set[Conditions]]  # the positions at which a match may end, and on what conditions

    def ends(self, position: int, before: str, char: str) -> bool:
        """Whether a match may end at `position`, where `before` was read, in front of `char`."""
        return any(_hold(conditions, before, char) for conditions in self.accepting.get(position, ()))

    def next(self, position: int, before: str, char: str) -> Iterator[int]:
        """Yield the positions after `position`, where `before` was read, that read `char`."""
        for target, alternatives in self.edges[position].items():
            if char in self.chars[target] and any(_hold(conditions, before, char) for conditions in alternatives):
                yield target


def _hold(conditions: Conditions, before: str, after: str) -> bool:
    for condition in conditions:
        if condition.chars == _WORD:
            holds = _is_word(before) != _is_word(after)
        else:
            holds = (before if condition.before else after) in condition.chars
        if holds != condition.holds:
            return False
    return True


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


class _Builder:
    """Builds the graph of an expression."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.tree = _parser.parse(pattern.pattern, pattern.flags)
        self.alphabet = self._alphabet(pattern)
        self.chars: list[frozenset[str]] = [frozenset(self.alphabet)]
        self.edges: list[dict[int, set[Conditions]]] = [{}]
        self.atomic: list[frozenset[int]] = [frozenset()]
        self.groups: tuple[int, ...] = ()
        self.group_count = 0
        self.classes: dict[tuple[str, int], frozenset[str]] = {}

    def graph(self, *, searched: bool, whole: bool) -> Graph:
        """Return the graph; `searched`: matches may start anywhere; `whole`: they must reach the end of the text."""
        part = self._sequence(self.tree, self.tree.state.flags)
        if searched:
            self._link([(_START, _NONE)], [(_START, _NONE)])
            self._link([(_START, _NONE)], part.first)
        accepting: dict[int, set[Conditions]] = {}
        for position, conditions in part.last:
            if not whole or self._reads_all(position):
                accepting.setdefault(position, set()).add(conditions)
        return Graph(self.chars, self.edges, self.atomic, accepting)

    def _reads_all(self, position: int) -> bool:
        """Whether the text may go on with anything at this position, as in `(?s:.*)`."""
        return self.chars[position] == frozenset(self.alphabet) and _NONE in self.edges[position].get(position, ())

    def _alphabet(self, pattern: re.Pattern[str]) -> str:
        literals = "".join(chr(code) for code in _literals(self.tree))
        around = "".join(chr(code) for char in set(literals) for code in (ord(char) - 1, ord(char) + 1) if code > 0)
        chars = dict.fromkeys(
            _USUAL + literals + (literals + literals.swapcase() if pattern.flags & re.I else "") + around
        )
        nodes = [self._compiled(node, flags) for node, flags in _leaves(self.tree, self.tree.state.flags)]
        nodes = [re.compile(r"\w"), *nodes]
        kinds: dict[tuple[bool, ...], str] = {}
        for char in chars:
            kinds.setdefault(tuple(node.match(char) is not None for node in nodes), char)
        return "".join(kinds.values())

    def _compiled(self, node: Any, flags: int) -> re.Pattern[str]:
        compiled: re.Pattern[str] = _compiler.compile(_parser.SubPattern(self.tree.state, [node]), flags)
        return compiled

    def _class(self, node: Any, flags: int) -> frozenset[str]:
        key = (repr(node), flags)
        if key not in self.classes:
            pattern = self._compiled(node, flags)
            self.classes[key] = frozenset(char for char in self.alphabet if pattern.match(char))
        return self.classes[key]

    def _link(self, lasts: Iterable[tuple[int, Conditions]], firsts: Iterable[tuple[int, Conditions]]) -> None:
        for (source, before), (target, after) in product(lasts, firsts):
            self.edges[source].setdefault(target, set()).add(before | after)

    def _sequence(self, nodes: Iterable[Any], flags: int) -> _Part:
        part = _Part(empty=[_NONE])
        for node in nodes:
            part = self._concatenate(part, self._node(node, flags))
        return part

    def _concatenate(self, a: _Part, b: _Part) -> _Part:
        self._link(a.last, b.first)
        return _Part(
            _unique([*a.first, *((p, n | c) for n in a.empty for p, c in b.first)]),
            _unique([*b.last, *((p, c | n) for p, c in a.last for n in b.empty)]),
            _unique([one | other for one in a.empty for other in b.empty]),
        )

    def _alternatives(self, parts: Sequence[_Part]) -> _Part:
        return _Part(
            *(_unique([x for part in parts for x in getattr(part, name)]) for name in ("first", "last", "empty"))
        )

    def _node(self, node: Any, flags: int) -> _Part:
        op, av = node
        name = str(op)
        if name in ("LITERAL", "NOT_LITERAL", "IN", "ANY", "CATEGORY", "RANGE"):
            return self._leaf(self._class(node, flags))
        if name == "SUBPATTERN":
            _, added, removed, body = av
            return self._sequence(body, (flags | added) & ~removed)
        if name == "BRANCH":
            return self._alternatives([self._sequence(branch, flags) for branch in av[1]])
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            return self._repeat(*av, flags)
        if name in ("POSSESSIVE_REPEAT", "ATOMIC_GROUP"):
            self.group_count += 1
            self.groups = (*self.groups, self.group_count)
            part = self._repeat(*av, flags) if name == "POSSESSIVE_REPEAT" else self._sequence(av, flags)
            self.groups = self.groups[:-1]
            return part
        if name in ("ASSERT", "ASSERT_NOT"):
            return self._lookaround(name == "ASSERT", *av, flags)
        if name == "GROUPREF_EXISTS":
            _, yes, no = av
            return self._alternatives([self._sequence(yes, flags), self._sequence(no or (), flags)])
        if name == "AT":
            return _Part(empty=[_boundary(str(av), flags)])
        if name == "GROUPREF":
            return _Part(empty=[_NONE])
        raise NotImplementedError(name)

    def _leaf(self, chars: frozenset[str]) -> _Part:
        self.chars.append(chars)
        self.edges.append({})
        self.atomic.append(frozenset(self.groups))
        position = len(self.chars) - 1
        return _Part([(position, _NONE)], [(position, _NONE)])

    def _repeat(self, least: int, most: int, body: Any, flags: int) -> _Part:
        unbounded = most is _constants.MAXREPEAT
        part = _Part(empty=[_NONE])
        for copy in range(min(_COPIES, max(least, 1) if unbounded else most)):
            one = self._sequence(body, flags)
            if unbounded and copy + 1 >= min(_COPIES, max(least, 1)):
                self._link(one.last, one.first)
            if copy >= least:
                one.empty = [_NONE]
            part = self._concatenate(part, one)
        return part

    def _lookaround(self, holds: bool, direction: int, body: Any, flags: int) -> _Part:
        chars = self._single(body, flags)
        if chars is not None:
            return _Part(empty=[frozenset({Condition(direction < 0, chars, holds)})])
        if direction < 0:
            before = self._single(list(body)[-1:], flags) if holds else None
            return _Part(empty=[_NONE if before is None else frozenset({Condition(True, before, True)})])
        part = self._sequence(body, flags)
        return _Part(part.first, [], [_NONE])

    def _single(self, body: Any, flags: int) -> frozenset[str] | None:
        """Return the characters of a lookaround that looks at one character; None for another."""
        nodes = list(body)
        if len(nodes) == 1 and str(nodes[0][0]) == "SUBPATTERN":
            _, added, removed, inner = nodes[0][1]
            return self._single(inner, (flags | added) & ~removed)
        if len(nodes) == 1 and str(nodes[0][0]) == "BRANCH":
            branches = [self._single(branch, flags) for branch in nodes[0][1][1]]
            return None if None in branches else frozenset().union(*(b for b in branches if b is not None))
        if len(nodes) == 1 and str(nodes[0][0]) in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
            return self._class(nodes[0], flags)
        return None


def _unique(items: list[Any]) -> list[Any]:
    return list(dict.fromkeys(items))


def _boundary(name: str, flags: int) -> Conditions:
    if name.startswith("AT_BOUNDARY"):
        return frozenset({Condition(False, _WORD, True)})
    if name.startswith("AT_NON_BOUNDARY"):
        return frozenset({Condition(False, _WORD, False)})
    starts = name.startswith("AT_BEGINNING")
    if flags & re.M and name in ("AT_BEGINNING", "AT_END"):
        return frozenset({Condition(starts, frozenset("\n"), True)})
    return frozenset({Condition(starts, frozenset(), True)})  # nothing comes before the start, nor after the end


def _children(node: Any) -> Iterator[tuple[Any, int, int]]:
    op, av = node
    name = str(op)
    if name == "SUBPATTERN":
        yield av[3], av[1], av[2]
    elif name == "BRANCH":
        yield from ((branch, 0, 0) for branch in av[1])
    elif name.endswith("_REPEAT"):
        yield av[2], 0, 0
    elif name == "ATOMIC_GROUP":
        yield av, 0, 0
    elif name in ("ASSERT", "ASSERT_NOT"):
        yield av[1], 0, 0
    elif name == "GROUPREF_EXISTS":
        yield from ((branch, 0, 0) for branch in av[1:] if branch)


def _leaves(nodes: Iterable[Any], flags: int) -> Iterator[tuple[Any, int]]:
    for node in nodes:
        if str(node[0]) in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
            yield node, flags
        for body, added, removed in _children(node):
            yield from _leaves(body, (flags | added) & ~removed)


def _literals(nodes: Iterable[Any]) -> Iterator[int]:
    for node, _ in _leaves(nodes, 0):
        for op, av in node[1] if str(node[0]) == "IN" else [node]:
            if str(op) in ("LITERAL", "NOT_LITERAL"):
                yield av
            elif str(op) == "RANGE":
                yield from av


def find_slow(pattern: re.Pattern[str], *, searched: bool = True, whole: bool = False) -> Slow | None:
    """Return a text on which the pattern takes more than linear time; None if there is none.

    `searched`: the pattern is used to search, not only to match at a given place. `whole`: it must match to the end.
    """
    graph = _Builder(pattern).graph(searched=searched, whole=whole)
    reach = _reach(graph)
    loops = _loops(reach)
    for p in loops:
        for q in reach[p] & loops.keys() - {p}:
            if graph.atomic[p] - graph.atomic[q] or not graph.chars[p] & graph.chars[q]:
                continue
            between = {position for position in reach[p] if position == q or q in reach[position]}
            pump = _pump(graph, p, q, between, loops)
            if pump:
                return Slow(_prefix(graph, p), pump)
    return None


def starts(pattern: re.Pattern[str]) -> frozenset[str]:
    """Return the characters, one of each kind, with which a match may begin."""
    graph = _Builder(pattern).graph(searched=True, whole=False)
    alphabet = graph.chars[_START]
    return frozenset(
        char
        for before in alphabet
        for char in alphabet
        if any(target != _START for target in graph.next(_START, before, char))
    )


def _loops(reach: dict[int, set[int]]) -> dict[int, frozenset[int]]:
    """Map each position inside of a repeat to all those of the same repeat; `reach` has those that each leads to."""
    return {
        position: frozenset(other for other in targets if position in reach[other])
        for position, targets in reach.items()
        if position in targets
    }


def _reach(graph: Graph) -> dict[int, set[int]]:
    """Map each position to all those that it leads to."""
    return {position: _reachable(graph, position) for position in range(len(graph.chars))}


def _reachable(graph: Graph, start: int) -> set[int]:
    seen: set[int] = set()
    queue = list(graph.edges[start])
    while queue:
        position = queue.pop()
        if position not in seen:
            seen.add(position)
            queue += graph.edges[position]
    return seen


def _pump(graph: Graph, p: int, q: int, between: set[int], loops: dict[int, frozenset[int]]) -> str:
    """Return a word that leads from p to p, from p to q (over positions `between`) and q to q; "" if there is none."""
    in_p, in_q = loops[p], loops[q]
    for last in sorted(graph.chars[p] & graph.chars[q]):
        start = (p, p, q, last)
        words = {start: ""}
        queue = deque([start])
        while queue:
            state = queue.popleft()
            one, middle, two, before = state
            for char in graph.chars[_START]:
                if any(graph.ends(position, before, char) for position in (one, middle, two)):
                    continue
                ones = [x for x in graph.next(one, before, char) if x in in_p]
                twos = [x for x in graph.next(two, before, char) if x in in_q] if ones else []
                middles = [x for x in graph.next(middle, before, char) if x in between] if twos else ()
                for target in product(ones, middles, twos):
                    if target == (p, q, q) and char == last:
                        return words[state] + char
                    found = (*target, char)
                    if found not in words:
                        words[found] = words[state] + char
                        queue.append(found)
    return ""


def _prefix(graph: Graph, p: int) -> str:
    """Return a text that leads to position p."""
    if p == _START:
        return ""
    firsts = list(range(1, len(graph.chars)))
    texts = {position: min(graph.chars[position], default="") for position in graph.edges[_START] if position} or {
        position: min(graph.chars[position], default="") for position in firsts[:1]
    }
    queue = deque(texts)
    while queue:
        position = queue.popleft()
        if position == p:
            return texts[position]
        for target in graph.edges[position]:
            if target not in texts:
                texts[target] = texts[position] + min(graph.chars[target], default="")
                queue.append(target)
    return ""


def repeats(pattern: re.Pattern[str]) -> Iterator[Slow]:
    """Yield a text for each repeat of the pattern: what leads to it, and what it reads again and again."""
    graph = _Builder(pattern).graph(searched=True, whole=True)
    seen: set[str] = set()
    for position in _loops(_reach(graph)):
        pump = _cycle(graph, position)
        if position != _START and pump not in seen:
            seen.add(pump)
            yield Slow(_prefix(graph, position), pump)


def _cycle(graph: Graph, position: int) -> str:
    """Return what leads from a position back to it."""
    texts: dict[int, str] = {}
    queue = deque([(position, "")])
    while queue:
        source, text = queue.popleft()
        for target in graph.edges[source]:
            if target not in texts:
                texts[target] = text + min(graph.chars[target], default="")
                queue.append((target, texts[target]))
            if target == position:
                return texts[position]
    return ""
