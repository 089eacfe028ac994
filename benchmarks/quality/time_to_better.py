"""Compare the time until improvements are reported better with a reader's labels, for all themes and for each.

    python -m benchmarks.quality.time_to_better [SHARED] [--least 25]

SHARED is the folder with `corpus/` and `phrases_data/follow_cells.jsonl`: improvements in later texts, each with a
reader's status. Both curves rest on the same improvements and the same later texts: one takes the reader's status of
each text, the other the program's firm status. The weights of the statuses were learned from these cells, so the
program's curve is in view. Themes with fewer improvements than `--least` are left out.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from benchmarks.follow_cells import Cell, load_marked_cells, read_cells
from benchmarks.material import SHARED, folder
from benchmarks.quality.follow_through import FollowedCell, follow_cells
from reinspect.comparing.followthrough.statuses import STATUSES
from reinspect.comparing.followthrough.steps import Step
from reinspect.comparing.followthrough.threads import Thread
from reinspect.comparing.themes.following import FollowedImprovement, estimate_time, follow_themes
from reinspect.exporting.sheets.theme_times import YEARS, half_within, time_share
from reinspect.model import Inspection, Reading


def main() -> None:
    """Print a pair of lines for all improvements together and for each theme."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=folder, nargs="?", default=SHARED)
    parser.add_argument("--least", type=int, default=25, help="improvements that a theme needs")
    options = parser.parse_args()
    cells = load_marked_cells(Path(options.folder) / "phrases_data" / "follow_cells.jsonl")
    readings = read_cells(cells, Path(options.folder) / "corpus")
    threads = label_threads(list(follow_cells(cells, readings)), readings)
    by_theme: defaultdict[str, list[tuple[FollowedImprovement, FollowedImprovement]]] = defaultdict(list)
    for pair in zip(
        follow_themes(here for here, _ in threads), follow_themes(hand for _, hand in threads), strict=True
    ):
        by_theme["all themes"].append(pair)
        by_theme[pair[0].choice.theme or "no theme"].append(pair)
    for name, pairs in sorted(by_theme.items(), key=lambda item: -len(item[1])):
        if len(pairs) >= options.least:
            print_pair(name, pairs)


def label_threads(cells: Sequence[FollowedCell], readings: Mapping[str, Reading]) -> list[tuple[Thread, Thread]]:
    """Return each improvement twice: with the program's statuses, and with the reader's."""
    grouped: defaultdict[tuple[str, int], list[FollowedCell]] = defaultdict(list)
    for one in cells:
        grouped[one.cell.origin, one.cell.index].append(one)
    threads = []
    for (origin, index), own in grouped.items():
        asked = _dated(own[0].cell, origin, readings)
        improvement = next(each for each in asked.improvements if each.index == index)
        in_order = sorted(own, key=lambda one: one.cell.published)
        here = [replace(one.step, inspection=_dated(one.cell, one.cell.file, readings)) for one in in_order]
        hand = [_as_labelled(step, one.cell.status) for step, one in zip(here, in_order, strict=True)]
        made = Thread(inspection=asked, improvement=improvement, steps=tuple(here))
        threads.append((made, replace(made, steps=tuple(hand))))
    return threads


def print_pair(name: str, pairs: Sequence[tuple[FollowedImprovement, FollowedImprovement]]) -> None:
    """Print the shares that the program and the reader find better within some years."""
    for who, items in (("program", [pair[0] for pair in pairs]), ("reader", [pair[1] for pair in pairs])):
        curve = estimate_time(items)
        shares = "  ".join(f"{years} y {time_share(curve, years):>10}" for years in YEARS)
        print(f"{name:28} {who:8} {curve.better:4} of {curve.number:4}  {shares}  half {half_within(curve) or '-'}")


def _dated(cell: Cell, file: str, readings: Mapping[str, Reading]) -> Inspection:
    facts = readings[file].facts
    return Inspection(
        id=file,
        authority=cell.authority,
        framework=facts.framework or "",
        graded=facts.graded,
        windows=facts.windows,
        published=facts.published,
        improvements=facts.improvements,
    )


def _as_labelled(step: Step, label: str) -> Step:
    status = next(known for known in STATUSES if known == label)
    return replace(step, status=status, likely=status)


if __name__ == "__main__":
    main()
