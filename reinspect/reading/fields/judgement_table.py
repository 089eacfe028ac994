"""The printed table of judgements: labels and grades paired, whatever the cells did on the way to text.

A cell may wrap, a grade may stand above its label or in the middle of it, a row may have no number, a table may go
over a page (domain.md 1.1). So labels are found word by word with grade words let in between, what is left over is
read as grades, and the two are paired in print order. A label without a grade of its own stays without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from reinspect.frameworks import Framework
from reinspect.model import Judgement
from reinspect.reading.layout.lines import SENTENCE_END, PrintedLine
from reinspect.reading.layout.words import Word, evidence, fold_words, likened, printed

_IGNORED = {"judgement", "judgements", "grade", "grades", "key", "area", "judgment"}
_JOINING = {"and", "or", "of", "who"}
"""What goes on with a label: of a row whose end could not be read, the beginning may be another row's label."""
_GAP = 14
"""Words that are neither label nor grade which may stand between two rows before the table is over."""
_BACK = 60
"""Words before a row among which it may be said that it is a former inspection's."""
_PREVIOUS = re.compile(r"\b(?:previous|last|earlier)(?: \w+){0,2} (?:inspections?|judgements?|reports?)\b")
_LONGEST_INSIDE = 6
"""Grade words that may stand inside a wrapped label ("requires improvement to be good" has five)."""


class TableRow(msgspec.Struct, frozen=True):
    """A label found: its strand, and the words from its first to its last (grade words inside apart)."""

    strand: str
    label: tuple[Word, ...]
    inside: tuple[Word, ...]
    first: int
    last: int


class TableMark(msgspec.Struct, frozen=True):
    """A grade found: canonical word (None where the page says it was not judged) and the words that print it."""

    grade: str | None
    words: tuple[Word, ...]
    at: int


class JudgementTable(msgspec.Struct, frozen=True, kw_only=True):
    """What a framework's table came to on this document."""

    judgements: tuple[Judgement, ...]
    missing: tuple[str, ...]
    strands: tuple[str, ...]
    first_word: int
    last_word: int
    last_line: int
    warnings: tuple[str, ...] = ()


def find_table(
    lines: Sequence[PrintedLine], words: Sequence[Word], framework: Framework, document: str
) -> JudgementTable | None:
    """The judgement table that a framework describes, or None where fewer than two of its labels stand together.

    `words` are those of the lines (`words_of`). `missing` are strands whose label was read and whose grade was not.
    """
    rows = _densest(list(_rows(words, framework)), lines, words, framework)
    if not rows or len({row.strand for row in rows}) < min(2, len(_labelled(framework))):
        return None
    first, last = rows[0].first, rows[-1].last
    marks, stray, end = _marks(words, rows, framework)
    pairs = _paired(rows, marks)
    judgements, missing = [], []
    for row in rows:
        mark = pairs.get(row.first)
        if mark is None or _apart(words, row, mark, stray):
            missing.append(row.strand)
        else:
            judgements.append(_judgement(row, mark, lines, document))
    last = max(last, end)
    return JudgementTable(
        judgements=tuple(judgements),
        missing=tuple(missing),
        strands=tuple(row.strand for row in rows),
        first_word=first,
        last_word=last,
        last_line=words[last].line,
    )


def _judgement(row: TableRow, mark: TableMark, lines: Sequence[PrintedLine], document: str) -> Judgement:
    words = printed(mark.words, lines)
    return Judgement(
        strand=row.strand,
        grade=mark.grade,
        not_judged=None if mark.grade else words,
        printed=words,
        label=printed(row.label, lines),
        evidence=evidence(document, mark.words),
    )


def _labelled(framework: Framework) -> list[str]:
    return [strand.key for strand in framework.strands if strand.labels]


