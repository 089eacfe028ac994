"""What a person may set once and for all, in `config.toml` (`reinspect config` says where that is).

store = "/home/me/inspections"      # the folder of the store
theme = "textual-light"             # any theme of the palette (ctrl+p, "Theme")
cohort = "neighbours:camden"        # set beside everything from the start
width = 90                          # columns of what is copied and exported as text

[keymap]                            # docs/keys.md lists every name
"take.copy" = "c,ctrl+y"
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from store.location import SettingsError, read_settings_file


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings as written; None where nothing is."""

    store: str | None = None
    theme: str | None = None
    cohort: str | None = None
    width: Annotated[int, msgspec.Meta(ge=60, le=200)] = 100
    keymap: dict[str, str] = {}


def settings(file: Path) -> Settings:
    """The settings of a file; all defaults where there is none.

    Raises:
        SettingsError: the file cannot be read, or says what cannot be understood; the message names it.
    """
    try:
        return msgspec.convert(read_settings_file(file), Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{file}: the settings cannot be read: {error}") from error
