"""Print how often the statuses of follow-through are right: likeliest, firm, by share, by status, by authority."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy

from benchmarks.follow_cells import Cell, by_authority
from reinspect.comparing.followthrough.statuses import STATUSES
from reinspect.model import StepStatus

Array = numpy.ndarray[Any, Any]

_SHARES = (0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)
_AGAIN, _BETTER, _MENTIONED = (STATUSES.index(status) for status in STATUSES[:3])


def print_figures(
    name: str, cells: Sequence[Cell], likelihoods: Array, said: Sequence[StepStatus], authorities: bool = False
) -> None:
    """Print the figures of these cells.

    `likelihoods` has a row for each, in the order of STATUSES, and `said` the status that is said, or "undecided".
    """
    right = numpy.array([STATUSES.index(cell.status) for cell in cells])
    likely, confidence = likelihoods.argmax(axis=1), likelihoods.max(axis=1)
    is_firm = numpy.array([status != "undecided" for status in said])
    is_right = likely == right
    print(f"\n{name}: {len(cells)} cells of {len({cell.authority for cell in cells})} authorities")
    print(f"  likeliest status right: {is_right.mean():.1%}; a firm status: {_share(is_firm, is_right)}")
    for certainty in ("high", "medium", "low"):
        rows = numpy.array([cell.certainty == certainty for cell in cells])
        if rows.any():
            print(f"  reader's certainty {certainty}: likeliest right {is_right[rows].mean():.1%} of {rows.sum()}")
    crossed = ((likely == _AGAIN) & (right == _BETTER)) | ((likely == _BETTER) & (right == _AGAIN))
    print(f"  again called better or the reverse: {crossed.mean():.2%} of all, firm {(crossed & is_firm).mean():.2%}")
    _print_table(right, likely)
    for place, status in enumerate(STATUSES):
        rows = is_firm & (likely == place)
        if rows.any():
            found = (rows & is_right).sum() / max((right == place).sum(), 1)
            print(f'  firm "{status}": right {is_right[rows].mean():.1%} of {rows.sum()}, finds {found:.1%}')
    _print_risk(likely, confidence, is_right)
    _print_calibration(confidence, is_right)
    if authorities:
        for authority, own in by_authority(cells).items():
            rows = numpy.array([cell.authority == authority for cell in cells])
            firm_right = _share(is_firm[rows], is_right[rows])
            print(
                f"  {authority:26} {len(own):4} cells, likeliest right {is_right[rows].mean():.0%}; firm: {firm_right}"
            )


def _share(is_firm: Array, is_right: Array) -> str:
    if not is_firm.any():
        return "none"
    return f"{is_firm.mean():.1%} of cells, {is_right[is_firm].mean():.1%} right"


def _print_table(right: Array, likely: Array) -> None:
    counts = Counter(zip(right.tolist(), likely.tolist(), strict=True))
    print(f"{'reader / likeliest':>20}" + "".join(f"{status:>17}" for status in STATUSES))
    for row, status in enumerate(STATUSES):
        print(f"{status:>20}" + "".join(f"{counts[row, column]:>17}" for column in range(len(STATUSES))))


def _print_risk(likely: Array, confidence: Array, is_right: Array) -> None:
    """Print the share right of the surest cells, where "mentioned" is never said."""
    order = numpy.argsort(-numpy.where(likely == _MENTIONED, 0.0, confidence), kind="stable")
    parts = [f"{share:.0%}: {is_right[order[: int(share * len(order))]].mean():.1%}" for share in _SHARES]
    print("  share said and share right: " + ", ".join(parts))


def _print_calibration(confidence: Array, is_right: Array) -> None:
    error, parts = 0.0, []
    for low in numpy.arange(0.2, 1.0, 0.1):
        rows = (confidence >= low) & (confidence < low + 0.1 + 1e-9 * (low > 0.85))
        if rows.any():
            error += float(rows.mean() * abs(is_right[rows].mean() - confidence[rows].mean()))
            parts.append(f"{confidence[rows].mean():.2f} -> {is_right[rows].mean():.2f}")
    print(f"  said and right: {', '.join(parts)}; calibration error {error:.3f}")
