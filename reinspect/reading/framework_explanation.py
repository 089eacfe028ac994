"""Say for each framework why it was chosen for a document, or why not: for a person who writes a framework file.

A framework with grades is chosen by its title, the labels of its table and its grades. One without grades is chosen by
its title, and by what a document of its type always prints: a salutation, or an outcome and days of inspection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from reinspect.frameworks import Framework, frameworks
from reinspect.model import Document, Reading
from reinspect.reading.document_text import DocumentText
from reinspect.reading.fields.judgement_table import find_table
from reinspect.reading.fields.prose_grades import find_prose_grade
from reinspect.reading.fields.templates import find_matches
from reinspect.reading.layout.lines import PrintedLine
from reinspect.reading.layout.words import fold_words, normalise_words, split_words

_FRONT_PAGES = 4


class FrameworkExplanation(msgspec.Struct, frozen=True, kw_only=True):
    """A framework that was tried for a document: whether it was chosen, and what was found of it."""

    framework: str
    chosen: bool
    reasons: tuple[str, ...]


def explain_frameworks(reading: Reading) -> tuple[FrameworkExplanation, ...]:
    """Return for each framework, in order of time, what a document prints of it and why it was not chosen."""
    document: Document = reading.document
    source = DocumentText.from_pages(document, reading.file, reading.pages)
    front = source.first_pages(_FRONT_PAGES)
    return tuple(
        FrameworkExplanation(
            framework=framework.key,
            chosen=reading.facts.framework == framework.key,
            reasons=tuple(_reasons(framework, source, front, reading)),
        )
        for framework in frameworks().values()
    )


def _reasons(
    framework: Framework, source: DocumentText, front: Sequence[PrintedLine], reading: Reading
) -> Iterator[str]:
    if not framework.document:
        yield "no document of it is read: its file names no `document` type"
        return
    titled = next(find_matches(front, framework.titles), None) is not None
    if framework.titles:
        yield "its title is printed" if titled else f'its title is not printed: "{framework.titles[0]}"'
    if reading.facts.framework == framework.key and reading.document.kind == "coverage":
        yield "an article names such an inspection"
        return
    if framework.document != "graded report":
        if titled:
            yield from _missing_parts(framework, front, reading)
            yield from _why_another_was_chosen(framework, reading, set())
        return
    graded = _graded_strands(framework, source, front)
    if not graded:
        yield from _ungraded(framework, front)
        return
    with_grade = {strand for strand, is_judged in graded.items() if is_judged}
    if with_grade:
        yield f"graded: {_names(framework, with_grade)}"
    if not_judged := graded.keys() - with_grade:
        yield f"printed as not judged: {_names(framework, not_judged)}"
    unread = _labelled_rows(framework, front) - graded.keys()
    if unread:
        yield (
            f"no grade could be read next to the label of {_names(framework, unread)}: between a label and its grade "
            "only a score may be printed"
        )
    required = {strand.key for strand in framework.strands if strand.required}
    if missing := required - graded.keys() - unread:
        yield f"no grade is printed for {_names(framework, missing)}"
    yield from _why_another_was_chosen(framework, reading, set(graded))


def _missing_parts(framework: Framework, front: Sequence[PrintedLine], reading: Reading) -> Iterator[str]:
    """Yield the required parts that are missing from a document whose title fits."""
    if framework.document == "area send report":
        printed = {line.text.strip(" :").casefold() for line in front}
        if printed.isdisjoint(heading.casefold() for heading in framework.outcome_headings):
            yield f"no heading of its outcome is printed: {_quoted(framework.outcome_headings)}"
        elif reading.document.kind != "report":
            yield "the document is not such a report: it prints no days of inspection, or no partnership in its title"
    elif reading.document.kind != "letter":
        yield "the document is not a letter: it has no salutation, or no subject line"


def _quoted(headings: Sequence[str]) -> str:
    return ", ".join(f'"{heading}"' for heading in headings)


def _ungraded(framework: Framework, front: Sequence[PrintedLine]) -> Iterator[str]:
    """Yield the labels that are printed without a known grade, and those that are not printed at all."""
    printed = f" {' '.join(word.normal for word in split_words(front))} "
    labelled = [strand for strand in framework.strands if strand.labels]
    known = {strand.key for strand in labelled if any(_is_in(label, printed) for label in strand.labels)}
    if known:
        yield f"no table of its grades is printed, though the labels of {_names(framework, known)} are"
    for strand in labelled:
        if strand.key not in known:
            yield f'the label of {strand.name} is not printed: "{strand.labels[0]}"'
    if not labelled:
        yield "none of its sentences with a grade is printed"


def _is_in(label: str, printed: str) -> bool:
    return f" {' '.join(normalise_words(fold_words(label)))} " in printed


def _graded_strands(framework: Framework, source: DocumentText, front: Sequence[PrintedLine]) -> dict[str, bool]:
    """Return the strands in the table of the front pages or in a sentence, and whether each has a grade there."""
    sha256 = source.document.sha256
    table = find_table(front, split_words(front), framework, sha256)
    graded = {judgement.strand: judgement.grade is not None for judgement in table.judgements} if table else {}
    for strand in framework.strands:
        if strand.prose and strand.key not in graded:
            judgement = find_prose_grade(source.lines, strand, framework, sha256)
            if judgement is not None:
                graded[strand.key] = judgement.grade is not None
    return graded


def _labelled_rows(framework: Framework, front: Sequence[PrintedLine]) -> set[str]:
    """Return the keys of the strands whose labels are rows of the table of the front pages."""
    table = find_table(front, split_words(front), framework, "")
    return set(table.strands) if table else set()


def _why_another_was_chosen(framework: Framework, reading: Reading, graded: set[str]) -> Iterator[str]:
    """Yield why another framework was chosen."""
    chosen = frameworks().get(reading.facts.framework or "")
    days = [window.start for window in reading.facts.windows]
    if days and not framework.in_force(days[0]):
        yield f"not in force on {days[0].isoformat()}"
    if chosen is None:
        if framework.document == "graded report" and reading.document.kind != "report":
            yield "the document is not an inspection report: neither its title nor sections on two strands are printed"
    elif chosen.key != framework.key:
        more = {judgement.strand for judgement in reading.facts.judgements} - graded
        if more:
            yield f"{chosen.key} fits better: it has {_names(chosen, more)} too"
        else:
            by = "its title, its required strands or its days" if graded else "its title or its days"
            yield f"{chosen.key} fits as well or better, by {by}"


def _names(framework: Framework, strands: set[str]) -> str:
    return ", ".join(strand.name for strand in framework.strands if strand.key in strands) or ", ".join(sorted(strands))
