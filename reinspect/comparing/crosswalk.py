"""Strands across frameworks: what may be set beside what, and with which words of caution.

The table is data (frameworks/crosswalk.toml) so that a reader of reports, not of Python, can check it.
Nothing here averages, ranks across strands, or fills a grade that was not given.
"""

from __future__ import annotations

from functools import cache
from itertools import chain
from pathlib import Path

import msgspec

from reinspect.errors import FrameworkError

_FILE = Path(__file__).parent.parent / "frameworks" / "crosswalk.toml"


class CrosswalkCell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One strand of an older framework against a newer one: where it leads (`to`), or why it `never` does."""

    to: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    never: str | None = None


class SeparateFramework(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a framework stands apart from all others, beyond the cells it has."""

    reason: str
    caveats: tuple[str, ...] = ()


class StrandLink(msgspec.Struct, frozen=True, kw_only=True):
    """A strand of `a` and a strand of `b`. One of them is None where the strand has no counterpart.

    Comparable when both are there; else `reason` says why not. `caveats` are keys of `Crosswalk.caveats`.
    """

    a: str | None
    b: str | None
    caveats: tuple[str, ...] = ()
    reason: str | None = None


class Crosswalk(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The table of domain.md 2: caveat texts, cells by older framework, newer framework and older strand."""

    caveats: dict[str, str]
    notes: dict[str, str]
    cells: dict[str, dict[str, dict[str, CrosswalkCell]]]
    unmatched: dict[str, dict[str, dict[str, str]]]
    apart: dict[str, SeparateFramework]

    def links(self, a: str, b: str, strands_a: tuple[str, ...], strands_b: tuple[str, ...]) -> tuple[StrandLink, ...]:
        """Every strand of two inspections, paired where it may be and alone where it may not.

        `a` and `b` are frameworks in any order; `strands_a` and `strands_b` the strands each side holds. A strand
        that may be paired but that the other side does not hold still names its counterpart.
        """
        if a == b:
            held = (*strands_a, *(strand for strand in strands_b if strand not in strands_a))
            return tuple(StrandLink(a=strand, b=strand) for strand in held)
        if b in self.cells.get(a, {}):
            return self._across(a, b, strands_a, strands_b)
        if a in self.cells.get(b, {}):
            return tuple(_mirrored(link) for link in self._across(b, a, strands_b, strands_a))
        caveats, reason = self._why_apart(a, b)
        return (
            *(StrandLink(a=strand, b=None, caveats=caveats, reason=reason) for strand in strands_a),
            *(StrandLink(a=None, b=strand, caveats=caveats, reason=reason) for strand in strands_b),
        )

    def _across(
        self, older: str, newer: str, held: tuple[str, ...], held_later: tuple[str, ...]
    ) -> tuple[StrandLink, ...]:
        """Links from an older framework to a newer one that it has cells for."""
        cells = self.cells[older][newer]
        why = self.unmatched.get(older, {}).get(newer, {})
        links = [
            StrandLink(a=strand, b=later, caveats=cell.caveats)
            for strand, cell in cells.items()
            for later in cell.to
            if strand in held or later in held_later
        ]
        matched = {link.b for link in links}
        for strand in held:
            cell = cells.get(strand, CrosswalkCell(never="No counterpart in the other framework."))
            if not cell.to:
                links.append(StrandLink(a=strand, b=None, caveats=cell.caveats, reason=cell.never))
        for strand in held_later:
            if strand not in matched:
                reason = why.get(strand, "No counterpart in the other framework.")
                links.append(StrandLink(a=None, b=strand, reason=reason))
        return tuple(links)

    def _why_apart(self, a: str, b: str) -> tuple[tuple[str, ...], str]:
        """Caveats and reason for two frameworks between which nothing is compared."""
        found = [self.apart[framework] for framework in (a, b) if framework in self.apart]
        found.sort(key=lambda apart: not apart.caveats)
        return (found[0].caveats, found[0].reason) if found else ((), "These two frameworks are not compared.")


@cache
def crosswalk() -> Crosswalk:
    """The crosswalk of frameworks/crosswalk.toml (domain.md 2).

    Raises:
        FrameworkError: the file is not TOML, holds a field this program does not know, or names a caveat without text.
    """
    return load_crosswalk(_FILE)


def load_crosswalk(file: Path) -> Crosswalk:
    """The crosswalk of a TOML file (see `crosswalk`)."""
    try:
        table = msgspec.toml.decode(file.read_bytes(), type=Crosswalk)
    except msgspec.DecodeError as error:
        raise FrameworkError(f"{file}: {error}") from error
    cells = [cell for newer in table.cells.values() for strands in newer.values() for cell in strands.values()]
    used = [*(cell.caveats for cell in cells), *(apart.caveats for apart in table.apart.values())]
    for caveat in chain.from_iterable(used):
        if caveat not in table.caveats:
            raise FrameworkError(f"{file}: caveat {caveat} has no text under [caveats]")
    if any(bool(cell.to) == bool(cell.never) for cell in cells):
        raise FrameworkError(f"{file}: each cell needs either `to` or `never`")
    return table


def _mirrored(link: StrandLink) -> StrandLink:
    return StrandLink(a=link.b, b=link.a, caveats=link.caveats, reason=link.reason)
