"""Where the store is: `--store` > REINSPECT_STORE > the settings file > the user's data folder (design.md 3)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from reinspect.errors import ReinspectError

VARIABLE = "REINSPECT_STORE"


class SettingsError(ReinspectError):
    """The settings file cannot be used."""

    exit_code = 2


def settings_file() -> Path:
    """The settings file, whether or not it exists: `config.toml` in the user's folder of settings."""
    import platformdirs

    return platformdirs.user_config_path("reinspect") / "config.toml"


def store_folder(option: Path | None = None) -> Path:
    """The folder of the store to use (see `store_and_source`)."""
    return store_and_source(option)[0]


def store_and_source(option: Path | None = None) -> tuple[Path, str]:
    """The folder of the store, and what names it: "--store", "REINSPECT_STORE", the settings file, or "default".

    Raises:
        SettingsError: the settings file cannot be read, or its `store` is not a path.
    """
    if option is not None:
        return option.expanduser(), "--store"
    if named := os.environ.get(VARIABLE):
        return Path(named).expanduser(), VARIABLE
    file = settings_file()
    if named := _named_in(file):
        # A relative path there means relative to the settings, not to wherever the program was started.
        return file.parent / Path(named).expanduser(), str(file)
    import platformdirs

    return platformdirs.user_data_path("reinspect"), "default"


def read_settings_file(file: Path) -> dict[str, Any]:
    """What a settings file says; nothing where there is none.

    Raises:
        SettingsError: it cannot be read.
    """
    import tomllib

    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except RecursionError:
        raise SettingsError(f"{file}: the settings cannot be read: too many brackets within each other") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file}: the settings cannot be read: {error}") from error


def _named_in(file: Path) -> str | None:
    named = read_settings_file(file).get("store")
    if named is not None and (not isinstance(named, str) or "\0" in named):
        raise SettingsError(f'{file}: store must be a path in quotes, as in store = "/home/me/inspections"')
    return named
