"""Grades on the screen: always a shape and a word, and a colour in addition.

No state is shown by colour alone: without colour the shape and the word remain.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from reinspect.frameworks import frameworks

QUIET = "dim"
STRONG = "bold"
_STYLES = {
    1: "bold $grade-outstanding",
    2: "bold $grade-good",
    3: "bold $grade-improve",
    4: "bold $grade-inadequate",
}
_SHORT_WORDS = {"requires improvement": "requires imp."}
# Names of strands that a narrow column would cut.
_SHORT_NAMES = {"In care and care leavers": ("In care and leavers", "Care and leavers")}
_LEGEND_GAP = "  "


def grade_style(rung: int | None) -> str:
    """Return the style of a grade by its rung, from 1 (the best) to 4."""
    return _STYLES.get(rung or 0, STRONG)


def graded(word: str, shape: str, rung: int | None, *, short: bool = False) -> Content:
    """Return shape and word of a grade: "◆ Outstanding".

    The style depends on the rung, from 1 (the best) to 4. `short` abbreviates the longest words for a table.
    """
    word = _SHORT_WORDS.get(word, word) if short else word
    text = f"{shape} {word[:1].upper()}{word[1:]}".strip()
    return Content.styled(text, grade_style(rung))


def grade_word(framework: str, grade: str | None, *, short: bool = False) -> Content:
    """Return a grade's shape and word in its colour: "◆ Outstanding"; "–" for no grade."""
    if grade is None:
        return quiet("–")
    known = frameworks().get(framework)
    step = known.grade(grade) if known else None
    return graded(grade, step.shape if step else "", step.rung if step else None, short=short)


def grade_letter(framework: str, grade: str | None) -> Content:
    """Return shape and letter of a grade, for a narrow column: "◆ O"; "–" for no or an unknown grade."""
    known = frameworks().get(framework)
    step = known.grade(grade) if known and grade else None
    return graded(step.letter, step.shape, step.rung) if step else quiet("–")


def name_within(name: str, width: int) -> str:
    """Return the name of a strand, or a shorter one if it does not fit into `width` cells."""
    return next((each for each in (name, *_SHORT_NAMES.get(name, ())) if len(each) <= width), name)


def quiet(text: str) -> Content:
    """Return a dimmed text, as used in place of a grade: "not judged", "no such strand"."""
    return Content.styled(text, QUIET)


def legend(room: int = 100) -> Content:
    """Return what the shapes mean, in one line of at most `room` cells if that can be: with shorter words, or fewer."""
    whole, short, least = (_legend(number) for number in range(3))
    return next((line for line in (whole, short) if line.cell_length <= room), least)


def wrapped_legend(room: int) -> Content:
    """Return what the shapes mean, in lines of at most `room` cells; a shape stays with its word."""
    return in_lines(_legend_items(0), room)


def in_lines(items: Sequence[Content], room: int, indent: int = 0) -> Content:
    """Return items with a gap between them, in lines of at most `room` cells; no item is broken.

    All lines but the first are indented.
    """
    lines: list[Content] = []
    for item in items:
        if lines and lines[-1].cell_length + len(_LEGEND_GAP) + item.cell_length <= room:
            lines[-1] = Content.assemble(lines[-1], _LEGEND_GAP, item)
        else:
            lines.append(item)
    return Content(f"\n{' ' * indent}").join(lines)


def _legend(shortness: int) -> Content:
    return Content(_LEGEND_GAP).join(_legend_items(shortness))


def _legend_items(shortness: int) -> list[Content]:
    names = (
        ("Outstanding", "Good", "Requires improvement", "Inadequate"),
        ("Outstanding", "Good", "Requires imp.", "Inadequate"),
        ("O", "G", "R", "I"),
    )[shortness]
    grades = zip(names, "◆●▲■", range(1, 5), strict=True)
    others = ("┊ visit", "∅ not judged", "? not stored")[: 3 - shortness]
    return [
        *(Content.assemble((shape, grade_style(rung)), " ", (word, QUIET)) for word, shape, rung in grades),
        *map(quiet, others),
    ]
