"""Two simple mappers to measure the real one against; neither sees more of a row than its caption and statement."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus import Label, Tagged
from sklearn.feature_extraction.text import TfidfVectorizer

from converter.statements.model import StatementKind

NEIGHBOURS = 10
_SHARPNESS, _DAMPING = 4, 0.75  # what a neighbour's vote weighs: its likeness, and how often it was seen
_BATCH = 512
_NO_WORD = re.compile(r"[^a-z0-9]+")

Key = tuple[StatementKind, str]
"""A statement and a caption, normalised."""


def normalised(caption: str) -> str:
    """Lower case, words and figures only."""
    return _NO_WORD.sub(" ", caption.lower()).strip()


def elements_of(labels: Iterable[Label], folds: Collection[int]) -> dict[Key, Counter[str]]:
    """What the companies of these folds called by a caption, and how often; their own elements are left out."""
    seen: dict[Key, Counter[str]] = defaultdict(Counter)
    for label in labels:
        if label.element and (count := sum(label.counts[fold] for fold in folds)):
            seen[label.kind, normalised(label.text)][label.element] += count
    return seen


def by_lexicon(seen: Mapping[Key, Counter[str]], statements: Iterable[Tagged]) -> dict[Key, str]:
    """The element that other companies most often meant by the very same caption in the same statement."""
    keys = _keys(statements)
    return {key: _most(seen[key]) for key in keys if key in seen}


def by_neighbours(seen: Mapping[Key, Counter[str]], statements: Iterable[Tagged]) -> dict[Key, str]:
    """The element that the captions most similar in their letters (TF-IDF of n-grams, cosine) vote for."""
    keys = _keys(statements)
    found: dict[Key, str] = {}
    for kind in StatementKind:
        known = sorted(text for at, text in seen if at is kind)
        asked = sorted(text for at, text in keys if at is kind)
        votes = [seen[kind, text] for text in known]
        for text, near in zip(asked, _neighbours(known, asked), strict=True):
            ballot: dict[str, float] = defaultdict(float)
            for i, likeness in near:
                whole = sum(votes[i].values())
                for element, count in votes[i].items():
                    ballot[element] += likeness**_SHARPNESS * count / whole**_DAMPING
            if ballot:
                found[kind, text] = _most(ballot)
    return found


def _neighbours(known: Sequence[str], asked: Sequence[str]) -> Iterable[list[tuple[int, float]]]:
    if not asked:
        return
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)
    columns = vectors.fit_transform(known).T.tocsc()
    rows = vectors.transform(asked)
    for start in range(0, len(asked), _BATCH):
        likeness = (rows[start : start + _BATCH] @ columns).toarray()
        best = (-likeness).argpartition(NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        for values, at in zip(likeness, best, strict=True):
            yield [(int(i), float(values[i])) for i in sorted(at) if values[i] > 0]


def _keys(statements: Iterable[Tagged]) -> set[Key]:
    return {(statement.kind, normalised(row.label)) for statement in statements for row in statement.rows}


def _most(counts: Mapping[str, float]) -> str:
    return min(counts, key=lambda element: (-counts[element], element))


@dataclass(frozen=True, slots=True)
class Share:
    """How many values there are, and how many of them are right."""

    values: int
    right: int


def share_right(found: Mapping[Key, str], statements: Iterable[Tagged]) -> Share:
    """The values whose row got an accepted element; those of a company's own element count as right."""
    values = right = 0
    for statement in statements:
        for row in statement.rows:
            values += row.count
            element = found.get((statement.kind, normalised(row.label)))
            if not row.accepted or element in row.accepted:
                right += row.count
    return Share(values, right)