def _rows(words: Sequence[Word], framework: Framework) -> Iterator[TableRow]:
    """Every place where a label of the framework is printed; of two that begin together, the longer."""
    labels = [(likened(fold_words(label)), strand.key) for strand in framework.strands for label in strand.labels]
    labels.sort(key=lambda pair: -len(pair[0]))
    openings = {label[0] for label, _ in labels}
    grades = _grade_words(framework)
    at = 0
    while at < len(words):
        opens = words[at].like in openings and _opens_cell(words, at, grades)
        row = _row_at(words, at, labels, grades) if opens else None
        if row is not None:
            yield row
        at = row.last + 1 if row is not None else at + 1


def _opens_cell(words: Sequence[Word], at: int, grades: set[str]) -> bool:
    """Whether a label may begin at a word: it opens its line, or follows a number or what may stand in a table."""
    if at > 0 and words[at - 1].text == "the":
        at -= 1
    before = words[at - 1] if at > 0 and words[at - 1].line == words[at].line else None
    return before is None or before.text in grades | _IGNORED or before.text[0].isdigit()


def _row_at(
    words: Sequence[Word], at: int, labels: Sequence[tuple[tuple[str, ...], str]], grades: set[str]
) -> TableRow | None:
    for label, strand in labels:
        taken, inside, place = [], [], at
        for expected in label:
            while place < len(words) and words[place].like != expected and words[place].text in grades:
                inside.append(words[place])
                place += 1
            if place >= len(words) or words[place].like != expected or len(inside) > _LONGEST_INSIDE:
                break
            taken.append(words[place])
            place += 1
        else:
            if not _closes_cell(words, place, grades):
                continue
            article = at > 0 and words[at - 1].text == "the"
            first = at - 1 if article else at
            return TableRow(strand, (*words[first:at], *taken), tuple(inside), first, place - 1)
    return None


def _closes_cell(words: Sequence[Word], at: int, grades: set[str]) -> bool:
    """Whether a label may end before a word: what follows is no more of its line, and does not join on to it."""
    before = words[at - 1]
    while at < len(words) and (words[at].text in grades | _IGNORED or words[at].text[0].isdigit()):
        at += 1
    return at == len(words) or (words[at].line != before.line and words[at].text not in _JOINING)


def _grade_words(framework: Framework) -> set[str]:
    return {word for form, _ in framework.grade_forms() for word in form}


def _densest(
    rows: Sequence[TableRow], lines: Sequence[PrintedLine], words: Sequence[Word], framework: Framework
) -> list[TableRow]:
    """The run of rows that name the most strands, each once, with no prose between; the first of equals."""
    grades = _grade_words(framework) | _IGNORED
    best: list[TableRow] = []
    run: list[TableRow] = []
    for row in rows:
        if _recalled(words, row):
            run = []
            continue
        if run and not _close(run[-1], row, lines, words, grades):
            run = []
        repeated = next((i for i, earlier in enumerate(run) if earlier.strand == row.strand), -1)
        run = [*run[repeated + 1 :], row]  # a title may name a strand ("care leavers") before the table does
        if len(run) > len(best):
            best = run
    return best


def _recalled(words: Sequence[Word], row: TableRow) -> bool:
    """Whether a row is one of those that a report lists under its "Previous inspections"."""
    before = " ".join(word.text for word in words[max(0, row.first - _BACK) : row.first])
    return _PREVIOUS.search(before) is not None


def _close(
    before: TableRow, row: TableRow, lines: Sequence[PrintedLine], words: Sequence[Word], grades: set[str]
) -> bool:
    """Whether two rows may be of one table: little stands between them, and no line that ends a sentence."""
    among = lines[words[before.last].line + 1 : words[row.first].line]
    if any(SENTENCE_END.search(line.text) and len(line.text.split()) > _LONGEST_INSIDE for line in among):
        return False
    between = words[before.last + 1 : row.first]
    return sum(1 for word in between if word.text not in grades and not word.text[0].isdigit()) <= _GAP


