"""A small store for the panes: invented inspections in our own words, kept in memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from reinspect.model import Document, Evidence, Improvement, Inspection, Judgement, Passage, Window
from tui.app import ReinspectApp

LATEST = "1" * 64
EARLIER = "2" * 64
LETTER = "3" * 64


class MemoryStore:
    """What the app asks of a store, answered from lists."""

    def __init__(self, inspections: list[Inspection], texts: dict[str, tuple[str, ...]]) -> None:
        self._inspections = inspections
        self._texts = texts
        self.moved = False

    def refresh(self) -> bool:
        moved, self.moved = self.moved, False
        return moved

    def inspections(self, authority: str | None = None) -> list[Inspection]:
        return [i for i in self._inspections if authority in (None, i.authority)]

    def inspection(self, identifier: str) -> Inspection:
        return next(i for i in self._inspections if i.id == identifier)

    def held_documents(self) -> list[Held]:
        return [Held(d, i) for i in self._inspections for d in i.documents]

    def pages(self, sha256: str) -> tuple[str, ...]:
        return self._texts[sha256]

    def passages(self, sha256: str) -> tuple[Passage, ...]:
        return tuple(_passages(sha256, self._texts[sha256]))

    def index(self) -> object:
        from reinspect.phrases import Index

        return Index.build((sha, self.passages(sha)) for sha in self._texts)


class Held:
    def __init__(self, document: Document, inspection: Inspection) -> None:
        self.document, self.inspection, self.authority = document, inspection.id, inspection.authority


def _passages(sha256: str, pages: tuple[str, ...]) -> Iterator[Passage]:
    number = 0
    for page, text in enumerate(pages, 1):
        start = 0
        for line in text.split("\n"):
            if line:
                number += 1
                yield Passage(
                    document=sha256,
                    page=page,
                    start=start,
                    end=start + len(line),
                    text=line,
                    paragraph=number,
                    strand="help",
                )
            start += len(line) + 1


def _judgements(document: str | None, **grades: str) -> tuple[Judgement, ...]:
    return tuple(
        Judgement(
            strand=strand,
            grade=grade,
            printed=grade.capitalize(),
            evidence=Evidence(document=document, page=1, start=0, end=12) if document else None,
        )
        for strand, grade in grades.items()
    )


def _document(sha256: str, kind: str, title: str, pages: int) -> Document:
    return Document(sha256=sha256, kind=kind, title=title, source="/tmp/x.pdf", pages=pages)


@pytest.fixture
def store() -> MemoryStore:
    """Camden with three graded inspections and one visit; Barnet with one, of which no text is held."""
    latest_pages = (
        "Grades below\nManagers see the records of every child.",
        "Oversight by managers is steady.\nDelay for a few children in pre-proceedings remains.",
    )
    earlier_pages = ("Grades below\nOversight of records by managers is too loose.\nDelay is common.",)
    letter_pages = ("Dear director,\nManagers look at records more often now.",)
    held = [
        Inspection(
            id="barnet-2019-05-13-ilacs",
            authority="barnet",
            framework="ilacs-2018",
            graded=True,
            windows=(Window(date(2019, 5, 13), date(2019, 5, 17)),),
            judgements=_judgements(None, overall="good", leaders="good", help="good", care_and_leavers="good"),
            report_url="https://example.org/barnet",
        ),
        Inspection(
            id="camden-2017-09-11-sif",
            authority="camden",
            framework="sif",
            graded=True,
            windows=(Window(date(2017, 9, 11), date(2017, 10, 5)),),
            judgements=_judgements(
                None,
                overall="good",
                help="requires improvement",
                care="good",
                adoption="outstanding",
                leavers="good",
                leaders="good",
            ),
        ),
        Inspection(
            id="camden-2018-05-15-focused-visit",
            authority="camden",
            framework="focused-visit",
            graded=False,
            windows=(Window(date(2018, 5, 15), date(2018, 5, 16)),),
            topics=("front door",),
            improvements=(Improvement(index=1, text="how often managers look at records"),),
            documents=(_document(LETTER, "letter", "A letter of ours", 1),),
            reading_text=LETTER,
        ),
        Inspection(
            id="camden-2022-04-25-ilacs",
            authority="camden",
            framework="ilacs-2018",
            graded=True,
            windows=(Window(date(2022, 4, 25), date(2022, 4, 29)),),
            published=date(2022, 6, 21),
            judgements=_judgements(
                EARLIER, overall="outstanding", leaders="outstanding", help="good", care_and_leavers="good"
            ),
            improvements=(
                Improvement(
                    index=1,
                    text="the oversight of records",
                    evidence=Evidence(document=EARLIER, page=1, start=13, end=40),
                ),
            ),
            documents=(_document(EARLIER, "report", "An earlier report of ours", 1),),
            reading_text=EARLIER,
        ),
        Inspection(
            id="camden-2025-03-03-ilacs",
            authority="camden",
            framework="ilacs-2023",
            graded=True,
            windows=(Window(date(2025, 3, 3), date(2025, 3, 7)),),
            published=date(2025, 4, 15),
            lead_inspector="Ann Example",
            judgements=_judgements(
                LATEST,
                overall="good",
                leaders="outstanding",
                help="requires improvement",
                care="outstanding",
                leavers="good",
            ),
            improvements=(
                Improvement(
                    index=1,
                    text="delay for children in pre-proceedings",
                    tags=("Principle 1",),
                    evidence=Evidence(document=LATEST, page=2, start=33, end=60, paragraph=4),
                ),
            ),
            documents=(_document(LATEST, "report", "A report of ours", 2),),
            reading_text=LATEST,
        ),
    ]
    return MemoryStore(held, {LATEST: latest_pages, EARLIER: earlier_pages, LETTER: letter_pages})


@pytest.fixture
def app(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> ReinspectApp:
    """The app on that store, in full colour whatever the tester's terminal asks for."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    return ReinspectApp(lambda: store)  # type: ignore[arg-type,return-value]
