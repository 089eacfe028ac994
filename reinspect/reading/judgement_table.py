"""The printed table of judgements: labels and grades paired, whatever the cells did on the way to text.

A cell may wrap, a grade may stand above its label or in the middle of it, a row may have no number, a table may go
over a page (domain.md 1.1). So labels are found word by word with grade words let in between, what is left over is
read as grades, and the two are paired in print order. A label without a grade of its own stays without one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from reinspect.frameworks import Framework
from reinspect.model import Judgement
from reinspect.reading.layout import SENTENCE_END, Line
from reinspect.reading.words import Word, evidence, fold_words, likened, printed

_IGNORED = {"judgement", "judgements", "grade", "grades", "key", "area", "judgment"}
_GAP = 14
"""Words that are neither label nor grade which may stand between two rows before the table is over."""
_LONGEST_INSIDE = 6
"""Grade words that may stand inside a wrapped label ("requires improvement to be good" has five)."""


class Row(msgspec.Struct, frozen=True):
    """A label found: its strand, and the words from its first to its last (grade words inside apart)."""

    strand: str
    label: tuple[Word, ...]
    inside: tuple[Word, ...]
    first: int
    last: int


class Mark(msgspec.Struct, frozen=True):
    """A grade found: canonical word (None where the page says it was not judged) and the words that print it."""

    grade: str | None
    words: tuple[Word, ...]
    at: float


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """What a framework's table came to on this document."""

    judgements: tuple[Judgement, ...]
    missing: tuple[str, ...]
    strands: tuple[str, ...]
    first_word: int
    last_word: int
    last_line: int
    warnings: tuple[str, ...] = ()


def find_table(lines: Sequence[Line], words: Sequence[Word], framework: Framework, document: str) -> Table | None:
    """The judgement table that a framework describes, or None where fewer than two of its labels stand together.

    `words` are those of the lines (`words_of`). `missing` are strands whose label was read and whose grade was not.
    """
    rows = _densest(list(_rows(words, framework)), lines, words, framework)
    if not rows or len({row.strand for row in rows}) < min(2, len(_labelled(framework))):
        return None
    first, last = rows[0].first, rows[-1].last
    marks, end = _marks(words, rows, framework)
    pairs = _paired(rows, marks)
    judgements, missing = [], []
    for row in rows:
        mark = pairs.get(row.first)
        if mark is None:
            missing.append(row.strand)
        else:
            judgements.append(_judgement(row, mark, lines, document))
    last = max(last, end)
    return Table(
        judgements=tuple(judgements),
        missing=tuple(missing),
        strands=tuple(row.strand for row in rows),
        first_word=first,
        last_word=last,
        last_line=words[last].line,
    )


def _judgement(row: Row, mark: Mark, lines: Sequence[Line], document: str) -> Judgement:
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


def _rows(words: Sequence[Word], framework: Framework) -> Iterator[Row]:
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
) -> Row | None:
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
            article = at > 0 and words[at - 1].text == "the"
            first = at - 1 if article else at
            return Row(strand, (*words[first:at], *taken), tuple(inside), first, place - 1)
    return None


def _grade_words(framework: Framework) -> set[str]:
    return {word for form, _ in framework.grade_forms() for word in form}


def _densest(rows: Sequence[Row], lines: Sequence[Line], words: Sequence[Word], framework: Framework) -> list[Row]:
    """The run of rows that name the most strands, each once, with no prose between; the first of equals."""
    grades = _grade_words(framework) | _IGNORED
    best: list[Row] = []
    run: list[Row] = []
    for row in rows:
        if run and not _close(run[-1], row, lines, words, grades):
            run = []
        repeated = next((i for i, earlier in enumerate(run) if earlier.strand == row.strand), -1)
        run = [*run[repeated + 1 :], row]  # a title may name a strand ("care leavers") before the table does
        if len(run) > len(best):
            best = run
    return best


def _close(before: Row, row: Row, lines: Sequence[Line], words: Sequence[Word], grades: set[str]) -> bool:
    """Whether two rows may be of one table: little stands between them, and no line that ends a sentence."""
    among = lines[words[before.last].line + 1 : words[row.first].line]
    if any(SENTENCE_END.search(line.text) and len(line.text.split()) > _LONGEST_INSIDE for line in among):
        return False
    between = words[before.last + 1 : row.first]
    return sum(1 for word in between if word.text not in grades and not word.text[0].isdigit()) <= _GAP


def _marks(words: Sequence[Word], rows: Sequence[Row], framework: Framework) -> tuple[list[Mark], int]:
    """The grades printed among, just before and just after the rows, and the last word of the last of them."""
    inside = {id(word) for row in rows for word in row.label}
    first, last = rows[0].first, _last_of_table(words, rows, inside, _grade_words(framework))
    before = max(0, first - _LONGEST_INSIDE)
    loose = [
        (place, word)
        for place, word in enumerate(words[before : last + 1 + _LONGEST_INSIDE], start=before)
        if id(word) not in inside
    ]
    forms = framework.grade_forms()
    marks, end, i = [], rows[-1].last, 0
    while i < len(loose):
        for form, grade in forms:
            run = loose[i : i + len(form)]
            if tuple(word.text for _, word in run) == form and _beside(run, first, last):
                marks.append(Mark(grade, tuple(word for _, word in run), run[0][0]))
                end = max(end, run[-1][0])
                i += len(form) - 1
                break
        i += 1
    return marks, end


def _last_of_table(words: Sequence[Word], rows: Sequence[Row], inside: set[int], grades: set[str]) -> int:
    """The last word of the last row; where all grades stand in a column behind all labels, of that column."""
    last = rows[-1].last
    among = words[rows[0].first : last + 1]
    if len(rows) == 1 or any(word.text in grades and id(word) not in inside for word in among):
        return last
    while last + 1 < len(words) and words[last + 1].text in grades:
        last += 1
    return last


def _beside(run: Sequence[tuple[int, Word]], first: int, last: int) -> bool:
    """Whether a grade outside the rows stands right at them: nothing but grade words lies between."""
    return run[-1][0] >= first - 1 and run[0][0] <= last + 1


def _paired(rows: Sequence[Row], marks: Sequence[Mark]) -> dict[int, Mark]:
    """Which grade belongs to which row (by the row's first word).

    As many grades as rows: print order decides, so it does not matter on which side of its label a grade stands.
    Otherwise a row takes the grade that can be no other row's; where two could, none is taken.
    """
    if len(rows) == len(marks):
        return {row.first: mark for row, mark in zip(rows, marks, strict=True)}
    pairs: dict[int, Mark] = {}
    for i, row in enumerate(rows):
        ceiling = rows[i + 1].first if i + 1 < len(rows) else float("inf")
        own = [mark for mark in marks if row.first <= mark.at < ceiling]
        if len(own) == 1:
            pairs[row.first] = own[0]
    return pairs
