"""Framework files of a person's own: a band by any name, nothing taken from built-in frameworks, faults in words."""

from __future__ import annotations

import pytest

from reinspect.errors import FrameworkError
from reinspect.frameworks import band_of, frameworks, rung_of
from reinspect.frameworks.bands import UNKNOWN, band_name, band_order, near_band
from tests.making.frameworks import POLICE, UseFrameworks, use_frameworks

__all__ = ["use_frameworks"]


def fault_of(use_frameworks: UseFrameworks, *files: str) -> str:
    use_frameworks(*files)
    with pytest.raises(FrameworkError) as caught:
        frameworks()
    return str(caught.value)


# Bands


def test_a_file_may_name_a_band_of_its_own(use_frameworks: UseFrameworks) -> None:
    use_frameworks(POLICE)
    assert band_of("police-2000") == "police"
    assert band_name("police") == "Police"


def test_bands_of_ones_own_come_after_the_known_ones_and_before_the_unknown_one() -> None:
    shuffled = ["unknown", "police", "adults", "fire", "social care"]
    assert sorted(shuffled, key=band_order) == ["social care", "adults", "fire", "police", UNKNOWN]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Social care", "social care"),
        ("socail care", "social care"),
        ("send", "SEND"),
        ("multi agency", "multi-agency"),
        ("youth justce", "youth justice"),
        ("adult", "adults"),
    ],
)
def test_a_misspelt_band_is_told_with_the_one_that_is_meant(
    use_frameworks: UseFrameworks, written: str, meant: str
) -> None:
    fault = fault_of(use_frameworks, POLICE.replace('band = "police"', f'band = "{written}"'))
    assert f'own-0.toml: band = "{written}" is spelt like "{meant}"; write "{meant}"' in fault


def test_two_files_that_spell_one_band_in_two_ways_are_told(use_frameworks: UseFrameworks) -> None:
    other = POLICE.replace("police-2000", "police-2001").replace('band = "police"', 'band = "polcie"')
    fault = fault_of(use_frameworks, POLICE, other.replace('family = "police"', 'family = "force"'))
    assert 'own-1.toml: band = "polcie" is spelt like "police" of another file; write both alike' in fault


@pytest.mark.parametrize("band", ["fire", "prisons", "ports and airports"])
def test_a_band_that_is_like_no_other_is_taken(band: str) -> None:
    assert near_band(band, ["social care", "SEND", "multi-agency", "youth justice", "adults", "police"]) is None


@pytest.mark.parametrize("band", ["", "  ", "police 2", "unknown", "police\\u202e", "police,fire"])
def test_a_band_that_is_not_words_of_plain_letters_is_refused(use_frameworks: UseFrameworks, band: str) -> None:
    fault = fault_of(use_frameworks, POLICE.replace('band = "police"', f'band = "{band}"'))
    assert "is not a name for a band" in fault


def test_a_word_has_the_rung_of_its_band(use_frameworks: UseFrameworks) -> None:
    use_frameworks(POLICE)
    assert (rung_of("inadequate"), rung_of("inadequate", "police")) == (4, 5)
    assert (rung_of("requires improvement"), rung_of("adequate", "police")) == (3, 3)
    assert rung_of("blazing") is None


# Files that are refused


@pytest.mark.parametrize(
    ("written", "instead", "fault"),
    [
        ('key = "police-2000"', 'key = "sif"', 'key = "sif" is that of a built-in framework (SIF); choose another'),
        ('family = "police"', 'family = "ilacs"', 'family = "ilacs" is that of ILACS'),
        ('family = "police"', 'family = "Police 2000!"', "may have small letters, digits and hyphens only"),
        ('family = "police"', 'family = "../../x"', "may have small letters, digits and hyphens only"),
        ('document = "graded report"', 'scale = "ofsted"\ndocument = "graded report"', "[[grades]] are both given"),
        ('not_judged = ["No grade"]', 'not_judged = ["GOOD"]', '"GOOD" is in not_judged and also a printed form of'),
        ('document = "graded report"\n', "", "`document` is missing, so no report of it would be read; it is one of"),
        ('labels = ["Cells"]', 'prose = ["Cells are {grade} today"]', "does not end with {grade}"),
        ('labels = ["Cells"]', 'prose = ["Cells are well kept"]', "does not end with {grade}"),
        ('document = "graded report"', 'document = "report"', "document = 'report' is not known; it is one of"),
        ('judges = "the police force"', 'judge = "the force"', "there is no key `judge`; did you mean `judges`?"),
        ('name = "Cells"', 'nmae = "Cells"', "in [[strands]] number 2: there is no key `nmae`; did you mean `name`?"),
        ("rung = 3", 'rung = "three"', "in [[grades]] number 3: `rung`: Expected `int`, got `str`"),
        ('key = "good"\n', 'key = "great"\n', 'the grade "great" has the shape and letter "●G" of "good"'),
    ],
)
def test_a_file_that_would_mislead_is_refused_with_the_way_out(
    use_frameworks: UseFrameworks, written: str, instead: str, fault: str
) -> None:
    assert written in POLICE
    message = fault_of(use_frameworks, POLICE.replace(written, instead))
    assert "own-0.toml: " in message
    assert fault in message


def test_a_grade_may_have_the_sign_of_the_same_word_elsewhere(use_frameworks: UseFrameworks) -> None:
    use_frameworks(POLICE.replace('letter = "D"\nshape = "◐"', 'letter = "A"\nshape = "▲"'))
    assert rung_of("adequate", "police") == 3


def test_a_new_version_of_a_built_in_family_is_taken(use_frameworks: UseFrameworks) -> None:
    newer = POLICE.replace('family = "police"', 'family = "ilacs"').replace('band = "police"', 'band = "social care"')
    use_frameworks(newer)
    assert band_of("police-2000") == "social care"


def test_a_framework_that_is_known_from_a_table_alone_needs_no_document(use_frameworks: UseFrameworks) -> None:
    head = POLICE.partition("titles")[0].replace('document = "graded report"\n', "")
    use_frameworks(head)
    assert frameworks()["police-2000"].document == ""
