"""Find the folder of the store.

It is the first of these that is set: the option `--store`, the environment variable REINSPECT_STORE, `store` in the
settings file. Otherwise it is the user's data folder.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from reinspect.errors import ReinspectError
from reinspect.regular_files import read_regular_file

_KEPT = {"config": "settings", "data": "store"}
_XDG = {"config": "XDG_CONFIG_HOME", "data": "XDG_DATA_HOME"}
VARIABLE = "REINSPECT_STORE"


class SettingsError(ReinspectError):
    """The settings file cannot be read, or a setting has an invalid value."""

    exit_code = 2


def settings_file() -> Path:
    """Return the path of the settings file, `config.toml`; the file may not exist."""
    return _user_folder("config") / "config.toml"


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
        return _expand_user(option, "--store"), "--store"
    if from_variable := os.environ.get(VARIABLE):
        return _expand_user(Path(from_variable), VARIABLE), VARIABLE
    file = settings_file()
    if from_settings := _read_store_setting(file):
        # A relative path starts at the settings file, not at the folder in which the program was started.
        return file.parent / _expand_user(Path(from_settings), str(file)), str(file)
    return _user_folder("data"), "default"


def read_settings_file(file: Path) -> dict[str, Any]:
    """Read a settings file into a dict, which is empty if the file does not exist.

    Raises:
        SettingsError: the file cannot be read, or is not valid TOML.
    """
    import tomllib

    try:
        return tomllib.loads(read_regular_file(file).decode("utf-8"))
    except FileNotFoundError:
        return {}
    except RecursionError:
        raise SettingsError(f"{file}: the settings cannot be read: brackets are nested too deeply") from None
    except OSError as error:
        raise SettingsError(f"{file}: the settings cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{file}: the settings cannot be read: {error}") from error
    except ValueError:
        raise SettingsError(f"{file}: the settings cannot be read: a number has too many digits") from None


def _user_folder(kind: Literal["config", "data"]) -> Path:
    """Return the user's folder for settings or for data.

    Raises:
        SettingsError: the user has no home folder.
    """
    import platformdirs

    find = platformdirs.user_config_path if kind == "config" else platformdirs.user_data_path
    with suppress(RuntimeError):
        # Without a home folder, some versions raise an error, and others return a path that begins with "~".
        if (folder := find("reinspect")).is_absolute():
            return folder
    raise SettingsError(
        f"this user has no home folder, so there is no place for reinspect's {_KEPT[kind]}; "
        f"set HOME or {_XDG[kind]}{', or name the folder of the store with --store' if kind == 'data' else ''}"
    )


def _expand_user(path: Path, source: str) -> Path:
    """Replace `~` or `~user` at the beginning of a path with that user's home folder.

    Raises:
        SettingsError: there is no such user, or the user has no home folder.
    """
    try:
        return path.expanduser()
    except RuntimeError:
        owner = path.parts[0].removeprefix("~")
        reason = f'there is no user "{owner}"' if owner else "this user has no home folder"
        raise SettingsError(f"{source}: {path}: {reason}; write out the path of the store's folder") from None


def _read_store_setting(file: Path) -> str | None:
    value = read_settings_file(file).get("store")
    if value is not None and (not isinstance(value, str) or "\0" in value):
        raise SettingsError(f'{file}: store must be a path in quotes, as in store = "/home/me/inspections"')
    return value
