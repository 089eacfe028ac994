"""The store's folder comes from the option, else the variable, the settings file, or the user's data folder."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from store.location import SettingsError, settings_file, store_and_source, store_folder


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
