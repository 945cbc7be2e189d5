"""python -m tests.accuracy: what each document scores, and what it misses."""

import sys

import converter

from . import Score, gold_paths, read_gold, score


def main() -> None:
    """Show the scores of all documents and their sum."""
    total = Score()
    for path in gold_paths():
        gold = read_gold(path)
        one = score(gold, converter.read(gold.document))
        total += one
        counts = f"{one.values} values, {one.extracted} extracted, {one.tagged} tagged, {one.wrong} wrong"
        sys.stdout.write(f"{path.stem}: {counts}\n" + "".join(f"    {miss}\n" for miss in one.misses))
    sys.stdout.write(", ".join(f"{name} {share:.4f}" for name, share in total.shares().items()) + "\n")


if __name__ == "__main__":
    main()
