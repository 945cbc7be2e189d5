"""Amounts as tests write them: the whole of a text."""

from converter.vocabulary import Amount, find_amounts

_CAPTION = "Net sales" + " " * 20


def amount_of(text: str) -> Amount | None:
    """The amount that the whole of a text is where it stands behind a caption; None when it is anything else."""
    printed = text.strip()
    tokens = find_amounts(_CAPTION + printed)
    whole = len(tokens) == 1 and (tokens[0].start, tokens[0].end) == (len(_CAPTION), len(_CAPTION + printed))
    return tokens[0].amount if whole else None
