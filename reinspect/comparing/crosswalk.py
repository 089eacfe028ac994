"""The crosswalk: which strand of one framework may be compared with which strand of another, and with which caveats.

The table is data (frameworks/crosswalk.toml), so that a reader of reports can check it without Python. Some of it:

    older        newer       strand            may be compared with     caveats
    sif          ilacs-2018  help              help                     K2
    ilacs-2018   ilacs-2023  care_and_leavers  care, and also leavers   K7
    ilacs-2018   ilacs-2026  overall           never: no overall grade since April 2026

Nothing here averages grades, ranks strands, or fills in a grade that was not given.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path

import msgspec

from reinspect.errors import FrameworkError
from reinspect.shipped_toml import decode_toml

_FILE = Path(__file__).parent.parent / "frameworks" / "crosswalk.toml"


class CrosswalkCell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rule for comparing one strand of an older framework with a newer framework.

    `to` are the strands of the newer framework to compare it with. If there are none, `never` is the reason.
    """

    to: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    never: str | None = None


class SeparateFramework(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A framework whose grades are not compared with those of other frameworks. `reason` says why, as text to print."""

    reason: str
    caveats: tuple[str, ...] = ()


class StrandLink(msgspec.Struct, frozen=True, kw_only=True):
    """A strand of inspection `a` and its counterpart in inspection `b`.

    If there is no counterpart, one side is None, and `reason` explains why. `caveats` are keys of `Crosswalk.caveats`.
    """

    a: str | None
    b: str | None
    caveats: tuple[str, ...] = ()
    reason: str | None = None


class Crosswalk(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"separate": "apart"}):
    """The table of the strands that may be compared between two frameworks.

    - `caveats`: the text of each caveat, by key ("K1").
    - `cells`: the rules, by older framework, newer framework and strand: `cells["sif"]["ilacs-2018"]["help"]`.
    - `unmatched`: the reason why a newer strand has no counterpart, by older framework, newer framework and strand.
    - `separate`: the frameworks that are not compared with others, such as the annual ratings, by key.
    """

    caveats: dict[str, str]
    notes: dict[str, str]
    cells: dict[str, dict[str, dict[str, CrosswalkCell]]]
    unmatched: dict[str, dict[str, dict[str, str]]]
    # The few exceptions, which may be compared with a newer framework, are in `cells`.
    separate: dict[str, SeparateFramework]

    def links(self, a: str, b: str, strands_a: tuple[str, ...], strands_b: tuple[str, ...]) -> tuple[StrandLink, ...]:
        """Link every strand of two inspections to its counterpart, or to None if it has none.

        `a` and `b` are the keys of the frameworks. `strands_a` and `strands_b` are the strands that each inspection
        graded. A counterpart is named even if it was not graded.
        """
        if a == b:
            strands = (*strands_a, *(strand for strand in strands_b if strand not in strands_a))
            return tuple(StrandLink(a=strand, b=strand) for strand in strands)
        if b in self.cells.get(a, {}):
            return self._link_older_to_newer(a, b, strands_a, strands_b)
        if a in self.cells.get(b, {}):
            return tuple(_mirror(link) for link in self._link_older_to_newer(b, a, strands_b, strands_a))
        caveats, reason = self._why_separate(a, b)
        return (
            *(StrandLink(a=strand, b=None, caveats=caveats, reason=reason) for strand in strands_a),
            *(StrandLink(a=None, b=strand, caveats=caveats, reason=reason) for strand in strands_b),
        )

    def dropped(self, older: str, newer: str, strand: str) -> tuple[str, ...]:
        """Return the caveats on a strand that a newer framework no longer grades on purpose, such as ("K9",).

        () if the newer framework grades it or a counterpart, or if there is no caveat on it.
        """
        cell = self.cells.get(older, {}).get(newer, {}).get(strand)
        return cell.caveats if cell and cell.never else ()

    def _link_older_to_newer(
        self, older: str, newer: str, strands_older: tuple[str, ...], strands_newer: tuple[str, ...]
    ) -> tuple[StrandLink, ...]:
        """Link the strands of an older framework to the strands of a newer framework."""
        cells = self.cells[older][newer]
        reasons = self.unmatched.get(older, {}).get(newer, {})
        links = [
            StrandLink(a=strand, b=later, caveats=cell.caveats)
            for strand, cell in cells.items()
            for later in cell.to
            if strand in strands_older or later in strands_newer
        ]
        matched = {link.b for link in links}
        for strand in strands_older:
            cell = cells.get(strand, CrosswalkCell(never="No counterpart in the other framework."))
            if not cell.to:
                links.append(StrandLink(a=strand, b=None, caveats=cell.caveats, reason=cell.never))
        for strand in strands_newer:
            if strand not in matched:
                reason = reasons.get(strand, "No counterpart in the other framework.")
                links.append(StrandLink(a=None, b=strand, reason=reason))
        return tuple(links)

    def _why_separate(self, a: str, b: str) -> tuple[tuple[str, ...], str]:
        """Return the caveats and the reason for two frameworks that are not compared."""
        separate = [self.separate[framework] for framework in (a, b) if framework in self.separate]
        separate.sort(key=lambda framework: not framework.caveats)
        return (separate[0].caveats, separate[0].reason) if separate else ((), "These two frameworks are not compared.")


def ordered_caveats(keys: Iterable[str]) -> tuple[str, ...]:
    """Return the keys of caveats in their order, each once: ("K2", "K10")."""
    return tuple(sorted(set(keys), key=lambda key: (len(key), key)))


@cache
def crosswalk() -> Crosswalk:
    """Return the table of comparable strands that ships with the program, loaded once.

    Raises:
        FrameworkError: the file is invalid.
    """
    return load_crosswalk(_FILE)


def load_crosswalk(file: Path) -> Crosswalk:
    """Load and check a table of comparable strands (a crosswalk) from a TOML file.

    Raises:
        FrameworkError: a key is unknown, a caveat has no text, or a cell has neither `to` nor `never`; names the file.
    """
    try:
        table = decode_toml(file, Crosswalk)
    except msgspec.DecodeError as error:
        raise FrameworkError(f"{file}: {error}") from error
    cells = [cell for newer in table.cells.values() for strands in newer.values() for cell in strands.values()]
    used = [*(cell.caveats for cell in cells), *(framework.caveats for framework in table.separate.values())]
    for caveat in chain.from_iterable(used):
        if caveat not in table.caveats:
            raise FrameworkError(f"{file}: caveat {caveat} has no text under [caveats]")
    if any(bool(cell.to) == bool(cell.never) for cell in cells):
        raise FrameworkError(f"{file}: each cell needs either `to` or `never`")
    return table


def _mirror(link: StrandLink) -> StrandLink:
    """Return the link with its two sides swapped."""
    return StrandLink(a=link.b, b=link.a, caveats=link.caveats, reason=link.reason)
