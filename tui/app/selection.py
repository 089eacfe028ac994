"""What is being looked at. One selection is shared by all panes, and the screen owns it."""

from __future__ import annotations

import msgspec


class Selection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An authority (its slug), one of its inspections, the two that are set side by side (ids), and a cohort.

    The cohort is as a person writes it (`reinspect.comparing.cohorts.cohort`); None is no cohort.
    """

    authority: str | None = None
    inspection: str | None = None
    a: str | None = None
    b: str | None = None
    cohort: str | None = None