def _marks(
    words: Sequence[Word], rows: Sequence[TableRow], framework: Framework
) -> tuple[list[TableMark], set[int], int]:
    """The grades printed among, just before and just after the rows.

    With them come the places of stray words, which are neither label nor grade, and the last word of the last grade.
    A grade that a stray word touches may be a piece of a sentence or of a longer grade ("... tobe good"): it is none.
    """
    inside = {id(word) for row in rows for word in row.label}
    grades = _grade_words(framework)
    first, last = rows[0].first, _last_of_table(words, rows, inside, grades)
    before = max(0, first - _LONGEST_INSIDE)
    loose = [
        (place, word)
        for place, word in enumerate(words[before : last + 1 + _LONGEST_INSIDE], start=before)
        if id(word) not in inside and not word.text[0].isdigit()
    ]
    forms = framework.grade_forms()
    runs, stray, i = [], set(), 0
    while i < len(loose):
        length, grade = next(
            ((len(form), grade) for form, grade in forms if _spells(loose[i : i + len(form)], form)), (0, None)
        )
        if length:
            runs.append((grade, loose[i : i + length]))
        elif loose[i][1].text not in _IGNORED:
            stray.add(loose[i][0])
        i += length or 1
    marks = [
        TableMark(grade, tuple(word for _, word in run), run[0][0])
        for grade, run in runs
        if _beside(words, run, first, last) and not _touched(words, run, stray, grades)
    ]
    return marks, stray, max([rows[-1].last, *(run[-1][0] for _, run in runs if _beside(words, run, first, last))])


def _spells(run: Sequence[tuple[int, Word]], form: Sequence[str]) -> bool:
    return [word.text for _, word in run] == list(form)


def _touched(words: Sequence[Word], run: Sequence[tuple[int, Word]], stray: set[int], grades: set[str]) -> bool:
    """Whether a stray word stands beside a grade on its line, or before it and is itself a word of grades."""
    (first, opening), (last, closing) = run[0], run[-1]
    if last + 1 in stray and words[last + 1].line == closing.line:
        return True
    return first - 1 in stray and (words[first - 1].line == opening.line or words[first - 1].text in grades)


def _apart(words: Sequence[Word], row: TableRow, mark: TableMark, stray: set[int]) -> bool:
    """Whether words that are no label and no grade part a grade from its label on the page, or stand before both."""
    ended = mark.words[-1]
    if (ended.page, ended.start) < (row.label[0].page, row.label[0].start):
        return mark.at - 1 in stray
    page = words[row.last].page
    between = range(row.last + 1, mark.at)
    return words[mark.at].page == page and any(place in stray for place in between)


def _last_of_table(words: Sequence[Word], rows: Sequence[TableRow], inside: set[int], grades: set[str]) -> int:
    """The last word of the last row; where all grades stand in a column behind all labels, of that column."""
    last = rows[-1].last
    among = words[rows[0].first : last + 1]
    if len(rows) == 1 or any(word.text in grades and id(word) not in inside for word in among):
        return last
    while last + 1 < len(words) and words[last + 1].text in grades:
        last += 1
    return last


def _beside(words: Sequence[Word], run: Sequence[tuple[int, Word]], first: int, last: int) -> bool:
    """Whether a grade outside the rows stands right at them: nothing but a number (a note, a page) lies between."""
    between = words[last + 1 : run[0][0]]
    return run[-1][0] >= first - 1 and all(word.text[0].isdigit() for word in between)


def _paired(rows: Sequence[TableRow], marks: Sequence[TableMark]) -> dict[int, TableMark]:
    """Which grade belongs to which row (by the row's first word).

    As many grades as rows: print order decides, so it does not matter on which side of its label a grade stands, or
    whether all stand in a column of their own. Otherwise a row takes the grade that can be no other row's; where two
    could, none is taken.
    """
    before = [sum(row.first <= mark.at for row in rows) for mark in marks]
    beside = all(count in (i, i + 1) for i, count in enumerate(before))
    if len(rows) == len(marks) and (beside or set(before) == {len(rows)}):
        return {row.first: mark for row, mark in zip(rows, marks, strict=True)}
    pairs: dict[int, TableMark] = {}
    for i, row in enumerate(rows):
        ceiling = rows[i + 1].first if i + 1 < len(rows) else float("inf")
        own = [mark for mark in marks if row.first <= mark.at < ceiling]
        if len(own) == 1:
            pairs[row.first] = own[0]
    return pairs
