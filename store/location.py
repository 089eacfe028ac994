"""Find the folder of the store.

It is the first of these that is set: the option `--store`, the environment variable REINSPECT_STORE, `store` in the
settings file. Otherwise it is the user's data folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from reinspect.errors import ReinspectError

VARIABLE = "REINSPECT_STORE"


class SettingsError(ReinspectError):
    """The settings file cannot be read, or a setting has an invalid value."""

    exit_code = 2


def settings_file() -> Path:
    """Return the path of the settings file, `config.toml`; the file may not exist."""
    import platformdirs

    return platformdirs.user_config_path("reinspect") / "config.toml"


def store_folder(option: Path | None = None) -> Path:
    """Return the folder of the store; `option` is the value of `--store`, if given."""
    return store_and_source(option)[0]


def store_and_source(option: Path | None = None) -> tuple[Path, str]:
    """Return the folder of the store, and what set it.

    The second value is "--store", "REINSPECT_STORE", the path of the settings file, or "default".

    Raises:
        SettingsError: the settings file cannot be read, or its `store` is not a path.
    """
    if option is not None:
        return option.expanduser(), "--store"
    if from_variable := os.environ.get(VARIABLE):
        return Path(from_variable).expanduser(), VARIABLE
    file = settings_file()
    if from_settings := _read_store_setting(file):
        # A relative path starts at the settings file, not at the folder in which the program was started.
        return file.parent / Path(from_settings).expanduser(), str(file)
    import platformdirs

    return platformdirs.user_data_path("reinspect"), "default"


def read_settings_file(file: Path) -> dict[str, Any]:
    """Read a settings file into a dict, which is empty if the file does not exist.

    Raises:
        SettingsError: the file cannot be read, or is not valid TOML.
    """
    import tomllib

    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except RecursionError:
        raise SettingsError(f"{file}: the settings cannot be read: brackets are nested too deeply") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file}: the settings cannot be read: {error}") from error


def _read_store_setting(file: Path) -> str | None:
    value = read_settings_file(file).get("store")
    if value is not None and (not isinstance(value, str) or "\0" in value):
        raise SettingsError(f'{file}: store must be a path in quotes, as in store = "/home/me/inspections"')
    return value
