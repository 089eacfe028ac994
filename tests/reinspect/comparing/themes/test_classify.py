"""The theme of an improvement, from its own words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reinspect.comparing.themes.classify import classify, themes
from reinspect.errors import ReinspectError


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("How often staff have supervision, and how it is written up.", "supervision-oversight"),
        ("Audit work should lead to learning.", "qa-audit"),
        ("The pace at which strategy meetings are held.", "strategy-discussions"),
        ("Ensure that the assessments of disabled children are thorough.", "disabled-children"),
        ("The interviews offered when children return from a missing episode.", "return-home-interviews"),
        ("Pathway plans that young people help to write.", "pathway-plans"),
        ("Support for 16- and 17-year-olds who are homeless.", "homeless-16-17"),
        ("The number of unregistered settings in use.", "unregistered-homes"),
    ],
)
def test_an_improvement_has_the_theme_that_its_words_name(text: str, theme: str) -> None:
    assert classify(text).theme == theme


def test_a_named_group_decides_over_a_general_process() -> None:
    choice = classify("The quality of assessments of privately fostered children.")
    assert (choice.theme, choice.second) == ("private-fostering", "assessments")


def test_a_clause_of_purpose_gives_no_theme_of_its_own() -> None:
    choice = classify("The frequency of visits, so that permanence is achieved without delay.")
    assert (choice.theme, choice.second) == ("visits", None)


def test_the_first_of_several_matters_is_the_theme_and_the_next_the_second() -> None:
    choice = classify("Case recording, and the supervision of staff.")
    assert (choice.theme, choice.second) == ("case-recording", "supervision-oversight")


@pytest.mark.parametrize("text", ["", "...", "Bananas and oranges."])
def test_words_about_nothing_known_have_no_theme(text: str) -> None:
    assert classify(text).theme is None


def test_every_theme_is_found_by_its_own_phrases() -> None:
    for theme in themes().values():
        phrase = (*theme.named, *theme.phrases)[0].replace("*", "").replace(" ... ", " ").split("|")[0]
        assert theme.key in classify(phrase).scores, phrase


def test_practice_in_general_is_the_last_resort() -> None:
    assert classify("The consistency of social work practice.").theme == "practice-consistency"
    choice = classify("The quality of social work practice, particularly life-story work.")
    assert (choice.theme, choice.second) == ("life-story", "practice-consistency")


def test_a_damaged_file_of_themes_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "themes.toml"
    for data in (b"[[theme]]\nkey = 1", b"\xff", None):
        damaged.unlink(missing_ok=True)
        if data is not None:
            damaged.write_bytes(data)
        monkeypatch.setattr(sys.modules[themes.__module__], "_FILE", damaged)
        with pytest.raises(ReinspectError, match=r"themes\.toml: the themes cannot be read"):
            themes.__wrapped__()


@pytest.mark.parametrize(
    ("text", "theme", "second"),
    [
        ("Support for young carers.", "early-help", None),
        ("Help for parent carers of disabled children.", "disabled-children", None),
        ("Support for carers.", "foster-carers", None),
    ],
)
def test_carers_of_another_kind_are_not_foster_carers(text: str, theme: str, second: str | None) -> None:
    assert (classify(text).theme, classify(text).second) == (theme, second)


def test_a_workforce_that_is_only_named_is_not_asked_to_be_stable() -> None:
    assert classify("How the wider workforce learns from audits.").theme != "workforce-stability"
    assert classify("The stability of the workforce.").theme == "workforce-stability"
