"""The settings file `config.toml` (`reinspect config` shows where it is). An example:

store = "/home/me/inspections"      # the folder of the store
theme = "textual-light"             # any theme of the palette (ctrl+p, "Theme")
group = "neighbours:camden"         # the group to compare with at the start
width = 90                          # columns of text that is copied or exported

[keymap]                            # docs/keys.md lists the names of all actions
"take.copy" = "ctrl+y"
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from store.location import SettingsError, read_settings_file


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The values of the settings file `config.toml`, or their defaults."""

    store: str | None = None
    theme: str | None = None
    group: str | None = None
    width: Annotated[int, msgspec.Meta(ge=60, le=200)] = 100
    keymap: dict[str, str] = {}


def settings(file: Path) -> Settings:
    """Read the settings from a file; return the defaults if the file does not exist.

    Raises:
        SettingsError: the file cannot be read, or a setting is unknown or not valid; the message names the file.
    """
    try:
        values = read_settings_file(file)
        if "cohort" in values:
            # The former name.
            values.setdefault("group", values.pop("cohort"))
        return msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{file}: the settings cannot be read: {error}") from error
