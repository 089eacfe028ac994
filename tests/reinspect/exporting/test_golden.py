"""Whole exports, compared with golden files. After a change on purpose, run with REINSPECT_GOLDEN=write.

Then read the diff. The golden HTML files leave out the stylesheet, which is the same on every page.
"""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from docx import Document
from docx.table import Table as WordTable
from msgspec.structs import replace

from reinspect.comparing.comparison import Comparison, compare
from reinspect.comparing.followthrough.shown_passages import ShownPassage
from reinspect.comparing.followthrough.steps import Step
from reinspect.comparing.followthrough.threads import Thread
from reinspect.comparing.timeline import Timeline, timeline
from reinspect.exporting import FORMATS, formats, render_sheet
from reinspect.exporting.formats.csv import render_csv
from reinspect.exporting.formats.docx import render_docx
from reinspect.exporting.sheet import Sheet
from reinspect.exporting.sheets.basket import basket_sheet
from reinspect.exporting.sheets.comparison import comparison_sheet
from reinspect.exporting.sheets.follow_through import follow_through_sheet
from reinspect.exporting.sheets.inspection import inspection_sheet
from reinspect.exporting.sheets.phrases import Recurring, phrases_sheet, search_sheet
from reinspect.exporting.sheets.timeline import timeline_sheet
from reinspect.exporting.tables.basket import PlacedPin, basket_table
from reinspect.exporting.tables.comparison import comparison_tables
from reinspect.exporting.tables.follow_steps import follow_steps_table
from reinspect.exporting.tables.inspections import inspections_table
from reinspect.exporting.tables.phrases import CitedHit, hits_table, phrases_table
from reinspect.exporting.tables.timeline import timeline_table
from reinspect.exporting.tidy import TidyTable
from reinspect.model import Pin
from reinspect.phrases.query import Hit, SearchResult
from tests.making.inspections import CAMDEN, camden_2017, camden_2022, inspection, passage
from tui.streams import SUFFIXES

GOLDEN = Path(__file__).parent / "golden"
STYLESHEET = Path(formats.__file__).with_name("sheet.css")
PASSAGES_2017 = [
    passage(
        "Foster carers are hard to find, so that some children move far away from school and from friends.", "care"
    ),
    passage("Audits are thorough and managers act on what audits find.", "leaders"),
]
PASSAGES_2022 = [passage("Audits are patchy but managers act on what audits find.", "leaders", page=6, digit="b")]


def compared() -> Comparison:
    return compare(camden_2017(), camden_2022(), PASSAGES_2017, PASSAGES_2022, (CAMDEN, CAMDEN))


def comparison() -> Sheet:
    return comparison_sheet(compared())


def history() -> Timeline:
    rating = inspection("caa-rating", rating="performs excellently")
    return timeline(CAMDEN, [rating, camden_2017(), inspection("focused-visit"), camden_2022()])


def timeline_of_camden() -> Sheet:
    return timeline_sheet(history())


def inspection_of_2017() -> Sheet:
    return inspection_sheet(camden_2017(), CAMDEN)


TEXTS = [
    'Camden, SIF inspection 11 September - 5 October 2017: report "Camden 2017" (aaaaaaaa)',
    'Camden, ILACS inspection 25-29 April 2022: report "Camden 2022" (bbbbbbbb)',
]


CITATIONS = ["Camden, SIF inspection 2017, p. 3, para 12", "Camden, SIF inspection 2017, p. 3, para 13"]


def found() -> SearchResult:
    found_in = PASSAGES_2017[1]
    first = found_in.text.index("audits find")
    hit = Hit(
        score=100.0,
        document="a" * 64,
        number=1,
        page=3,
        phrase="audits find",
        spans=((first, first + 6), (first + 7, first + 11)),
        context=(0, len(found_in.text)),
        passage=found_in,
    )
    near = replace(hit, score=82.0, phrase="Audits", spans=((0, 6),), word_for_word=False)
    return SearchResult(total=3, word_for_word=1, hits=(hit, near), by_document={"a" * 64: 2, "b" * 64: 1})


def search() -> Sheet:
    return search_sheet("audits find", found(), CITATIONS, "2 texts of Camden", TEXTS)


def recurring() -> Recurring:
    return Recurring(
        phrase="what audits find",
        variants=("what audit finds",),
        inspections=2,
        years=(2017, 2022),
        count=3,
        citation="Camden, ILACS inspection 25-29 April 2022, p. 6, para 12",
    )


def phrases() -> Sheet:
    return phrases_sheet([recurring()], "2 texts of Camden, of 2017 to 2022", "issues", TEXTS)


