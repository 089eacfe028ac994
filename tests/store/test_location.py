"""The store's folder comes from the option, else the variable, the settings file, or the user's data folder."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
import pytest

from store import Store
from store.location import SettingsError, read_settings_file, settings_file, store_and_source, store_folder
from tests.making.readings import SMALL_RECORD


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(platformdirs, "user_config_path", lambda name: tmp_path / "config" / name)
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name: tmp_path / "data" / name)
    monkeypatch.delenv("REINSPECT_STORE", raising=False)
    return tmp_path


def settings(text: str) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text(text, "utf-8")


def test_option_variable_settings_and_default_are_used_in_this_order(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store_and_source() == (home / "data" / "reinspect", "default")
    settings(f'store = "{(home / "named").as_posix()}"')
    assert store_and_source() == (home / "named", str(settings_file()))
    monkeypatch.setenv("REINSPECT_STORE", str(home / "variable"))
    assert store_and_source() == (home / "variable", "REINSPECT_STORE")
    assert store_and_source(home / "option") == (home / "option", "--store")


def test_a_relative_path_in_the_settings_starts_at_the_settings_file() -> None:
    settings('store = "inspections"')
    assert store_folder() == settings_file().parent / "inspections"


def test_settings_without_a_store_use_the_default(home: Path) -> None:
    settings('theme = "light"')
    assert store_folder() == home / "data" / "reinspect"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("store = 7", "in quotes"),
        ('store = "a\\u0000b"', "in quotes"),
        ("store = ", "cannot be read"),
        (f"store = {'[' * 5000}", "nested too deeply"),
    ],
)
def test_invalid_settings_are_an_error_that_names_the_file(text: str, message: str) -> None:
    settings(text)
    with pytest.raises(SettingsError, match=message) as caught:
        store_folder()
    assert str(settings_file()) in str(caught.value)
    assert caught.value.exit_code == 2


# A user without a home folder, and settings that are not a file of text


@pytest.mark.parametrize("typed", ["~nobody-of-this-name/x", "~nobody-of-this-name"])
def test_a_user_that_is_not_there_is_named(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match=r'--store: ~nobody.*no user "nobody-of-this-name"'):
        store_folder(Path(typed))
    monkeypatch.setenv("REINSPECT_STORE", typed)
    with pytest.raises(SettingsError, match="REINSPECT_STORE"):
        store_folder()
    monkeypatch.delenv("REINSPECT_STORE")
    settings(f'store = "{typed}"\n')
    with pytest.raises(SettingsError, match=r"config\.toml"):
        store_folder()


def test_a_home_folder_that_the_user_does_not_have_is_no_place_for_a_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    with pytest.raises(SettingsError, match=r"--store: ~.inspections: this user has no home folder; write out"):
        store_folder(Path("~/inspections"))


@pytest.mark.parametrize("answer", [Path("~/.config/reinspect"), None])
def test_without_a_home_folder_a_store_must_be_named(
    answer: Path | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(_: str) -> Path:
        if answer is None:
            raise RuntimeError("could not determine the home directory")
        return answer

    monkeypatch.setattr(platformdirs, "user_config_path", find)
    monkeypatch.setattr(platformdirs, "user_data_path", find)
    assert store_folder(tmp_path) == tmp_path
    with pytest.raises(
        SettingsError, match=r"no home folder.*no place for reinspect's settings; set HOME or XDG_CONFIG"
    ) as caught:
        store_folder()
    assert "--store" not in str(caught.value)
    monkeypatch.setattr(platformdirs, "user_config_path", lambda name: tmp_path / name)
    with pytest.raises(
        SettingsError, match=r"no place for reinspect's store; set HOME or XDG_DATA_HOME, or name .*--store"
    ):
        store_folder()


def test_a_number_with_thousands_of_digits_in_the_settings_is_refused() -> None:
    settings(f"width = {'9' * 5000}\n")
    with pytest.raises(SettingsError, match="too many digits"):
        store_folder()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_place_of_the_settings_is_refused_and_nothing_waits_for_it() -> None:
    settings_file().parent.mkdir(parents=True)
    os.mkfifo(settings_file())
    with pytest.raises(SettingsError, match="a device or a pipe"):
        store_folder()


def test_settings_and_store_may_be_in_one_folder_as_on_windows_and_macos(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REINSPECT_STORE", raising=False)
    monkeypatch.setattr("platformdirs.user_config_path", lambda _: tmp_path / "reinspect")
    monkeypatch.setattr("platformdirs.user_data_path", lambda _: tmp_path / "reinspect")
    store = Store.open(store_folder(), record=SMALL_RECORD)
    settings_file().write_text("width = 90\n")
    assert store.check() == []
    store.backup(tmp_path / "backup.zip")
    store.restore(tmp_path / "backup.zip")
    assert settings_file().read_text() == "width = 90\n"
    assert read_settings_file(settings_file()) == {"width": 90}
