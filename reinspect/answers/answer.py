"""The base class of all answers: typed values that can be printed as a page or taken as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one question: typed fields, with methods to print or export them."""

    @property
    def is_one_record(self) -> bool:
        """True if JSON has one object; False if it has an array, even of one object or of none."""
        return False

    @property
    def file_name(self) -> str:
        """A name for a file of this answer, without an ending, if the answer itself suggests one; else ""."""
        return ""

    def sheet(self) -> Sheet:
        """Return the answer as a page, which `reinspect.exporting.render_sheet` prints in any format."""
        raise NotImplementedError

    def records(self) -> list[JsonObject]:
        """Return the answer as a list of dicts, the objects that `--json` prints."""
        raise NotImplementedError

    def tables(self) -> tuple[TidyTable, ...]:
        """Return the answer as tidy tables; the first one is the answer itself, the others say more."""
        raise NotImplementedError

    def table(self) -> TidyTable:
        """Return the answer as one tidy table: a row for each thing, typed columns."""
        return self.tables()[0]