def threads() -> tuple[Thread, ...]:
    """Return one improvement that is raised again and one that is not mentioned, without running the matching."""
    later_passage = PASSAGES_2022[0]
    shown = ShownPassage(
        passage=later_passage,
        start=0,
        end=len(later_passage.text),
        page=later_passage.page,
        chance=0.7,
        mark="critical",
        highlights=((later_passage.text.index("managers"), later_passage.text.index(" act")),),
    )
    later = camden_2022()
    raised = Step(inspection=later, status="raised again", likely="raised again", confidence=0.8, passages=(shown,))
    silent = Step(inspection=later, status="not mentioned", likely="not mentioned", confidence=0.6, passages=(shown,))
    earlier = camden_2017()
    return tuple(
        Thread(inspection=earlier, improvement=improvement, steps=(step,))
        for improvement, step in zip(earlier.improvements, (raised, silent), strict=True)
    )


def follow_through() -> Sheet:
    return follow_through_sheet(CAMDEN, threads())


def pins() -> tuple[Pin, ...]:
    citation = "Camden, SIF inspection 11 September - 5 October 2017, p. 3, para 12"
    return (
        Pin(kind="quote", text=PASSAGES_2017[1].text, citation=citation, note="=for the committee, *first*"),
        Pin(kind="row", text="Overall: good, then outstanding; improved", citation="Camden, p. 1"),
    )


def basket() -> Sheet:
    return basket_sheet(pins(), [(camden_2017(), CAMDEN)])


SHEETS = {
    "comparison": comparison,
    "timeline": timeline_of_camden,
    "inspection": inspection_of_2017,
    "search": search,
    "phrases": phrases,
    "basket": basket,
    "follow": follow_through,
}


def tables() -> dict[str, TidyTable]:
    document = camden_2017().documents[0]
    hits = (CitedHit(hit, document, camden_2017(), source) for hit, source in zip(found().hits, CITATIONS, strict=True))
    strands, improvements, passages = comparison_tables(compared())
    return {
        "comparison": strands,
        "improvements": improvements,
        "passages": passages,
        "timeline": timeline_table([history()]),
        "list": inspections_table([(camden_2017(), CAMDEN), (camden_2022(), CAMDEN)]),
        "search": hits_table(hits),
        "phrases": phrases_table([recurring()]),
        "follow": follow_steps_table(threads()),
        "basket": basket_table(PlacedPin(place, pin, None) for place, pin in enumerate(pins(), 1)),
    }


@pytest.mark.parametrize("name", tables())
def test_a_table_matches_its_golden_file(name: str) -> None:
    compare_with_golden(f"{name}.csv", render_csv(tables()[name]))


@pytest.mark.parametrize("name", SHEETS)
def test_the_text_of_a_word_file_matches_its_golden_file(name: str) -> None:
    compare_with_golden(f"{name}.docx.txt", text_of_word_file(render_docx(SHEETS[name]())))


def text_of_word_file(data: bytes) -> str:
    """Return the paragraphs, tables and footnotes of a Word file as plain lines, each with its style."""
    document = Document(io.BytesIO(data))
    lines = []
    for block in document.iter_inner_content():
        if isinstance(block, WordTable):
            lines += ["Table: " + " | ".join(cell.text for cell in row.cells) for row in block.rows]
        elif block.text and block.style:
            lines.append(f"{block.style.name}: {block.text}")
    notes = ElementTree.fromstring(ZipFile(io.BytesIO(data)).read("word/footnotes.xml"))
    lines += [f"Footnote {number}:{''.join(note.itertext())}" for number, note in enumerate(list(notes)[2:], 1)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", SHEETS)
def test_an_export_matches_its_golden_file(name: str, form: str) -> None:
    page = render_sheet(SHEETS[name](), form, width=80)  # type: ignore[arg-type]
    compare_with_golden(f"{name}{SUFFIXES[form]}", without_stylesheet(page) if form == "html" else page)  # type: ignore[index]


@pytest.mark.parametrize("name", SHEETS)
def test_linear_text_matches_its_golden_file(name: str) -> None:
    compare_with_golden(f"{name}.linear.txt", render_sheet(SHEETS[name](), "text", width=80, linear=True))


def test_a_page_embeds_the_stylesheet_exactly() -> None:
    page = render_sheet(basket(), "html")
    assert re.findall(r"<style>(.*?)</style>", page, re.DOTALL) == [STYLESHEET.read_text("utf-8")]


def without_stylesheet(page: str) -> str:
    """Return a page with placeholders for the stylesheet and its checksum."""
    page = re.sub(r"<style>.*?</style>", "<style>(sheet.css)</style>", page, flags=re.DOTALL)
    return re.sub(r"'sha256-[^']+'", "'sha256-(sheet.css)'", page)


def compare_with_golden(name: str, page: str) -> None:
    """Compare with the golden file of this name, or write it."""
    golden = GOLDEN / name
    if os.environ.get("REINSPECT_GOLDEN") == "write":
        golden.write_bytes(page.encode())
    assert page.encode() == golden.read_bytes(), f"{golden} differs"
