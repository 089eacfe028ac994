"""The base of all answers: typed values that can be printed as a sheet or taken as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet, SheetTable


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer to one question, with typed fields, to print or to compute with."""

    def sheet(self) -> Sheet:
        """Return the answer as a sheet, which `reinspect.exporting.render_sheet` prints in any format."""
        raise NotImplementedError

    def records(self) -> list[JsonObject]:
        """Return the answer as plain data: the objects that `--json` prints, as dictionaries."""
        raise NotImplementedError

    def table(self) -> SheetTable | None:
        """Return the answer as one plain table for a spreadsheet, or None if the sheet serves as well."""
        return None
