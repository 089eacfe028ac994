"""A new framework with a printed table needs one TOML file and no code."""

from __future__ import annotations

import pytest

from reinspect.errors import FrameworkError
from reinspect.frameworks import FOLDER_VARIABLE, frameworks
from reinspect.reading.framework_explanation import explain_frameworks
from tests.making.reports import read

FIRE = """
key = "fire-2031"
family = "fire"
name = "Inspection of fire and rescue services"
short = "Fire 2031"
inspector = "The fire inspectorate"
document = "graded report"
titles = ["Fire and rescue inspection"]
improvement_headings = ["Where the service must do better"]
summary_headings = ["In short"]

[[strands]]
key = "response"
name = "Response"
labels = ["How fast engines arrive"]

[[strands]]
key = "prevention"
name = "Prevention"
labels = ["How well fires are prevented"]

[[grades]]
key = "blazing"
rung = 1
letter = "B"
shape = "*"
printed = ["Blazing"]

[[grades]]
key = "steady"
rung = 2
letter = "S"
shape = "o"
printed = ["Steady", "Steady on the whole"]

[[grades]]
key = "smouldering"
rung = 3
letter = "M"
shape = "-"
printed = ["Smouldering"]

[[grades]]
key = "out"
rung = 4
letter = "X"
shape = "x"
printed = ["Out"]
"""

REPORT = [
    [
        "Camden",
        "Fire and rescue inspection",
        "Inspection dates: 5 to 9 May 2031",
        "Judgement Grade",
        "How fast engines arrive",
        "Steady on the whole",
        "How well fires are prevented Smouldering",
        "In short",
        "Crews are brave and hoses are old.",
        "Where the service must do better",
        "• The age of hoses.",
        "• Visits to homes with thatched roofs.",
        "How fast engines arrive: steady on the whole",
        "1. Most engines arrive in eight minutes.",
    ]
]


