"""Two simple mappers as baselines for the real one; both use only a row's caption and the kind of its statement."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from corpus import Label, TaggedStatement
from sklearn.feature_extraction.text import TfidfVectorizer

from converter.statements.model import PRIMARY_KINDS, StatementKind

NEIGHBOURS = 10
_SIMILARITY_EXPONENT, _COUNT_EXPONENT = 4, 0.75  # weights of a neighbour's similarity and of its frequency
_BATCH = 512
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")

Key = tuple[StatementKind, str]
"""The kind of a statement and a normalised caption."""


def normalised(caption: str) -> str:
    """Return the caption in lowercase, with words and numbers only."""
    return _NOT_ALPHANUMERIC.sub(" ", caption.lower()).strip()


def elements_of(labels: Iterable[Label], folds: Collection[int]) -> dict[Key, Counter[str]]:
    """Count the standard elements that the companies of these folds used for each caption."""
    counts: dict[Key, Counter[str]] = defaultdict(Counter)
    for label in labels:
        if label.element and (count := sum(label.counts[fold] for fold in folds)):
            counts[label.kind, normalised(label.text)][label.element] += count
    return counts


def by_lexicon(counts: Mapping[Key, Counter[str]], statements: Iterable[TaggedStatement]) -> dict[Key, str]:
    """Map captions to the element that other companies used most often for the same caption in the same statement."""
    return {key: _most_frequent(counts[key]) for key in _keys(statements) if key in counts}


def by_neighbours(counts: Mapping[Key, Counter[str]], statements: Iterable[TaggedStatement]) -> dict[Key, str]:
    """Map captions to the element that the most similar captions vote for (TF-IDF of character n-grams, cosine)."""
    keys = _keys(statements)
    elements: dict[Key, str] = {}
    for kind in PRIMARY_KINDS:
        known_captions = sorted(caption for caption_kind, caption in counts if caption_kind is kind)
        captions = sorted(caption for caption_kind, caption in keys if caption_kind is kind)
        counts_of = [counts[kind, caption] for caption in known_captions]
        for caption, neighbours in zip(captions, _neighbours(known_captions, captions), strict=True):
            votes: dict[str, float] = defaultdict(float)
            for neighbour in neighbours:
                total = sum(counts_of[neighbour.index].values())
                for element, count in counts_of[neighbour.index].items():
                    votes[element] += neighbour.similarity**_SIMILARITY_EXPONENT * count / total**_COUNT_EXPONENT
            if votes:
                elements[kind, caption] = _most_frequent(votes)
    return elements


class _Neighbour(NamedTuple):
    """The index of a known caption, and its cosine similarity."""

    index: int
    similarity: float


def _neighbours(known_captions: Sequence[str], captions: Sequence[str]) -> Iterable[list[_Neighbour]]:
    if not captions:
        return
    vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)
    columns = vectoriser.fit_transform(known_captions).T.tocsc()
    rows = vectoriser.transform(captions)
    for start in range(0, len(captions), _BATCH):
        similarities = (rows[start : start + _BATCH] @ columns).toarray()
        nearest = (-similarities).argpartition(NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        for values, indexes in zip(similarities, nearest, strict=True):
            yield [_Neighbour(int(i), float(values[i])) for i in sorted(indexes) if values[i] > 0]


def _keys(statements: Iterable[TaggedStatement]) -> set[Key]:
    return {(statement.kind, normalised(row.label)) for statement in statements for row in statement.rows}


def _most_frequent(counts: Mapping[str, float]) -> str:
    return min(counts, key=lambda element: (-counts[element], element))
