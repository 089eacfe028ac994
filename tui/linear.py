"""The panes as plain text, one after another, for a screen reader or any terminal: nothing is ever painted over.

Data goes to stdout, what is asked of the person and told to them to stderr, and a line of stdin answers. What the app
does to the line under the cursor is done here to the line that is named by its number or some of its words.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import msgspec
from msgspec.structs import replace

from reinspect.errors import NotFoundError, ReinspectError
from reinspect.exporting.sheet import Sheet
from reinspect.phrases.recurring import Order
from tui.library import Library
from tui.printing import SUFFIXES, json_lines, put, say, terminal_width, write_file
from tui.selection import Selection
from tui.settings import Settings, settings
from tui.trail import keep, left_off

if TYPE_CHECKING:
    from reinspect.exporting.lines import Line
    from reinspect.exporting.objects import Object
    from reinspect.model import Evidence, Inspection
    from store import Store
    from tui.placed import Intake

_DEFAULTS = Settings()
_SCOPES = ("authority", "beside", "cohort", "all")
_END = {"quit", "q", "exit"}


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a pane shows, as it is told and exported, and the same as JSON objects."""

    sheet: Sheet
    objects: Callable[[], Iterable[Object]]


class Linear:
    """Answers words with the sheets that the panes export."""

    def __init__(self, library: Library, selection: Selection, settings: Settings = _DEFAULTS) -> None:
        self.selection = selection
        self._library = library
        self._width = settings.width
        self._scope = "beside" if selection.cohort else "authority"
        self._last: Answer | None = None
        self._open: tuple[str, tuple[str, ...]] = ("", ())
        self._page = 0
        self._may_replace: Path | None = None
        # What to type, what it does with the words behind it, and what is said of it.
        self._deeds: dict[str, tuple[Callable[[str], Answer | None], str]] = {
            "timeline": (self._timeline, "the history of the authority"),
            "compare": (self._compare, "A B: two inspections, such as camden:2017 or an id; alone, the latest two"),
            "follow": (self._follow, "what became of everything that was to be improved"),
            "phrases": (self._phrases, f"what recurs in the texts; {', '.join(get_args(Order))} name its order"),
            "search": (self._search, "WORDS: the sentences that have them"),
            "where": (self._where, f"{', '.join(_SCOPES)}: which texts phrases and search look in"),
            "authorities": (self._authorities, "where each stands, or each of the cohort"),
            "basket": (self._basket, "what is pinned"),
            "authority": (self._choose, "NAME: another authority, and its timeline"),
            "cohort": (self._cohort, "EXPRESSION: set a group beside everything, such as region:London; alone, none"),
            "read": (self._read, "LINE: the page that a line of the last answer comes from"),
            "page": (self._turn, "NUMBER: that page of what was read last; alone, the next one"),
            "pin": (self._pin, "LINE: put a line of the last answer in the basket"),
            "note": (self._note, "NUMBER WORDS: your note on what has that number in the basket"),
            "move": (self._move, "NUMBER NUMBER: put it at another place of the basket"),
            "remove": (self._remove, "NUMBER: take it out of the basket"),
            "export": (self._export, "FILE: write the last answer; .txt, .md, .html, .csv or .json says in which form"),
            "add": (self._add, "PATH: read a report, a letter or a folder of them into the store"),
            "undo": (self._undo, "take back the last change to the store"),
            "help": (self._help, "this list"),
        }

    def answer(self, line: str) -> None:
        """Print the answer to a line, or say why there is none."""
        word, _, rest = line.strip().partition(" ")
        act = self._deeds.get(word.casefold(), (self._ask,))[0]
        try:
            found = act(rest.strip())
            if found is not None:
                self._last = found
                self._print(found.sheet)
        except (ReinspectError, OSError) as error:
            say(f"Error: {error}")

    def _ask(self, _: str) -> None:
        say(f"What next? {', '.join(self._deeds)}, or quit. help says what each does.")

    def _help(self, _: str) -> None:
        for word, (_act, said) in self._deeds.items():
            say(f"{word}: {said}")
        say("quit: leave. LINE is a number that a line begins with, or some of its words.")
        say("Corrections: reinspect edit, attach and remove.")

    # What is looked at

    @property
    def _slug(self) -> str:
        if self.selection.authority is None:
            raise ReinspectError("no authority is chosen yet: type authority and a name")
        return self.selection.authority

    def _choose(self, typed: str) -> Answer:
        from tui.naming import named_authority

        self.selection = Selection(authority=named_authority(typed).slug, cohort=self.selection.cohort)
        return self._timeline("")

    def _cohort(self, typed: str) -> None:
        told = f"beside {self._library.cohort(typed).words}" if typed else "no cohort"
        self.selection = replace(self.selection, cohort=typed or None)
        self._scope = "beside" if typed else "authority"
        say(f"From now on {told}: timeline, compare, authorities, phrases and search keep to it.")

    def _where(self, typed: str) -> None:
        if typed in _SCOPES and (typed not in {"beside", "cohort"} or self.selection.cohort):
            self._scope = typed
        elif typed:
            raise ReinspectError(f"name one of {', '.join(_SCOPES)}; cohort EXPRESSION sets a cohort")
        name, cohort = self._library.authority(self._slug).name, self.selection.cohort
        looks_in = {"authority": name, "beside": f"{name}, and beside it those of {cohort}", "cohort": cohort}
        say(f"Phrases and search look in the texts of {looks_in.get(self._scope, 'all authorities')}.")

    # What is answered

    def _timeline(self, _: str) -> Answer:
        from reinspect.exporting.cohort_objects import standing_object
        from reinspect.exporting.objects import timeline_object
        from reinspect.exporting.sheets.timeline import timeline_sheet

        history, cohort = self._library.timeline(self._slug), self.selection.cohort
        standings = [self._library.standing(cohort, self._library.latest_graded(self._slug))] if cohort else []
        beside = {key: value for standing in standings for key, value in standing_object(standing).items()}
        return Answer(
            sheet=timeline_sheet(history, standings=standings),
            objects=lambda: [{**timeline_object(history), **beside}],
        )

    def _compare(self, typed: str) -> Answer:
        from reinspect.exporting.cohort_objects import cohort_object
        from reinspect.exporting.objects import comparison_object
        from reinspect.exporting.sheets.cohort import with_cohort
        from reinspect.exporting.sheets.comparison import comparison_sheet

        comparison, cohort = self._library.compare(*self._pair(typed.split())), self.selection.cohort
        self.selection = replace(self.selection, a=comparison.a.id, b=comparison.b.id)
        sheet, told = comparison_sheet(comparison), [comparison_object(comparison)]
        if cohort:
            standing = self._library.standing(cohort, comparison.b)
            moved = self._library.movement(standing.cohort)
            sheet = with_cohort(sheet, standing, moved, comparison.authority_b)
            told.append(cohort_object(standing, moved, comparison.authority_b))
        return Answer(sheet=sheet, objects=lambda: told)

    def _pair(self, typed: list[str]) -> tuple[Inspection, Inspection]:
        from tui.naming import named_inspection

        if len(typed) == 2:
            return named_inspection(self._library, typed[0]), named_inspection(self._library, typed[1])
        graded = [each for each in self._library.inspections(self._slug) if each.graded]
        if typed or len(graded) < 2:
            raise ReinspectError("a comparison needs two graded inspections, A and B; `add` reads a report")
        return graded[-2], graded[-1]

    def _follow(self, _: str) -> Answer:
        from reinspect.exporting.objects import thread_object
        from reinspect.exporting.sheets.following import following_sheet

        threads = self._library.threads(self._slug)
        sheet = following_sheet(self._library.authority(self._slug), threads)
        return Answer(sheet=sheet, objects=lambda: map(thread_object, threads))

    def _phrases(self, typed: str) -> Answer:
        for order in get_args(Order):
            if typed in {order, ""}:
                return self._texts("", order)
        raise ReinspectError(f"what recurs is listed by {', '.join(get_args(Order))}; search looks for words")

    def _search(self, sought: str) -> Answer:
        if not sought:
            raise ReinspectError("name the words to search for")
        return self._texts(sought, "issues")

    def _texts(self, sought: str, order: Order) -> Answer:
        from tui.narrowing import Narrowing
        from tui.phrase_answers import Asked

        authority, cohort = Narrowing(whose=self._scope).looks_at(self.selection)
        book = self._library.phrase_book
        found = book.answer(Asked(sought=sought, authority=authority, cohort=cohort, order=order))
        return Answer(sheet=found.sheet(), objects=lambda: book.objects(found))

    def _authorities(self, _: str) -> Answer:
        from reinspect.exporting.objects import inspection_object
        from tui.panes.authorities import sheet_of
        from tui.standings import standings

        cohort = self._library.cohort(self.selection.cohort) if self.selection.cohort else None
        everyone = standings(self._library.authorities(), self._library.inspections())
        held = [each for each in everyone if cohort is None or each.authority.slug in cohort.authorities]
        return Answer(
            sheet=sheet_of(held, f"{cohort.words if cohort else 'all authorities'} by name"),
            objects=lambda: [inspection_object(each.latest, each.authority) for each in held if each.latest],
        )

    def _basket(self, _: str) -> Answer:
        from reinspect.exporting.objects import pin_object

        pins = self._library.pins()
        return Answer(
            sheet=self._library.basket_sheet(),
            objects=lambda: [pin_object(place, pin) for place, pin in enumerate(pins, 1)],
        )

    # What is done with it

    def _read(self, meant: str) -> None:
        evidence = self._line(meant).pin.evidence
        if evidence is None:
            raise NotFoundError("no page is held that prints this line; `add` reads a report")
        source = self._library.source(evidence)
        self._open = (source.title, source.pages)
        self._tell_page(evidence.page)

    def _turn(self, typed: str) -> None:
        if not self._page:
            raise ReinspectError("nothing is being read: type read and some words of a line")
        self._tell_page(int(typed) if typed.isdecimal() else self._page + 1)

    def _tell_page(self, page: int) -> None:
        title, pages = self._open
        if not 1 <= page <= len(pages):
            raise NotFoundError(f"there is no page {page}; it has {len(pages)}")
        self._page = page
        self._put(f"{title}\nPage {page} of {len(pages)}\n\n{pages[page - 1]}\n")

    def _pin(self, meant: str) -> None:
        pin = self._line(meant).pin
        if pin.evidence and self._is_printed(pin.text, pin.evidence):
            pin = replace(pin, kind="quote")
        place = self._library.pin(pin)
        said = f"\N{LEFT DOUBLE QUOTATION MARK}{pin.text}\N{RIGHT DOUBLE QUOTATION MARK}"
        say(f"Pinned as number {place} of the basket: {said}. undo takes it back.")

    def _is_printed(self, text: str, evidence: Evidence) -> bool:
        """Whether these words stand in the document as they are: only such may be put in quotation marks."""
        return any(text in passage.text for passage in self._library.source(evidence).passages)

    def _line(self, meant: str) -> Line:
        from reinspect.exporting.lines import line_of

        return line_of(self._told().sheet, meant)

    def _told(self) -> Answer:
        if self._last is None:
            raise ReinspectError("nothing was answered yet")
        return self._last

    def _note(self, typed: str) -> None:
        number, _, note = typed.partition(" ")
        self._library.note(_numbered(number), note.strip())
        say(f"Number {number} of the basket has {'your note' if note.strip() else 'no note'} now.")

    def _move(self, typed: str) -> None:
        number, _, to = typed.partition(" ")
        self._library.move_pin(_numbered(number), _numbered(to))
        say(f"Number {number} of the basket is number {to} now.")

    def _remove(self, typed: str) -> None:
        self._library.unpin(_numbered(typed))
        say(f"Number {typed} is taken out of the basket. undo brings it back.")

    def _export(self, typed: str) -> None:
        from reinspect.exporting import written

        answer, path = self._told(), Path(typed).expanduser()
        if not path.name:
            raise ReinspectError("name a file")
        form = SUFFIXES.get(path.suffix.lower(), "text")
        if form == "json":
            data = json_lines(answer.objects())
        else:
            data = written(answer.sheet, form, width=self._width, linear=True).encode()
        may_replace, self._may_replace = path == self._may_replace, path
        try:
            write_file(path, data, replace=may_replace)
        except FileExistsError:
            raise ReinspectError(f"{path} exists. The same again replaces it; or name another file.") from None
        self._may_replace = None
        say(f"Written to {path.resolve()}: {answer.sheet.title}.")

    def _add(self, typed: str) -> None:
        if not typed:
            raise ReinspectError("name a file or a folder")
        intake = self._library.add(Path(typed).expanduser(), _tell_progress, lambda: False)
        for each in intake.placed:
            say(f"{each.name}: {each.outcome}, {each.words}")
        say(intake.words)

    def _undo(self, _: str) -> None:
        say(self._library.undo())

    def _print(self, sheet: Sheet) -> None:
        from reinspect.exporting import written

        self._put(written(sheet, "text", width=terminal_width(), linear=True))

    @staticmethod
    def _put(text: str) -> None:
        put(text.encode())
        sys.stdout.flush()


