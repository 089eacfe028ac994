"""Read the printed table of judgements: find its labels and grades, and pair them.

    lines                                      rows and grades found
    "Judgement Grade"                          (ignored)
    "The impact of leaders on social work"     label of strand leaders, wrapped,
    "Good"                                       with a grade inside it
    "practice with children and families"
    "Overall effectiveness Good"               label of strand overall, then a grade
    result                                     leaders: good, overall: good

A strand is an area that is judged; its label is its printed name. The conversion to text moves the table cells: a cell
may wrap, a grade may be above its label or inside it, a row may have no number, and a table may continue on the next
page. So labels are found word by word, with grade words allowed in between. The remaining words are read as grades.
Labels and grades are paired in print order. A label without a clear grade gets none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from reinspect.frameworks import Framework
from reinspect.model import Judgement
from reinspect.reading.layout.lines import SENTENCE_END, PrintedLine
from reinspect.reading.layout.words import PrintedWord, cite_words, fold_words, join_words, normalise_words

_IGNORED = {"judgement", "judgements", "grade", "grades", "key", "area", "judgment"}
_SCORE = {"score", "scores"}
_JOINING = {"and", "or", "of", "who"}
"""Words that continue a label: a label followed by one is the start of a longer label that could not be read."""
_ROW_GAP = 14
"""Greatest number of words, neither label nor grade, between two rows of one table."""
_RECALL_WORDS = 60
"""Number of words before a row that may say that it belongs to a previous inspection."""
_PREVIOUS = re.compile(r"\b(?:previous|last|earlier)(?: \w+){0,2} (?:inspections?|judgements?|reports?)\b")
_GRADE_WORDS = 6
"""Greatest number of grade words inside a wrapped label ("requires improvement to be good" has five)."""
_WORDS_ABOVE = _GRADE_WORDS + 2
"""Greatest number of words above the first label that count: a grade, the number of the label, and a word before."""
_FEWEST_CROWDED = 2
"""Least number of rows with two grades each from which a table has two columns of grades."""
_MOST_UNREAD = 30
"""Greatest number of words between the header of a table and its first label that can be read."""

_IndexedWord = tuple[int, PrintedWord]


class TableRow(msgspec.Struct, frozen=True):
    """A row of the table of grades: its strand (judged area) and the words of its printed label.

    `first` and `last` are the indexes of the first and last word of the label. Grade words that are printed inside a
    wrapped label are not part of `label`.
    """

    strand: str
    label: tuple[PrintedWord, ...]
    first: int
    last: int


class TableGrade(msgspec.Struct, frozen=True):
    """A printed grade: its key (None if not judged), its words, and the indexes of its first and last word."""

    grade: str | None
    words: tuple[PrintedWord, ...]
    index: int
    last: int


class JudgementTable(msgspec.Struct, frozen=True, kw_only=True):
    """The table of grades of one document.

    `strands` are the keys of all areas that have a row, and `missing` those whose grade could not be read. `last_line`
    is the index of the last line of the table.
    """

    judgements: tuple[Judgement, ...]
    missing: tuple[str, ...]
    strands: tuple[str, ...]
    last_line: int


class _FoundGrades(msgspec.Struct, frozen=True):
    """The grades found in a table.

    `stray` are the indexes of words that are neither label nor grade, and `last` is the index of the table's last word.
    `ends_with_grade` is true if a grade follows the last label, even one that is not sure.
    """

    grades: list[TableGrade]
    stray: set[int]
    last: int
    ends_with_grade: bool


def find_table(
    lines: Sequence[PrintedLine], words: Sequence[PrintedWord], framework: Framework, document: str
) -> JudgementTable | None:
    """Find and read the table of grades of a document; return None if the framework's table is not printed.

    `words` are the words of `lines`, and `document` is the sha256 of the document.
    """
    rows = _longest_run(list(_find_rows(words, framework)), lines, words, framework)
    # One label alone is not a table, unless the framework has only one.
    if not rows or len({row.strand for row in rows}) < min(2, len(_labelled_strands(framework))):
        return None
    found = _find_grades(words, rows, framework)
    pairs = _pair_damaged(words, rows, found) if _has_unread_cell(words, rows, found) else _pair(words, rows, found)
    judgements, missing = [], []
    for row in rows:
        grade = pairs.get(row.first)
        if grade is None or _separated(words, row, grade, found.stray):
            missing.append(row.strand)
        else:
            judgements.append(_build_judgement(row, grade, lines, document))
    return JudgementTable(
        judgements=tuple(judgements),
        missing=tuple(missing),
        strands=tuple(row.strand for row in rows),
        last_line=words[found.last].line,
    )


def _build_judgement(row: TableRow, grade: TableGrade, lines: Sequence[PrintedLine], document: str) -> Judgement:
    printed = join_words(grade.words, lines)
    return Judgement(
        strand=row.strand,
        grade=grade.grade,
        not_judged=None if grade.grade else printed,
        printed=printed,
        label=join_words(row.label, lines),
        evidence=cite_words(document, grade.words),
    )


def _labelled_strands(framework: Framework) -> list[str]:
    return [strand.key for strand in framework.strands if strand.labels]


def _find_rows(words: Sequence[PrintedWord], framework: Framework) -> Iterator[TableRow]:
    """Yield a table row for every label of the framework that is printed in the words."""
    labels = [
        (normalise_words(fold_words(label)), strand.key) for strand in framework.strands for label in strand.labels
    ]
    labels.sort(key=lambda pair: -len(pair[0]))  # of two labels that begin at the same word, the longer wins
    first_words = {label[0] for label, _ in labels}
    grade_words = _grade_words(framework)
    index = 0
    while index < len(words):
        may_open = words[index].normal in first_words and _opens_cell(words, index, grade_words)
        row = _row_at(words, index, labels, grade_words) if may_open else None
        if row is not None:
            yield row
        index = row.last + 1 if row is not None else index + 1


def _opens_cell(words: Sequence[PrintedWord], index: int, grade_words: set[str]) -> bool:
    """Return whether the label of a table row may begin at the word with this index."""
    # A label is first on its line, or after a number or a word of the table.
    if index > 0 and words[index - 1].text == "the":
        index -= 1
    before = words[index - 1] if index > 0 and words[index - 1].line == words[index].line else None
    return before is None or before.text in grade_words | _IGNORED or before.text[0].isdigit()


def _row_at(
    words: Sequence[PrintedWord], start: int, labels: Sequence[tuple[tuple[str, ...], str]], grade_words: set[str]
) -> TableRow | None:
    """Return the table row whose label begins at the word with index `start`, or None."""
    for label, strand in labels:
        label_words = _match_label(words, start, label, grade_words)
        if label_words is None:
            continue
        end = label_words[-1][0] + 1
        if not _closes_cell(words, end, grade_words):
            continue
        first = start - 1 if start > 0 and words[start - 1].text == "the" else start
        return TableRow(strand, (*words[first:start], *(word for _, word in label_words)), first, end - 1)
    return None


def _match_label(
    words: Sequence[PrintedWord], start: int, label: tuple[str, ...], grade_words: set[str]
) -> list[_IndexedWord] | None:
    """Return the words that print a label, with their indexes, or None if the label is not printed at `start`.

    Grade words between the words of the label are skipped.
    """
    matched: list[_IndexedWord] = []
    index, skipped = start, 0
    for expected in label:
        while index < len(words) and words[index].normal != expected and words[index].text in grade_words:
            index += 1
            skipped += 1
        if index >= len(words) or words[index].normal != expected or skipped > _GRADE_WORDS:
            return None
        matched.append((index, words[index]))
        index += 1
    return matched


def _closes_cell(words: Sequence[PrintedWord], end: int, grade_words: set[str]) -> bool:
    """Return whether the label of a table row may end before the word with index `end`."""
    # The text after a label is on a new line and does not continue the label.

    before = words[end - 1]
    while end < len(words) and (words[end].text in grade_words | _IGNORED or words[end].text[0].isdigit()):
        end += 1
    return end == len(words) or (words[end].line != before.line and words[end].text not in _JOINING)


def _grade_words(framework: Framework) -> set[str]:
    return {word for form, _ in framework.grade_forms() for word in form}


def _longest_run(
    rows: Sequence[TableRow], lines: Sequence[PrintedLine], words: Sequence[PrintedWord], framework: Framework
) -> list[TableRow]:
    """Return the longest run of consecutive rows that can belong to one table."""
    # The rows of a run have no prose between them, and each strand occurs once. The first of equal runs is returned.
    table_words = _grade_words(framework) | _IGNORED
    longest: list[TableRow] = []
    run: list[TableRow] = []
    for row in rows:
        if _of_previous_inspection(words, row):
            run = []
            continue
        if run and not _in_one_table(run[-1], row, lines, words, table_words):
            run = []
        repeated = next((i for i, earlier in enumerate(run) if earlier.strand == row.strand), -1)
        run = [*run[repeated + 1 :], row]  # a title may name a strand ("care leavers") before the table does
        if len(run) > len(longest):
            longest = run
    return longest


def _of_previous_inspection(words: Sequence[PrintedWord], row: TableRow) -> bool:
    """Return whether a row is part of the grades of a previous inspection."""
    before = " ".join(word.text for word in words[max(0, row.first - _RECALL_WORDS) : row.first])
    return _PREVIOUS.search(before) is not None


def _in_one_table(
    before: TableRow,
    row: TableRow,
    lines: Sequence[PrintedLine],
    words: Sequence[PrintedWord],
    table_words: set[str],
) -> bool:
    """Return whether two rows can be in one table: few words and no sentence are printed between them.

    A table that goes on at the top of the next page may have a footnote between its parts.
    """
    if _at_top_of_next_page(before, row, words):
        return True
    lines_between = lines[words[before.last].line + 1 : words[row.first].line]
    if any(SENTENCE_END.search(line.text) and len(line.text.split()) > _GRADE_WORDS for line in lines_between):
        return False
    between = words[before.last + 1 : row.first]
    return sum(1 for word in between if word.text not in table_words and not word.text[0].isdigit()) <= _ROW_GAP


def _at_top_of_next_page(before: TableRow, row: TableRow, words: Sequence[PrintedWord]) -> bool:
    """Return whether a row is the first thing on the page after that of the row before, a page number apart."""
    last, first = words[before.last], words[row.first]
    between = words[before.last : row.first]
    above = [word for word in between if word.page == first.page and not word.text[0].isdigit()]
    return first.page == last.page + 1 and not above


def _find_grades(words: Sequence[PrintedWord], rows: Sequence[TableRow], framework: Framework) -> _FoundGrades:
    """Find the grades that are printed among the rows of a table, or just before or after them."""
    label_words = {id(word) for row in rows for word in row.label}
    grade_words = _grade_words(framework)
    first, last = rows[0].first, _last_of_table(words, rows, label_words, grade_words)
    score = _score_words(framework)
    start, end = max(0, first - _WORDS_ABOVE), last + 1 + _GRADE_WORDS + len(score)  # "Score: 2" has two words
    loose = [
        (index, word)
        for index, word in enumerate(words[start:end], start=start)
        if id(word) not in label_words and not word.text[0].isdigit()
    ]
    runs, stray = _spell_grades(loose, framework)
    adjacent = _adjoining(words, runs, (first, last), score)
    # A grade next to a stray word may be part of a sentence or of a longer grade ("... tobe good").
    grades = [
        TableGrade(grade, tuple(word for _, word in run), run[0][0], run[-1][0])
        for grade, run in adjacent
        if not _next_to_stray(words, run, stray, grade_words)
    ]
    last_of_all = max([rows[-1].last, *(run[-1][0] for _, run in adjacent)])
    return _FoundGrades(grades, stray, last_of_all, last_of_all > rows[-1].last)


def _adjoining(
    words: Sequence[PrintedWord],
    runs: Sequence[tuple[str | None, Sequence[_IndexedWord]]],
    table: tuple[int, int],
    score: set[str],
) -> list[tuple[str | None, Sequence[_IndexedWord]]]:
    """Return the grades that are printed among the rows of a table or directly next to them.

    `table` has the indexes of its first and last word, and `score` the words that come before a score. The last row may
    have more grades than one on its line, as in a table that prints the previous grades too.
    """
    found: list[tuple[str | None, Sequence[_IndexedWord]]] = []
    end = -1
    for grade, run in runs:
        goes_on = run[0][0] - 1 == end > table[1] and words[end].line == words[end + 1].line
        if goes_on or _adjoins_rows(words, run, table, score):
            found.append((grade, run))
            end = run[-1][0]
    return found


def _spell_grades(
    loose: Sequence[_IndexedWord], framework: Framework
) -> tuple[list[tuple[str | None, Sequence[_IndexedWord]]], set[int]]:
    """Return (grade key, words) for each run of words that spells a grade, and the indexes of stray words.

    `loose` are the words outside labels; those that belong to no grade are stray.
    """
    forms = framework.grade_forms()
    passed_over = _IGNORED | _score_words(framework)
    runs: list[tuple[str | None, Sequence[_IndexedWord]]] = []
    stray: set[int] = set()
    i = 0
    while i < len(loose):
        length, grade = next(
            ((len(form), grade) for form, grade in forms if _spells(loose[i : i + len(form)], form)), (0, None)
        )
        if length:
            runs.append((grade, loose[i : i + length]))
        elif loose[i][1].text not in passed_over:
            stray.add(loose[i][0])
        i += length or 1
    return runs, stray


def _score_words(framework: Framework) -> set[str]:
    """Return the words that may be printed between a label and its grade, as in "Score: 2"."""
    return _SCORE if any(strand.score_of for strand in framework.strands) else set()


def _spells(run: Sequence[_IndexedWord], form: Sequence[str]) -> bool:
    return [word.text for _, word in run] == list(form)


def _next_to_stray(
    words: Sequence[PrintedWord], run: Sequence[_IndexedWord], stray: set[int], grade_words: set[str]
) -> bool:
    """Return whether a stray word (neither label nor grade) is printed next to a grade."""
    # The stray word is on the same line, or it is a grade word directly before the grade.
    (first, opening), (last, closing) = run[0], run[-1]
    if last + 1 in stray and words[last + 1].line == closing.line:
        return True
    return first - 1 in stray and (words[first - 1].line == opening.line or words[first - 1].text in grade_words)


def _separated(words: Sequence[PrintedWord], row: TableRow, grade: TableGrade, stray: set[int]) -> bool:
    """Return whether stray words (neither label nor grade) are printed between a label and its grade."""
    if grade.last > row.last > grade.index:  # a wrapped grade: "Requires", the label, "improvement"
        return grade.index - 1 in stray and _on_one_line(words, grade.index - 1)
    if grade.index < row.first:
        return grade.index - 1 in stray  # the grade is above its label
    page = words[row.last].page
    between = range(row.last + 1, grade.index)
    return words[grade.index].page == page and any(index in stray for index in between)


def _last_of_table(
    words: Sequence[PrintedWord], rows: Sequence[TableRow], label_words: set[int], grade_words: set[str]
) -> int:
    """Return the index of the last word of the table."""
    # The grades of the last labels may be a column of their own below them; the table then ends with the last grade.
    last = rows[-1].last
    last_rows = words[rows[-2].first : last + 1] if len(rows) > 1 else ()
    if len(rows) == 1 or any(word.text in grade_words and id(word) not in label_words for word in last_rows):
        return last
    end = last + 1  # the column of grades may have its own header
    while end < len(words) and words[end].text in grade_words | _IGNORED:
        last = end if words[end].text in grade_words else last
        end += 1
    return last


def _adjoins_rows(
    words: Sequence[PrintedWord], run: Sequence[_IndexedWord], table: tuple[int, int], score: set[str]
) -> bool:
    """Return whether a grade is printed among the rows of a table or directly next to them.

    `table` has the indexes of its first and last word, and `score` the words that come before a score.
    """
    # Only a number (of a footnote or a page, or a score) may be in between.
    first, last = table
    if run[-1][0] < first:  # a row may have a number before its label: "Good", "1. Children who need help"
        return all(word.text[0].isdigit() for word in words[run[-1][0] + 1 : first])
    return all(word.text[0].isdigit() or word.text in score for word in words[last + 1 : run[0][0]])


def _has_unread_cell(words: Sequence[PrintedWord], rows: Sequence[TableRow], found: _FoundGrades) -> bool:
    """Return whether words that are neither label nor grade are printed in a table, or between it and its header."""
    first, last = _ends(rows, found.grades)
    return any(first < index < last for index in found.stray) or _unread_words_above(words, first) > 0


def _unread_words_above(words: Sequence[PrintedWord], first: int) -> int:
    """Return the number of words between the header of a table and its first label or grade; 0 without a header."""
    lines: dict[int, list[str]] = {}
    for word in reversed(words[max(0, first - _MOST_UNREAD) : first]):
        if word.page == words[first].page and word.line < words[first].line:
            lines.setdefault(word.line, []).append(word.text)
    headers = [i for i, texts in enumerate(lines.values()) if all(text in _IGNORED for text in texts)]
    return sum(len(texts) for texts in [*lines.values()][: headers[0]]) if headers else 0


def _ends(rows: Sequence[TableRow], grades: Sequence[TableGrade]) -> tuple[int, int]:
    """Return the indexes of the first word of a table, and of the first word of its last label or grade."""
    places = [*(row.first for row in rows), *(grade.index for grade in grades)]
    return min(places), max(places)


def _pair_damaged(words: Sequence[PrintedWord], rows: Sequence[TableRow], found: _FoundGrades) -> dict[int, TableGrade]:
    """Return the grade of each row, by the index of the row's first word, in a table with words that cannot be read.

    The number of grades proves nothing here: a label may be lost and the grade of another row. If the table begins with
    a label, each grade is below its label; if it begins with a grade and ends with a label, above. If its first cell
    cannot be read either, its last one must agree; otherwise no grade is sure.
    """
    if not found.grades:
        return {}
    first, last = _ends(rows, found.grades)
    is_below, ends_with_label = first == rows[0].first, last == rows[-1].first
    if unread := _unread_words_above(words, first):
        # What is unread is a label if a grade follows, and a grade if a label follows: then the last cell is like it.
        if is_below != ends_with_label or (is_below and unread > _GRADE_WORDS):
            return {}
        is_below = not is_below
    elif not is_below and not ends_with_label:
        return _pair_by_lines(words, rows, found)
    return _pair_below(rows, found.grades) if is_below else _pair_above(rows, found)


def _pair_by_lines(
    words: Sequence[PrintedWord], rows: Sequence[TableRow], found: _FoundGrades
) -> dict[int, TableGrade]:
    """Return the grade of each row in a table that begins and ends with a grade, or begins and ends with a label.

    A cell was lost at one end. Which end it was is known if a grade is printed on the line of a label, after it or
    before it; otherwise no grade is sure.
    """
    grades = found.grades
    is_after = any(row.last + 1 == grade.index and _on_one_line(words, row.last) for row in rows for grade in grades)
    is_before = any(
        grade.index + len(grade.words) == row.first and _on_one_line(words, row.first - 1)
        for row in rows
        for grade in grades
    )
    if is_after == is_before:
        return {}
    return _pair_below(rows, grades) if is_after else _pair_above(rows, found)


def _on_one_line(words: Sequence[PrintedWord], index: int) -> bool:
    """Return whether a word and the next are printed on one line."""
    return words[index].line == words[index + 1].line


def _pair(words: Sequence[PrintedWord], rows: Sequence[TableRow], found: _FoundGrades) -> dict[int, TableGrade]:
    """Return the grade of each table row, by the index of the row's first word.

    Rows without a clear grade are left out.
    """
    # With as many grades as rows, print order decides, so a grade may be on either side of its label, or all grades in
    # a column of their own. Otherwise a row takes the only grade before the next row; if there are two, it takes none.
    # If the table begins with a grade, the grades are above their labels, unless a label was lost.
    grades = found.grades
    rows_before = [sum(row.first <= grade.index for row in rows) for grade in grades]
    alternating = all(count in (i, i + 1) for i, count in enumerate(rows_before))
    if len(rows) == len(grades) and (alternating or _in_columns(rows_before)):
        return {row.first: grade for row, grade in zip(rows, grades, strict=True)}
    first, last = _ends(rows, grades)
    if first != rows[0].first:
        return _pair_above(rows, found) if last == rows[-1].first else _pair_by_lines(words, rows, found)
    has_lost_one = rows_before == list(range(1, len(rows))) and not found.ends_with_grade
    return _pair_by_lines(words, rows, found) if has_lost_one else _pair_below(rows, grades)


def _in_columns(rows_before: Sequence[int]) -> bool:
    """Return whether labels are followed by as many grades, in one column or in several.

    `rows_before` has the number of labels above each grade: [1, 2, 5, 5, 5] for two labels with their grades, and then
    three labels above three grades.
    """
    ends = [*rows_before[1:], None]
    return all(
        count == i if count != below else count >= i
        for i, (count, below) in enumerate(zip(rows_before, ends, strict=True), 1)
    )


def _pair_below(rows: Sequence[TableRow], grades: Sequence[TableGrade]) -> dict[int, TableGrade]:
    """Return for each row the only grade before the next row."""
    pairs: dict[int, TableGrade] = {}
    has_several = []
    for i, row in enumerate(rows):
        next_row = rows[i + 1].first if i + 1 < len(rows) else float("inf")
        own = [grade for grade in grades if row.first <= grade.index < next_row]
        has_several.append(len(own) > 1)
        if len(own) == 1:
            pairs[row.first] = own[0]
    if len(rows) > _FEWEST_CROWDED and all(has_several[:-1]):
        return {}  # a column of previous grades: only the first grade below the last label is found
    return pairs


def _pair_above(rows: Sequence[TableRow], found: _FoundGrades) -> dict[int, TableGrade]:
    """Return for each row the only grade after the row before, with nothing unread between the grade and the label."""
    pairs: dict[int, TableGrade] = {}
    for i, row in enumerate(rows):
        row_before = rows[i - 1].last if i else -1
        own = [grade for grade in found.grades if row_before < grade.index <= row.last]
        if len(own) == 1 and not any(own[0].index < index < row.first for index in found.stray):
            pairs[row.first] = own[0]
    return pairs
