"""The glossary: the kinds of inspection, the words of this app, and the caveats K1 to K13 in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reinspect.comparing.crosswalk import crosswalk
from reinspect.frameworks import frameworks
from tui.app.closing import Dialog
from tui.app.widgets.grades import STRONG, wrapped_legend
from tui.app.widgets.items_line import ItemsLine
from tui.app.widgets.line_list import MOST_WIDTH, LineList, ListLine

ABBREVIATIONS = {
    "LAC": "Looked after children: children in the care of the council.",
    "LSCB": "Local Safeguarding Children Board, which reviewed the safeguarding work of all agencies until 2019.",
    "SIF": "Single inspection framework, Ofsted's inspections from 2013 to 2017.",
    "ILACS": "Inspection of local authority children's services, Ofsted's inspections since 2018.",
    "SLAC": "Inspection of safeguarding and looked after children services, 2009 to 2012.",
    "C+L": "Children in care and care leavers: until 2022 both shared one grade.",
}
"""The meanings of the abbreviations of the app; `docs/build.py` prints them too."""

WORDS = {
    "Strand": "A subject that is graded on its own, such as leaders, or help and protection.",
    "Joint grade": "One grade for children in care and care leavers together, given until December 2022.",
    "Visit": "A focused visit: inspectors look at one subject and write a letter without grades.",
    "Digest": "Our own short notes on a report whose text could not be had; never the inspectors' words.",
    "Built-in record": "The dates and grades of inspections that come with the program; reports are added to it.",
    "Recommendation": "What inspectors ask a council to improve; the Recommendations tab follows each one.",
    "Statistical neighbours": "Ten councils that are most alike in their population, as published nationally.",
    "Group": "Councils to compare with: neighbours, a region, those with a grade, or any list. f chooses one.",
    "Times as often": "How much more often a phrase is used here than elsewhere; the dots say how sure that is.",
}
"""The meanings of the words of the app."""


_HANGING = 2


class GlossaryDialog(Dialog[None]):
    """A dialog that explains the words of the app."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f2", "dismiss(None)", "Back", id="glossary.back"),
    ]

    def compose(self) -> ComposeResult:
        """Compose the title, the entries and the keys."""
        with Vertical(classes="dialog -wide"):
            yield Static("Glossary", classes="dialog-title", markup=False)
            yield LineList(id="entries")
            yield ItemsLine("↑↓ PgUp PgDn move", "n N next heading", "Esc back", classes="dialog-keys")

    def on_mount(self) -> None:
        """Focus the entries."""
        self.set_focus(self.query_one(LineList))

    def on_resize(self) -> None:
        """Break the line of signs between two signs."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        entries = self.query_one(LineList)
        entries.fill(list(_entries(min(entries.scrollable_content_region.width, MOST_WIDTH))), entries.place or 0)


def _entries(room: int) -> Iterator[ListLine]:
    yield _heading("Signs")
    yield from (ListLine(line) for line in wrapped_legend(room).split())
    yield _heading("Abbreviations")
    yield from (_entry(word, meaning) for word, meaning in ABBREVIATIONS.items())
    yield _heading("Words")
    yield from (_entry(word, meaning) for word, meaning in WORDS.items())
    yield _heading("Kinds of inspection")
    yield from (_entry(framework.short, f"{framework.name}.") for framework in frameworks().values())
    yield _heading("Caveats")
    yield from (_entry(key, text) for key, text in crosswalk().caveats.items())


def _heading(words: str) -> ListLine:
    return ListLine(Content.styled(words, "bold $primary"), heading=True)


def _entry(word: str, meaning: str) -> ListLine:
    return ListLine(Content.assemble((word, STRONG), f"  {meaning}"), hanging=_HANGING)
