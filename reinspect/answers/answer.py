"""The base class of all answers: typed values that can be printed as a page or taken as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet, SheetTable


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one question: typed fields, with methods to print or export them."""

    def sheet(self) -> Sheet:
        """Return the answer as a page, which `reinspect.exporting.render_sheet` prints in any format."""
        raise NotImplementedError

    def records(self) -> list[JsonObject]:
        """Return the answer as a list of dicts, the objects that `--json` prints."""
        raise NotImplementedError

    def table(self) -> SheetTable | None:
        """Return the answer as one table for a spreadsheet, or None if there is no special table."""
        return None
