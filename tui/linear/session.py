"""The commands of the text mode: a person types a command on each line and gets the answer as plain text.

Where a person would move the cursor to a line in the app, they name the line here, by its number or some of its words.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

from msgspec.structs import replace

from reinspect.answers import Library
from reinspect.errors import NotFoundError, ReinspectError
from reinspect.frameworks import band_of
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.phrases.types import Order
from store.atomic_write import describe_refusal
from tui.import_report import ImportProgress, import_with_report
from tui.linear.page_reader import PageReader
from tui.linear.pager import Pager
from tui.selection import Selection, choose_authority, scope_of
from tui.settings import Settings
from tui.streams import SUFFIXES, format_by_name, is_number, print_lines, render_answer, say, write_file

if TYPE_CHECKING:
    from reinspect.answers.answer import Answer
    from reinspect.answers.scope import Scope
    from reinspect.exporting.numbered_lines import NumberedLine
    from reinspect.model import Evidence
    from store import Store

_DEFAULTS = Settings()
_MOVED = "moved:"
_MOVE = "overall=inadequate>good"
_WHOSE = ("authority", "beside", "group", "all")
# Older names of commands and of their words, which still work.
_ALIASES = {"cohort": "group"}
# While all texts are followed, a word after so many authorities.
_SAID_EVERY = 10


class Command(NamedTuple):
    """A command of the text mode: its function, the name of its argument, and its help."""

    run: Callable[[str], Answer | None]
    argument: str
    help: str


class PastAnswer(NamedTuple):
    """An earlier answer to go back to: the line typed, what was selected then, and the part printed last."""

    line: str
    selection: Selection
    whose: str
    part: int = 1


class Session:
    """Answers the lines that a person types.

    Long answers are printed in parts of `lines_at_once` lines; 0 prints them at once.
    """

    def __init__(
        self, store: Store, selection: Selection, settings: Settings = _DEFAULTS, lines_at_once: int = 0
    ) -> None:
        self.selection = selection
        self._store = store
        self._library = Library(store)
        self._width = settings.width
        self._whose = "beside" if selection.cohort else "authority"
        self._pager = Pager(lines_at_once)
        self._past: list[PastAnswer] = []
        self._answer: Answer | None = None
        self._left_answer = False
        self._reader: PageReader | None = None
        self._may_replace: Path | None = None
        orders = ", ".join(get_args(Order))
        endings = f"the name ends in {', '.join(SUFFIXES.values())}"
        self._commands = {
            "timeline": Command(self._timeline, "", "the history of the authority"),
            "show": Command(self._show, "INSPECTION", "one inspection: camden:2017 or an id; alone, the latest"),
            "compare": Command(self._compare, "A B", "two inspections; alone, the latest two graded ones"),
            "follow": Command(
                self._follow, "ACROSS", "every improvement through all later reports and letters; across: of every band"
            ),
            "brief": Command(self._brief, "", "one page on the authority, compared with the group or its neighbours"),
            "phrases": Command(self._phrases, "ORDER", f"the phrases that recur, by {orders}"),
            "says": Command(
                self._says, "PHRASE", "who uses a phrase, when, and at which grades; separate its forms by commas"
            ),
            "search": Command(self._search, "WORDS", "the sentences that contain these words"),
            "meaning": Command(self._meaning, "WORDS", "the sentences most alike in meaning, in other words"),
            "where": Command(
                self._where, "WHOSE", f"{', '.join(_WHOSE)}: whose texts phrases, says and search look in"
            ),
            "authorities": Command(self._authorities, "", "the latest grades of every authority, or of the group"),
            "movers": Command(
                self._movers, "MOVE", f"who moved between grades, such as {_MOVE} since:2018; alone, {_MOVE}"
            ),
            "themes": Command(
                self._themes,
                "THEME",
                "what the authority is asked to improve, compared with the group or all others",
            ),
            "times": Command(
                self._times, "THEME", "how long until a later text reports a theme better; alone, every theme"
            ),
            "solved": Command(
                self._solved, "THEME", "who was asked for a theme and later got better, the nearest authority first"
            ),
            "basket": Command(self._basket, "", "your pins"),
            "authority": Command(self._choose, "NAME", "choose another authority; authorities lists the names"),
            "group": Command(self._group, "EXPRESSION", "a group to compare with, such as region:London; alone, none"),
            "more": Command(self._more, "PART", "a part of the answer, by number or heading; alone, the next"),
            "headings": Command(self._headings, "", "the headings of the answer, each with its part"),
            "back": Command(self._back, "", "the answer before"),
            "read": Command(self._read, "LINE", "the page that prints a line of the answer"),
            "page": Command(self._turn, "NUMBER", "that page of the open document; alone, the next"),
            "contents": Command(self._contents, "", "the sections of the open document, each with its page"),
            "find": Command(self._find, "WORDS", "the passages of the open document with these words"),
            "pin": Command(self._pin, "LINE", "put a line of the answer in the basket"),
            "note": Command(self._note, "NUMBER WORDS", "write a note on the pin with that number"),
            "move": Command(self._move, "NUMBER NUMBER", "move a pin to another place"),
            "remove": Command(self._remove, "NUMBER", "remove a pin from the basket"),
            "export": Command(self._export, "FILE", f"write the answer; {endings}"),
            "add": Command(self._add, "PATH", "import a report, a letter or a folder of them"),
            "undo": Command(self._undo, "", "undo the last change to the store"),
            "help": Command(self._help, "", "this list"),
        }

    def answer(self, line: str, part: int = 1) -> None:
        """Run the command on a line, and print its answer, starting at a given part.

        If the command fails, the reason is printed, and how to use the command.
        """
        typed, _, rest = line.strip().partition(" ")
        name = _ALIASES.get(typed.casefold(), typed.casefold())
        if name not in self._commands:
            self._ask_again(typed)
            return
        before = PastAnswer(line, self.selection, self._whose)
        try:
            answer = self._commands[name].run(rest.strip())
            if answer is not None:
                self._print(answer, before, part)
        except (ReinspectError, OSError) as error:
            say(f"Error: {error}")
            say(f"How to: {self._usage(name)}.")

    def prompt(self) -> str:
        """Return the prompt for the next line."""
        return f"{self._pager.how_far}What next? "

    def _print(self, answer: Answer, before: PastAnswer, part: int) -> None:
        self._leave_answer()
        self._past.append(before)
        self._answer, self._reader, self._left_answer = answer, None, False
        self._pager.sheet(answer.sheet(), part)

    def _leave_answer(self) -> None:
        """Remember which part of the current answer was printed last, for the command `back`."""
        if self._past and not self._left_answer:
            self._past[-1] = self._past[-1]._replace(part=self._pager.part)
        self._left_answer = True

    def _ask_again(self, typed: str) -> None:
        if not typed and self._pager.goes_on:
            self._pager.more("")
            return
        if typed:
            say(f'"{typed}" is not a command.')
        say(f"What next? {', '.join(self._commands)}, or quit. help explains each.")

    def _usage(self, name: str) -> str:
        command = self._commands[name]
        return f"{name} {command.argument}: {command.help}" if command.argument else f"{name}: {command.help}"

    def _help(self, _: str) -> None:
        print_lines(
            [
                *map(self._usage, self._commands),
                "quit: leave. LINE is a number that a line begins with, or some of its words.",
                "Corrections: reinspect edit, attach and remove.",
            ]
        )

    # The selection

    @property
    def _slug(self) -> str:
        if self.selection.authority is None:
            raise ReinspectError("no authority is chosen yet: type authority and a name")
        return self.selection.authority

    @property
    def _scope(self) -> Scope:
        return scope_of(self.selection, "cohort" if self._whose == "group" else self._whose)

    def _choose(self, typed: str) -> Answer:
        from reinspect.answers.names import find_authority

        self.selection, notice = choose_authority(self.selection, find_authority(typed).slug)
        if notice:
            say(notice)
        return self._timeline("")

    def _group(self, typed: str) -> None:
        words = self._library.cohort(typed).words if typed else ""
        self.selection = replace(self.selection, cohort=typed or None)
        self._whose = "beside" if typed else "authority"
        answers = "timeline, compare, brief, authorities, themes, phrases, says and search"
        say(f"{answers} are now compared with {words}." if words else "No group is set.")

    def _where(self, typed: str) -> None:
        typed = _ALIASES.get(typed, typed)
        if ":" in typed:
            self._library.cohort(typed)
        elif typed and (typed not in _WHOSE or (typed in {"beside", "group"} and not self.selection.cohort)):
            raise ReinspectError(f"name one of {', '.join(_WHOSE)}; beside and group need a group: set one first")
        self._whose = typed or self._whose
        say(f"Phrases, says and search look in the texts of {self._describe_scope()}.")

    def _describe_scope(self) -> str:
        scope = self._scope
        own = [self._library.authority(slug).name for slug in scope.authorities]
        groups = [self._library.cohort(group).words for group in (scope.cohort, scope.peers) if group]
        return ", compared with those of ".join(own + groups) or "all authorities"

    def _back(self, _: str) -> None:
        past = self._past if self._left_answer else self._past[:-1]
        if not past:
            raise ReinspectError("this is the first answer")
        *self._past, last = past
        self.selection, self._whose, self._left_answer = last.selection, last.whose, True
        self.answer(last.line, last.part)

    # Questions

    def _timeline(self, _: str) -> Answer:
        return self._library.timeline(self._slug, cohort=self.selection.cohort)

    def _show(self, typed: str) -> Answer:
        if typed:
            return self._library.show(typed)
        inspections = self._store.inspections(self._slug)
        if not inspections:
            raise NotFoundError("no inspection is stored; add imports a report")
        return self._library.show(inspections[-1].id)

    def _compare(self, typed: str) -> Answer:
        a, b = self._pair(typed.split())
        answer = self._library.compare(a, b, self.selection.cohort, full=True)
        self.selection = replace(self.selection, a=answer.comparison.a.id, b=answer.comparison.b.id)
        return answer

    def _pair(self, typed: list[str]) -> tuple[str, str]:
        if len(typed) == 2:
            return typed[0], typed[1]
        if typed:
            raise ReinspectError("name two inspections, A and B, or none")
        own = self._store.inspections(self._slug)
        graded = [each for each in own if each.graded and band_of(each.framework) == SOCIAL_CARE]
        if len(graded) < 2:
            raise ReinspectError("a comparison needs two graded inspections; add imports a report")
        return graded[-2].id, graded[-1].id

    def _follow(self, typed: str) -> Answer:
        if typed not in {"", "across"}:
            raise ReinspectError("follow alone stays within social care; follow across goes into every band")
        return self._library.follow(self._slug, across=typed == "across", full=True)

    def _brief(self, _: str) -> Answer:
        return self._library.brief(self._slug, self.selection.cohort)

    def _phrases(self, typed: str) -> Answer:
        for order in get_args(Order):
            if typed in {order, ""}:
                return self._library.recurring(self._scope, order=order)
        raise ReinspectError(f"the orders are {', '.join(get_args(Order))}; to look for words use search")

    def _says(self, typed: str) -> Answer:
        forms = [form for part in typed.split(",") if (form := part.strip())]
        if not forms:
            raise ReinspectError("name a phrase; phrases lists those that recur")
        return self._library.usage(*forms, scope=self._scope)

    def _search(self, query: str) -> Answer:
        if not query:
            raise ReinspectError("name the words to search for")
        return self._library.search(query, self._scope, limit=100)

    def _meaning(self, asked: str) -> Answer:
        if not asked:
            raise ReinspectError("type what the sentences should be about")
        return self._library.search_by_meaning(asked, self._scope)

    def _authorities(self, _: str) -> Answer:
        return self._library.latest_grades(self.selection.cohort)

    def _movers(self, typed: str) -> Answer:
        typed = typed.removeprefix(_MOVED)
        return self._library.movers_as_typed(f"{_MOVED}{typed if '>' in typed else f'{_MOVE} {typed}'}")

    def _themes(self, typed: str) -> Answer:
        return self._library.themes(self.selection.authority, self.selection.cohort, typed or None)

    def _times(self, typed: str) -> Answer:
        return self._library.theme_times(typed or None, self.selection.cohort, _say_followed)

    def _solved(self, typed: str) -> Answer:
        if not typed:
            raise ReinspectError("name a theme; themes lists them")
        return self._library.solved(typed, self.selection.authority, self.selection.cohort, _say_followed)

    def _basket(self, _: str) -> Answer:
        return self._library.basket()

    # The answer and the open document

    def _more(self, part: str) -> None:
        self._pager.more(part)

    def _headings(self, _: str) -> None:
        self._pager.headings()

    def _read(self, typed: str) -> None:
        places = self._line(typed).places
        if not places:
            raise NotFoundError("no page that prints this line is stored; add imports a report")
        if len(places) > 1:
            raise NotFoundError(f"{len(places)} pages print this line; show an inspection and read a line of that")
        self._reader = PageReader(self._library.open_document(places[0]))
        self._leave_answer()
        self._pager.page(self._reader.here())

    def _turn(self, typed: str) -> None:
        self._pager.page(self._open_reader().page(typed))

    def _contents(self, _: str) -> None:
        print_lines(self._open_reader().contents())

    def _find(self, words: str) -> None:
        print_lines(self._open_reader().find(words))

    def _open_reader(self) -> PageReader:
        if self._reader is None:
            raise ReinspectError("no document is open: type read and some words of a line")
        return self._reader

    def _line(self, typed: str) -> NumberedLine:
        from reinspect.exporting.numbered_lines import line_of

        if not typed:
            raise ReinspectError("type a number or some words of the line")
        return line_of(self._present_answer().sheet(), typed)

    def _present_answer(self) -> Answer:
        if self._answer is None:
            raise ReinspectError("there is no answer yet")
        return self._answer

    # Changes

    def _pin(self, typed: str) -> None:
        from reinspect.answers.citations import cite_pin

        pin = self._line(typed).pin
        if pin.evidence and self._is_printed(pin.text, pin.evidence):
            pin = replace(pin, kind="quote")
        count = len(self._store.pins())
        number = self._store.basket.add(cite_pin(self._store, pin))
        quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{pin.text}\N{RIGHT DOUBLE QUOTATION MARK}"
        if number > count:
            say(f"Pinned as number {number} of the basket: {quoted}. undo takes it back.")
        else:
            say(f"Already number {number} of the basket: {quoted}.")

    def _is_printed(self, text: str, evidence: Evidence) -> bool:
        """Return True if a document contains exactly this text, so that it may be quoted."""
        # Quotation marks are for printed words only.
        return any(text in passage.text for passage in self._store.passages(evidence.document))

    def _note(self, typed: str) -> None:
        number, _, note = typed.partition(" ")
        self._store.basket.note(_number(number), note.strip())
        say(f"Number {number} of the basket has {'your note' if note.strip() else 'no note'} now.")

    def _move(self, typed: str) -> None:
        number, _, to = typed.partition(" ")
        self._store.basket.move(_number(number), _number(to))
        say(f"Number {number} of the basket is number {to} now.")

    def _remove(self, typed: str) -> None:
        self._store.basket.remove(_number(typed))
        say(f"Number {typed} is removed from the basket. undo restores it.")

    def _export(self, typed: str) -> None:
        answer, path = self._present_answer(), Path(os.path.expanduser(typed))  # noqa: PTH111
        _check_new_file(path)
        data = render_answer(answer, format_by_name(path), width=self._width, linear=True)
        may_replace, self._may_replace = path == self._may_replace, path
        try:
            write_file(path, data, replace=may_replace)
        except FileExistsError:
            raise ReinspectError(f"{path} exists. The same again replaces it; or name another file.") from None
        except OSError as error:
            raise ReinspectError(f"{path}: cannot be written: {describe_refusal(error)}") from error
        self._may_replace = None
        say(f"Written to {path.resolve()}: {answer.sheet().title}.")

    def _add(self, typed: str) -> None:
        if not typed:
            raise ReinspectError("name a file or a folder")
        path = Path(os.path.expanduser(typed))  # noqa: PTH111  (expanduser of Path raises for an unknown ~name)
        progress = import_with_report(self._store, path, _say_progress, lambda: False)
        self._leave_answer()
        self._answer, self._reader = progress, None
        self._pager.sheet(progress.sheet())

    def _undo(self, _: str) -> None:
        say(self._store.undo())


def _say_progress(progress: ImportProgress) -> None:
    if progress.files > 1:
        say(f"{progress.words}.")


def _say_followed(done: int, total: int) -> None:
    """Say every ten authorities how many were followed, if there are many."""
    if total > _SAID_EVERY and done and done < total and done % _SAID_EVERY == 0:
        say(f"Followed {done} of {total} authorities.")


def _check_new_file(path: Path) -> None:
    """Check, before anything is computed, that a path is of a file, in a folder that exists."""
    if not path.name:
        raise ReinspectError("name a file")
    if path.is_dir():
        raise ReinspectError(f"{path} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise ReinspectError(f"there is no folder {path.parent}; make it first, or name another file")


def _number(typed: str) -> int:
    if not is_number(typed.strip()):
        raise ReinspectError("type its number in the basket")
    return int(typed)
