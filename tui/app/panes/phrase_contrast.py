"""Phrases that differ between two groups of texts, for the Phrases pane: before and after a move, or group and rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec
from textual.content import Content

from reinspect.answers import Library
from reinspect.answers.contrast import ContrastAnswer
from reinspect.answers.scope import Scope
from reinspect.exporting.sheets.labels import counted
from tui.app.panes.phrase_table import ColumnHeading, PhraseRow
from tui.app.panes.recurring_phrases import is_place
from tui.app.widgets.differences import how_sure, ratio_words, times_as_often
from tui.app.widgets.grades import STRONG, quiet

if TYPE_CHECKING:
    from reinspect.phrases.types import RecurringPhrase

Kind = Literal["before and after", "all others", "the group"]
_MOST = 40
_MOST_WEAK = 12


class ContrastQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Two groups of texts to compare.

    `group` is an expression such as "region:London". For movers it contains their move, and `movers` are their slugs
    if a typed name limits them. `kind` says what the group is compared with: itself before and after the move, all
    other texts, or `other`, a second group.
    """

    group: str
    kind: Kind
    movers: tuple[str, ...] = ()
    other: str | None = None

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of comparison that can be chosen."""
        has_other = self.other is not None and self.other != self.group
        return (
            *(("before and after",) if "moved:" in self.group else ()),
            "all others",
            *(("the group",) if has_other else ()),
        )

    def next_kind(self) -> ContrastQuestion:
        """Return the same question with the next kind of comparison."""
        kinds = self.kinds
        place = kinds.index(self.kind) if self.kind in kinds else -1
        return msgspec.structs.replace(self, kind=kinds[(place + 1) % len(kinds)])


def ask_contrast(library: Library, question: ContrastQuestion) -> ContrastAnswer:
    """Return the phrases that differ; runs in a thread."""
    if question.kind == "before and after":
        return library.contrast_moves(question.group, question.movers, limit=_MOST)
    if question.kind == "the group" and question.other:
        return library.contrast(Scope(cohort=question.group), Scope(cohort=question.other), limit=_MOST)
    return library.contrast_with_others(question.group, limit=_MOST)


def contrast_headline(question: ContrastQuestion, answer: ContrastAnswer) -> str:
    """Return the line above the table: both sides in words, and how many texts each has."""
    sides = zip(_sides(question), (answer.group_a, answer.group_b), answer.documents, strict=True)
    words = "; ".join(f"{side.lower()}, {counted(len(texts), 'text')}: {group}" for side, group, texts in sides)
    line = f"{words[:1].upper()}{words[1:]}"
    if not all(answer.documents):
        return f"{line}. Both sides need texts to compare"
    return line if any(map(_sure, answer.phrases)) else f"{line}. Nothing sets them apart reliably"


def contrast_chips(question: ContrastQuestion) -> Content:
    """Return the kinds of comparison in one line, with the chosen one in brackets."""
    parts = [
        Content.styled(f"[{kind}]", "bold $primary") if kind == question.kind else quiet(f" {kind} ")
        for kind in question.kinds
    ]
    keys = "  w texts" if len(parts) > 1 else ""
    return Content.assemble(quiet("Compared: "), Content(" ").join(parts), quiet(keys))


def contrast_headings(question: ContrastQuestion) -> tuple[ColumnHeading, ...]:
    """Return the columns."""
    return (
        ColumnHeading("Phrase"),
        *(ColumnHeading(side, is_number=True) for side in _sides(question)),
        ColumnHeading("Times\nas often", 3, is_number=True),
        ColumnHeading("How\nsure", 1),
        ColumnHeading("Councils", 2, is_number=True),
    )


def contrast_rows(question: ContrastQuestion, answer: ContrastAnswer) -> Iterator[PhraseRow]:
    """Return the phrases more common on the first side, then those more common on the second, each below a heading."""
    for side, phrases, documents in zip(_sides(question), answer.phrases, answer.documents, strict=True):
        is_first = side == _sides(question)[0]
        known = [phrase for phrase in phrases if not is_place(phrase.phrase)]
        weak = [phrase for phrase in known if not phrase.bound][:_MOST_WEAK]
        for words, rows in ((f"{side}, more often", _sure(known)), (f"{side}, weak signs", weak)):
            if rows:
                yield _heading(words)
                yield from (_row(phrase, documents, side, is_first=is_first) for phrase in rows)


def _sides(question: ContrastQuestion) -> tuple[str, str]:
    """Return short names of the two sides."""
    if question.kind == "before and after":
        return "Before", "After"
    return "Group", "Others" if question.kind == "all others" else "Other group"


def _sure(phrases: Sequence[RecurringPhrase]) -> list[RecurringPhrase]:
    return [phrase for phrase in phrases if phrase.bound and not is_place(phrase.phrase)]


def _heading(words: str) -> PhraseRow:
    cells = (Content.styled(words, STRONG), *[Content("")] * 5)
    return PhraseRow(cells, words, lambda library: library.cite_sentences(()), is_heading=True)


def _row(phrase: RecurringPhrase, documents: Sequence[str], side: str, *, is_first: bool) -> PhraseRow:
    here, there = f"{phrase.inspections} of {phrase.group}", f"{phrase.elsewhere} of {phrase.others}"
    first, second = (here, there) if is_first else (there, here)
    measure = f"{ratio_words(phrase.log_ratio)} as often" if phrase.bound else "too little evidence of a difference"
    cells = (
        Content(f"  {phrase.phrase}") if phrase.bound else quiet(f"  {phrase.phrase}"),
        Content(first),
        Content(second),
        times_as_often(phrase.log_ratio, phrase.bound),
        how_sure(phrase.bound),
        Content(str(phrase.authorities)),
    )
    forms = (phrase.phrase, *phrase.variants)
    words = f"{phrase.phrase}: {here} inspections ({side.lower()}), {there} on the other side: {measure}"
    return PhraseRow(cells, words, lambda library: library.sentences(forms, documents), phrase)