@pytest.fixture
def own_frameworks(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    frameworks.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    frameworks.cache_clear()


def test_a_report_of_an_invented_framework_is_read_with_its_file_alone(own_frameworks):
    (own_frameworks / "fire-2031.toml").write_text(FIRE, encoding="utf-8")
    reading = read(REPORT)

    assert (reading.document.kind, reading.facts.framework) == ("report", "fire-2031")
    assert {judgement.strand: judgement.grade for judgement in reading.facts.judgements} == {
        "response": "steady",
        "prevention": "smouldering",
    }
    assert [improvement.text for improvement in reading.facts.improvements] == [
        "The age of hoses.",
        "Visits to homes with thatched roofs.",
    ]
    assert next(passage for passage in reading.passages if passage.paragraph == 1).strand == "response"


def test_a_mistyped_key_in_a_framework_file_is_reported_with_its_file(own_frameworks):
    (own_frameworks / "fire-2031.toml").write_text(FIRE.replace("short =", "shrot ="), encoding="utf-8")

    with pytest.raises(FrameworkError, match=r"fire-2031\.toml.*s(?:hort|hrot)"):
        frameworks()


# Wordings with signs


SIGNS = (
    "Steady and/or improving",
    "Steady (on the whole)",
    "Steady, but watched",
    "Steady: no change",
    "Steady & safe",
    "Not-yet-steady",
)


@pytest.mark.parametrize("printed", SIGNS)
def test_a_printed_grade_may_have_any_sign_in_it(own_frameworks, printed):
    (own_frameworks / "fire-2031.toml").write_text(FIRE.replace("Steady on the whole", printed), encoding="utf-8")
    report = [[line.replace("Steady on the whole", printed) for line in REPORT[0]]]
    grades = {judgement.strand: judgement.grade for judgement in read(report).facts.judgements}
    assert grades == {"response": "steady", "prevention": "smouldering"}


def test_a_title_may_begin_with_the_name_of_the_authority(own_frameworks):
    text = FIRE.replace(
        'titles = ["Fire and rescue inspection"]', 'titles = ["{authority}: fire and rescue inspection"]'
    )
    (own_frameworks / "fire-2031.toml").write_text(text, encoding="utf-8")
    report = [["Camden: fire and rescue inspection", *REPORT[0][2:]]]
    reading = read(report)
    assert (reading.document.kind, reading.facts.framework) == ("report", "fire-2031")


# Files that could never work are refused


@pytest.mark.parametrize(
    ("written", "instead", "fault"),
    [
        ('document = "graded report"', 'document = "report"', "report"),
        ('document = "graded report"', 'document = "Letter"', "Letter"),
        ('titles = ["Fire and rescue inspection"]', 'titles = ["{authority}"]', "needs a word besides its gaps"),
        ('titles = ["Fire and rescue inspection"]', 'titles = ["Fire in {council}"]', r"\{council\} is not one of"),
        ('printed = ["Out"]', 'printed = ["*"]', "has no word or number"),
        ('labels = ["How fast engines arrive"]', 'labels = ["***"]', "has no word or number"),
        ('key = "prevention"', 'key = "response"', "two strands have the key"),
        ('titles = ["Fire and rescue inspection"]', 'titles = ["The"]', '"The" needs a word besides its gaps'),
        ('titles = ["Fire and rescue inspection"]', 'titles = ["&"]', '"&" needs a word besides its gaps'),
        ('["Where the service must do better"]', '["The"]', 'the wording "The" has no word or number besides'),
        ('["Where the service must do better"]', '["-"]', 'the wording "-" has no word or number besides'),
        ('labels = ["How fast engines arrive"]', 'labels = ["The"]', 'the wording "The" has no word or number besides'),
        ('key = "steady"', 'key = "blazing"', 'two grades have the key "blazing"'),
        ('letter = "S"', 'letter = "B"', 'two grades have the letter "B"'),
        ("rung = 1", "rung = 0", 'rung = 0 of the grade "blazing" is out of range'),
        ('family = "fire"', 'family = "fire"\nfirst = 2031-05-01\nlast = 2031-04-30', "last = 2031-04-30 is before"),
        ('family = "fire"', 'family = "fire"\nfollows = "water"', 'follows = "water" is not a family'),
        ("rung = 1", f"rung = {'9' * 5000}", "fire-2031"),
        ("[[strands]]", "[[strands", "not valid TOML"),
        ('key = "fire-2031"', "key = " + "[" * 5000, "not valid TOML"),
    ],
)
def test_a_framework_file_that_could_never_work_is_refused(own_frameworks, written, instead, fault):
    (own_frameworks / "fire-2031.toml").write_text(FIRE.replace(written, instead), encoding="utf-8")
    with pytest.raises(FrameworkError, match=fault):
        frameworks()


@pytest.mark.parametrize("name", ["crosswalk.toml", "scales.toml"])
def test_a_file_that_is_never_read_is_refused(own_frameworks, name):
    (own_frameworks / "fire-2031.toml").write_text(FIRE, encoding="utf-8")
    (own_frameworks / name).write_text("", encoding="utf-8")
    with pytest.raises(FrameworkError, match=name):
        frameworks()


def test_a_folder_that_is_not_there_or_empty_is_refused(own_frameworks, monkeypatch):
    with pytest.raises(FrameworkError, match=r"has no \.toml file"):
        frameworks()
    for named in (str(own_frameworks / "gone"), "~nobody-of-this-name/frameworks"):
        monkeypatch.setenv(FOLDER_VARIABLE, named)
        with pytest.raises(FrameworkError, match="there is no folder"):
            frameworks()


def test_two_files_with_one_key_are_refused(own_frameworks):
    for name in ("a.toml", "b.toml"):
        (own_frameworks / name).write_text(FIRE, encoding="utf-8")
    with pytest.raises(FrameworkError, match=r"b\.toml.*is also in a\.toml"):
        frameworks()


# Why a framework was not chosen


def explained(report):
    return {tried.framework: tried for tried in explain_frameworks(read(report))}


def test_each_framework_is_explained_for_a_report(own_frameworks):
    (own_frameworks / "fire-2031.toml").write_text(FIRE, encoding="utf-8")
    tried = explained(REPORT)
    assert [key for key, each in tried.items() if each.chosen] == ["fire-2031"]
    assert tried.keys() == frameworks().keys()
    assert "its title is printed" in tried["fire-2031"].reasons
    assert any("its title is not printed" in reason for reason in tried["sif"].reasons)
    assert all(each.reasons for each in tried.values())


@pytest.mark.parametrize(
    ("written", "instead", "reason"),
    [
        (
            "How fast engines arrive",
            "How quickly engines come",
            'the label of Response is not printed: "How quickly engines come"',
        ),
        (
            'titles = ["Fire and rescue inspection"]',
            'titles = ["Rescue of cats"]',
            'its title is not printed: "Rescue of cats"',
        ),
        ("Smouldering", "Glowing", "no table of its grades is printed, though the labels of Response, Prevention are"),
    ],
)
def test_the_wording_that_does_not_fit_is_named(own_frameworks, written, instead, reason):
    (own_frameworks / "fire-2031.toml").write_text(FIRE.replace(written, instead), encoding="utf-8")
    assert reason in explained(REPORT)["fire-2031"].reasons


def test_a_strand_that_is_printed_as_not_judged_is_not_called_graded(own_frameworks):
    text = FIRE.replace('document = "graded report"', 'document = "graded report"\nnot_judged = ["Ungraded"]')
    (own_frameworks / "fire-2031.toml").write_text(text, encoding="utf-8")
    report = [[line.replace("Smouldering", "Ungraded") for line in REPORT[0]]]
    reasons = explained(report)["fire-2031"].reasons
    assert "graded: Response" in reasons
    assert "printed as not judged: Prevention" in reasons


# Two frameworks that fit equally well


@pytest.mark.parametrize(("first", "is_told"), [("", True), ("first = 2032-01-01\n", False)])
def test_two_frameworks_that_fit_equally_well_are_told(own_frameworks, first, is_told):
    newer = FIRE.replace("fire-2031", "fire-2032").replace("Fire 2031", "Fire 2032")
    (own_frameworks / "a.toml").write_text(FIRE, encoding="utf-8")
    (own_frameworks / "b.toml").write_text(first + newer, encoding="utf-8")
    reading = read(REPORT)
    told = [warning for warning in reading.document.warnings if "fit" in warning]
    assert reading.facts.framework == "fire-2031"
    assert bool(told) is is_told
    assert all("read as Fire 2031" in warning and "Fire 2032 would fit as well" in warning for warning in told)


# Authorities


def test_a_title_with_a_gap_decides_the_authority_and_one_that_is_not_known_is_told(own_frameworks):
    title = 'titles = ["An inspection of {authority} fire and rescue"]'
    text = FIRE.replace('titles = ["Fire and rescue inspection"]', title)
    (own_frameworks / "fire-2031.toml").write_text(text, encoding="utf-8")

    def of(name: str):
        return read([[f"An inspection of {name} fire and rescue", *REPORT[0][2:]]])

    known, unknown = of("Kent"), of("Devon and Cornwall")
    assert (known.facts.authority.slug, known.document.warnings) == ("kent", ())
    assert unknown.facts.authority.slug is None
    assert "the authority 'Devon and Cornwall' was not recognised" in unknown.document.warnings
