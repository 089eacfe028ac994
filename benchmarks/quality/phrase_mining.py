"""Rank of phrases that an experienced reader wants to see among the recurring phrases.

    python -m benchmarks.quality.phrase_mining FOLDER [--show camden] [--copies 5]

FOLDER holds reports. Prints the rank of each wanted phrase, and the rank it should at least have. `--show` prints the
first forty phrases of every order, for one authority or for everything (`all`), to be judged by a reader.
"""

from __future__ import annotations

import argparse

from benchmarks.material import CORPUS, folder
from benchmarks.phrase_corpus import Text, build_index, multiply, texts
from benchmarks.speed.phrase_mining import mine_phrases
from reinspect.phrases import Index, Order

ORDERS: tuple[Order, ...] = ("issues", "themes", "distinctive")
WANTED: tuple[tuple[Order, str, str, int], ...] = (
    ("issues", "", "management oversight", 20),
    ("issues", "", "drift and delay", 20),
    ("issues", "", "timeliness of initial health assessments", 60),
    ("themes", "camden", "family group conferences", 20),
)
"""Order, authority (empty for everything), phrase, and the rank it should at least have."""
SHOWN = 40


def main() -> None:
    """Print the ranks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--show", metavar="AUTHORITY", help="an authority's slug, or all")
    options = parser.parse_args()
    corpus = list(multiply(texts(options.folder), options.copies))
    index = build_index(corpus)
    print(f"{'order':12} {'authority':9} {'phrase':42} {'rank':>10}")
    for order, authority, phrase, at_least in WANTED:
        ranked = [recurring.phrase for recurring in mine_phrases(index, corpus, order, authority)]
        rank = ranked.index(phrase) + 1 if phrase in ranked else "not listed"
        print(f"{order:12} {authority or 'all':9} {phrase:42} {rank:>10} (target: first {at_least})")
    if options.show:
        show(index, corpus, "" if options.show == "all" else options.show)


def show(index: Index, corpus: list[Text], authority: str) -> None:
    """Print the first phrases of every order, with their inspections, uses and variants."""
    for order in ORDERS:
        print(f"\n{order}, {authority or 'everything'}")
        for rank, recurring in enumerate(mine_phrases(index, corpus, order, authority)[:SHOWN], 1):
            variants = "; ".join(recurring.variants[:4])
            print(f"{rank:>4} {recurring.phrase:48} {recurring.inspections:>4} {recurring.count:>5}  {variants}")


if __name__ == "__main__":
    main()
