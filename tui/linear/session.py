"""The app without a screen: a person types a line, and the panes answer in plain words, one thing after another.

What the app does to the line under the cursor is done here to the line that is named: by its number, or by some words.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

from msgspec.structs import replace

from reinspect.errors import NotFoundError, ReinspectError
from reinspect.phrases.types import Order
from tui.app.selection import Selection
from tui.cli.output import SUFFIXES, json_lines, say, write_file
from tui.library import Library
from tui.linear import answers
from tui.linear.answers import Answer
from tui.linear.page_reader import PageReader
from tui.linear.pager import Pager
from tui.settings import Settings

if TYPE_CHECKING:
    from reinspect.exporting.numbered_lines import NumberedLine
    from reinspect.model import Evidence, Inspection
    from tui.placed import ImportProgress

_DEFAULTS = Settings()
_SCOPES = ("authority", "beside", "cohort", "all")


class Command(NamedTuple):
    """What a word does, what is typed behind it, and what is said of it."""

    does: Callable[[str], Answer | None]
    takes: str
    said: str


class PastAnswer(NamedTuple):
    """An answer to come back to: what was typed, what was looked at then, and how far it was told."""

    typed: str
    selection: Selection
    whose: str
    part: int = 1


class Session:
    """Does what is typed. With `lines_at_once`, long answers are told in parts of so many lines."""

    def __init__(
        self, library: Library, selection: Selection, settings: Settings = _DEFAULTS, lines_at_once: int = 0
    ) -> None:
        self.selection = selection
        self._library = library
        self._width = settings.width
        self._whose = "beside" if selection.cohort else "authority"
        self._telling = Pager(lines_at_once)
        self._been: list[PastAnswer] = []
        self._last: Answer | None = None
        self._aside = False
        self._read_now: PageReader | None = None
        self._may_replace: Path | None = None
        orders = ", ".join(get_args(Order))
        self._deeds = {
            "timeline": Command(self._timeline, "", "the history of the authority"),
            "show": Command(
                self._show, "INSPECTION", "one inspection, such as camden:2017 or an id; alone, the latest"
            ),
            "compare": Command(self._compare, "A B", "two inspections, named likewise; alone, the latest two"),
            "follow": Command(self._follow, "", "what became of everything that was to be improved"),
            "phrases": Command(self._phrases, "ORDER", f"what recurs in the texts, by {orders}"),
            "says": Command(
                self._says, "PHRASE", "who uses a phrase, when, and at which grades; commas part its forms"
            ),
            "search": Command(self._search, "WORDS", "the sentences that have them"),
            "where": Command(
                self._where, "WHOSE", f"{', '.join(_SCOPES)}: whose texts phrases, says and search look in"
            ),
            "authorities": Command(self._authorities, "", "where each stands, or each of the cohort"),
            "basket": Command(self._basket, "", "what is pinned"),
            "authority": Command(
                self._choose, "NAME", "another authority, and its timeline; authorities lists the names"
            ),
            "cohort": Command(
                self._cohort, "EXPRESSION", "a group beside everything, such as region:London; alone, none"
            ),
            "more": Command(
                self._more, "PART", "that part of what was told, by its number or heading; alone, the next"
            ),
            "headings": Command(self._headings, "", "the headings of what was told, each with its part"),
            "back": Command(self._back, "", "what was told before"),
            "read": Command(self._read, "LINE", "the page that prints a line of the last answer"),
            "page": Command(self._turn, "NUMBER", "that page of what is being read; alone, the next one"),
            "contents": Command(self._contents, "", "the sections of what is being read, each with its page"),
            "find": Command(self._find, "WORDS", "where what is being read has them"),
            "pin": Command(self._pin, "LINE", "put a line of the last answer in the basket"),
            "note": Command(self._note, "NUMBER WORDS", "your note on what has that number in the basket"),
            "move": Command(self._move, "NUMBER NUMBER", "put it at another place of the basket"),
            "remove": Command(self._remove, "NUMBER", "take it out of the basket"),
            "export": Command(
                self._export, "FILE", "write the last answer; .txt, .md, .html, .csv or .json is its form"
            ),
            "add": Command(self._add, "PATH", "read a report, a letter or a folder of them into the store"),
            "undo": Command(self._undo, "", "take back the last change to the store"),
            "help": Command(self._help, "", "this list"),
        }

    def answer(self, line: str, part: int = 1) -> None:
        """Tell the answer to a line, from a part of it on, or say why there is none and what may be typed."""
        typed, _, rest = line.strip().partition(" ")
        word = typed.casefold()
        if word not in self._deeds:
            self._ask(typed)
            return
        before = PastAnswer(line, self.selection, self._whose)
        try:
            found = self._deeds[word].does(rest.strip())
            if found is not None:
                self._tell(found, before, part)
        except (ReinspectError, OSError) as error:
            say(f"Error: {error}")
            say(f"How to: {self._how(word)}.")

    def prompt(self) -> str:
        """What a person hears who may type."""
        return f"{self._telling.how_far}What next? "

    def _tell(self, found: Answer, before: PastAnswer, part: int) -> None:
        self._step_aside()
        self._been.append(before)
        self._last, self._read_now, self._aside = found, None, False
        self._telling.sheet(found.sheet, part)

    def _step_aside(self) -> None:
        """Leave the present place, to come back to it where it was left."""
        if self._been and not self._aside:
            self._been[-1] = self._been[-1]._replace(part=self._telling.part)
        self._aside = True

    def _ask(self, typed: str) -> None:
        if not typed and self._telling.goes_on:
            self._telling.more("")
            return
        if typed:
            say(f'"{typed}" is not a word of this app.')
        say(f"What next? {', '.join(self._deeds)}, or quit. help says what each does.")

    def _how(self, word: str) -> str:
        deed = self._deeds[word]
        return f"{word} {deed.takes}: {deed.said}" if deed.takes else f"{word}: {deed.said}"

    def _help(self, _: str) -> None:
        for word in self._deeds:
            say(self._how(word))
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
        self._whose = "beside" if typed else "authority"
        say(f"From now on {told}: timeline, compare, authorities, phrases, says and search keep to it.")

    def _where(self, typed: str) -> None:
        if ":" in typed:
            self._library.cohort(typed)
        elif typed and (typed not in _SCOPES or (typed in {"beside", "cohort"} and not self.selection.cohort)):
            raise ReinspectError(f"name one of {', '.join(_SCOPES)}; beside and cohort need a cohort to be set before")
        self._whose = typed or self._whose
        say(f"Phrases, says and search look in the texts of {self._whose_words()}.")

    def _whose_words(self) -> str:
        authority, cohort = self._looked_at()
        named = [self._library.authority(authority).name] if authority else []
        others = [self._library.cohort(cohort).words] if cohort else []
        return ", and beside it those of ".join(named + others) or "all authorities"

    def _looked_at(self) -> tuple[str | None, str | None]:
        from tui.app.filters import Filters

        return Filters(whose=self._whose).looks_at(self.selection)

    def _back(self, _: str) -> None:
        places = self._been if self._aside else self._been[:-1]
        if not places:
            raise ReinspectError("this is where you began")
        *self._been, place = places
        self.selection, self._whose, self._aside = place.selection, place.whose, True
        self.answer(place.typed, place.part)

    # What is answered

    def _timeline(self, _: str) -> Answer:
        return answers.history(self._library, self._slug, self.selection.cohort)

    def _show(self, typed: str) -> Answer:
        from tui.naming import named_inspection

        if typed:
            return answers.event(self._library, named_inspection(self._library, typed))
        held = self._library.inspections(self._slug)
        if not held:
            raise NotFoundError("no inspection is held; add reads a report")
        return answers.event(self._library, held[-1])

    def _compare(self, typed: str) -> Answer:
        a, b = self._pair(typed.split())
        self.selection = replace(self.selection, a=a.id, b=b.id)
        return answers.comparison(self._library, a, b, self.selection.cohort)

    def _pair(self, typed: list[str]) -> tuple[Inspection, Inspection]:
        from tui.naming import named_inspection

        if len(typed) == 2:
            return named_inspection(self._library, typed[0]), named_inspection(self._library, typed[1])
        graded = [each for each in self._library.inspections(self._slug) if each.graded]
        if typed or len(graded) < 2:
            raise ReinspectError("a comparison needs two graded inspections, A and B; add reads a report")
        return graded[-2], graded[-1]

    def _follow(self, _: str) -> Answer:
        return answers.following(self._library, self._slug)

    def _phrases(self, typed: str) -> Answer:
        for order in get_args(Order):
            if typed in {order, ""}:
                return self._texts(order=order)
        raise ReinspectError(f"what recurs is listed by {', '.join(get_args(Order))}; search looks for words")

    def _says(self, typed: str) -> Answer:
        forms = tuple(form for each in typed.split(",") if (form := each.strip()))
        if not forms:
            raise ReinspectError("name a phrase; phrases lists those that recur")
        return self._texts(says=forms)

    def _search(self, sought: str) -> Answer:
        if not sought:
            raise ReinspectError("name the words to search for")
        return self._texts(sought=sought)

    def _texts(self, sought: str = "", says: tuple[str, ...] = (), order: Order = "issues") -> Answer:
        from tui.phrase_answers import PhraseQuestion

        authority, cohort = self._looked_at()
        asked = PhraseQuestion(sought=sought, says=says, authority=authority, cohort=cohort, order=order)
        return answers.texts(self._library, asked)

    def _authorities(self, _: str) -> Answer:
        return answers.everyone(self._library, self.selection.cohort)

    def _basket(self, _: str) -> Answer:
        return answers.basket(self._library)

    # What is done with it

    def _more(self, meant: str) -> None:
        self._telling.more(meant)

    def _headings(self, _: str) -> None:
        self._telling.headings()

    def _read(self, meant: str) -> None:
        places = self._line(meant).places
        if not places:
            raise NotFoundError("no page is held that prints this line; add reads a report")
        if len(places) > 1:
            raise NotFoundError(f"{len(places)} pages print what this line says; show an inspection and read its line")
        self._read_now = PageReader(self._library.source(places[0]))
        self._step_aside()
        self._telling.page(self._read_now.here())

    def _turn(self, typed: str) -> None:
        self._telling.page(self._open().page(typed))

    def _contents(self, _: str) -> None:
        for each in self._open().contents():
            say(each)

    def _find(self, words: str) -> None:
        for each in self._open().find(words):
            say(each)

    def _open(self) -> PageReader:
        if self._read_now is None:
            raise ReinspectError("nothing is being read: type read and some words of a line")
        return self._read_now

    def _pin(self, meant: str) -> None:
        pin = self._line(meant).pin
        if pin.evidence and self._is_printed(pin.text, pin.evidence):
            pin = replace(pin, kind="quote")
        place, is_new = self._library.pin(pin)
        said = f"\N{LEFT DOUBLE QUOTATION MARK}{pin.text}\N{RIGHT DOUBLE QUOTATION MARK}"
        if is_new:
            say(f"Pinned as number {place} of the basket: {said}. undo takes it back.")
        else:
            say(f"Number {place} of the basket already: {said}.")

    def _is_printed(self, text: str, evidence: Evidence) -> bool:
        """Whether these words stand in the document as they are: only such may be put in quotation marks."""
        return any(text in passage.text for passage in self._library.source(evidence).passages)

    def _line(self, meant: str) -> NumberedLine:
        from reinspect.exporting.numbered_lines import line_of

        if not meant:
            raise ReinspectError("name a line")
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
        from reinspect.exporting import render_sheet

        answer, path = self._told(), Path(typed).expanduser()
        if not path.name:
            raise ReinspectError("name a file")
        form = SUFFIXES.get(path.suffix.lower(), "text")
        if form == "json":
            data = json_lines(answer.objects())
        else:
            data = render_sheet(answer.sheet, form, width=self._width, linear=True).encode()
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
        self._step_aside()
        self._last, self._read_now = answers.added(intake), None
        self._telling.sheet(self._last.sheet)

    def _undo(self, _: str) -> None:
        say(self._library.undo())


def _tell_progress(intake: ImportProgress) -> None:
    if intake.files > 1:
        say(f"{intake.words}.")


def _numbered(typed: str) -> int:
    if not typed.strip().isdecimal():
        raise ReinspectError("name it by its number in the basket")
    return int(typed)
