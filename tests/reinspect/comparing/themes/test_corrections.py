"""A person decides what an improvement is about; the program's theme comes second."""

from __future__ import annotations

from reinspect.comparing.themes.corrections import Corrections
from reinspect.model import Improvement, ThemeCorrection
from tests.making.inspections import inspection

ASKED = inspection("sif")
WORDS = "The quality of supervision."


def chosen(theme: str, words: str = WORDS, where: str = ASKED.id) -> tuple[str | None, str | None, bool]:
    corrections = Corrections([ThemeCorrection(inspection=where, improvement=words, theme=theme)])
    choice = corrections.choose(ASKED, Improvement(index=1, text=WORDS))
    return choice.theme, choice.second, choice.by_person


def test_a_persons_theme_comes_first_and_the_programs_second() -> None:
    assert chosen("visits") == ("visits", "supervision-oversight", True)


def test_line_breaks_and_punctuation_do_not_matter_but_words_do() -> None:
    assert chosen("visits", "The quality of\nsupervision")[0] == "visits"
    assert chosen("visits", "The quality of visits.")[0] == "supervision-oversight"


def test_a_correction_of_another_inspection_or_of_an_unknown_theme_is_left_out() -> None:
    assert chosen("visits", where="elsewhere") == ("supervision-oversight", None, False)
    assert chosen("bananas") == ("supervision-oversight", None, False)