def _tell_progress(intake: Intake) -> None:
    if intake.files > 1:
        say(f"{intake.words}.")


def _numbered(typed: str) -> int:
    if not typed.strip().isdecimal():
        raise ReinspectError("name it by its number in the basket")
    return int(typed)


def run_linear(store_folder: Path) -> None:
    """Begin with the timeline where the person left off, then answer line by line until the end.

    Raises:
        ReinspectError: the store cannot be opened, or the settings cannot be read.
    """
    from store.location import settings_file

    def open_store() -> Store:
        from store import Store

        return Store.open(store_folder)

    library = Library(open_store)
    library.open()
    file = settings_file()
    memory, chosen = file.with_name("left-off.json"), settings(file)
    left = left_off(memory)
    begun = left.place.selection
    known = begun.authority if begun.authority and library.authorities().by_slug(begun.authority) else None
    selection = Selection(authority=known or library.first_authority(), cohort=begun.cohort or chosen.cohort)
    linear = Linear(library, selection, chosen)
    for line in _typed():
        linear.answer(line)
    keep(memory, replace(left, place=replace(left.place, selection=linear.selection)))


def _typed() -> Iterable[str]:
    """What the person types, until they leave; it begins with the timeline."""
    yield "timeline"
    yield ""
    while True:
        if sys.stdin.isatty():
            sys.stderr.write("> ")
            sys.stderr.flush()
        line = sys.stdin.readline()
        if not line or line.strip().casefold() in _END:
            return
        yield line
