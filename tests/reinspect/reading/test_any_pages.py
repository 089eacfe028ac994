"""Properties of the Reading of any pages: of reports shuffled, cut or doubled, and of noise."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reinspect.frameworks import frameworks
from reinspect.model import Evidence
from reinspect.phrases.query import parse_query
from reinspect.reading.documents import read_pages
from reinspect.reading.fields.improvements import without_tags
from reinspect.reading.fields.sections import FrameworkHeadings
from reinspect.reading.layout.blocks import group_blocks
from reinspect.reading.layout.furniture import strip_furniture
from reinspect.reading.layout.lines import join_lines, split_lines
from reinspect.reading.sanitise import make_safe
from tests.making.reports import LABELS, ilacs_2023, letter, sif

PRINTED = sorted({line for made in (ilacs_2023(), sif(), letter()) for page in made for line in page})
MARKS = ["", " ", "1.", "1", "12", "•", "◼ ", "(Recommendation)", "(Principle 1)", "Good", "Inadequate", "Not judged"]
lines = st.one_of(
    st.sampled_from(PRINTED),
    st.sampled_from([part for label in LABELS.values() for part in label]),
    st.sampled_from(MARKS),
    st.text(max_size=30),
    st.builds("{} {}".format, st.sampled_from(PRINTED), st.sampled_from(PRINTED)),
)
any_pages = st.lists(st.lists(lines, max_size=25).map("\n".join).map(make_safe), min_size=1, max_size=5)
many = settings(max_examples=60, deadline=None)


def printed_at(pages: list[str], place: Evidence) -> str:
    """Return the text of the pages at a position; raise AssertionError if the pages have no such position."""
    assert 1 <= place.page <= len(pages)
    assert 0 <= place.start <= place.end <= len(pages[place.page - 1])
    return pages[place.page - 1][place.start : place.end]


@many
@given(any_pages)
def test_every_fact_is_printed_at_its_evidence(pages: list[str]) -> None:
    reading = read_pages(pages, sha256="0" * 64, title="anything", file="anything.pdf")
    assert list(reading.pages) == pages
    facts = reading.facts
    for judgement in facts.judgements if reading.document.kind != "coverage" else ():
        assert judgement.evidence is not None
        assert bool(judgement.grade) != bool(judgement.not_judged)
        assert " ".join(judgement.printed.split()) in " ".join(printed_at(pages, judgement.evidence).split())
        if judgement.grade is not None:
            known = frameworks()[facts.framework or ""].grade(judgement.grade)
            assert known is not None
    for passage in reading.passages:
        assert printed_at(pages, passage.evidence).strip()
    for improvement in (*facts.improvements, *facts.lscb_improvements, *facts.priority_actions):
        assert improvement.text.strip()
        if improvement.evidence is not None:
            printed_at(pages, improvement.evidence)
    assert [improvement.index for improvement in facts.improvements] == list(range(1, len(facts.improvements) + 1))


@many
@given(any_pages)
def test_the_same_pages_give_the_same_reading(pages: list[str]) -> None:
    def read() -> object:
        return read_pages(pages, sha256="0" * 64, title="anything", file="anything.pdf")

    assert read() == read()


@many
@given(any_pages)
def test_lines_have_their_positions_and_furniture_is_only_removed(pages: list[str]) -> None:
    printed_lines = split_lines(pages)
    for line in printed_lines:
        assert pages[line.page - 1][line.start : line.end].strip() == line.text.strip()
    kept = strip_furniture(printed_lines, lambda text: text in {"Good", "Inadequate"}, len(pages))
    remaining = iter(printed_lines)
    assert all(line in remaining for line in kept)


@many
@given(any_pages, st.sampled_from(sorted(frameworks())))
def test_blocks_contain_every_line_once_and_in_order(pages: list[str], framework: str) -> None:
    printed_lines = split_lines(pages)
    headings = FrameworkHeadings(frameworks()[framework])
    in_blocks = [line for block in group_blocks(printed_lines, headings) for line in block.lines]
    remaining = iter(printed_lines)
    assert all(line in remaining for line in in_blocks)
    left_out = [line.text for line in printed_lines if line not in in_blocks]
    assert all(text.isdigit() for text in left_out), "only a footnote mark may be left out"


@given(st.lists(st.text(max_size=40), max_size=6))
def test_joined_lines_keep_their_letters(texts: list[str]) -> None:
    assert "".join(join_lines(texts).split()) == "".join("".join(texts).split())


@given(st.text(max_size=60) | st.sampled_from(PRINTED))
def test_removing_tags_twice_removes_nothing_more(text: str) -> None:
    bare, tags = without_tags(text)
    assert without_tags(bare)[0] == bare
    assert len(bare) <= len(text)
    assert tags == () or len(bare) < len(text)


@given(st.text(max_size=60) | st.text("ab \"-“”'", max_size=30))
def test_any_text_is_a_valid_query(text: str) -> None:
    assert parse_query(text) == parse_query(text)
