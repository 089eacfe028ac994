"""A grade on the screen: its shape and its word always, its colour besides.

No state is told by colour alone (design.md 8); without colour the shape and the word are left.
"""

from __future__ import annotations

from textual.content import Content

from reinspect.frameworks import frameworks

QUIET = "dim"
STRONG = "bold"
_STYLES = {1: "$text-success bold", 2: "$text-success", 3: "$text-warning", 4: "$text-error bold"}
_SHORTER = {"requires improvement": "requires imp."}


def graded(word: str, shape: str, rung: int | None, *, short: bool = False) -> Content:
    """Shape and word of a grade: "◆ Outstanding". The style follows the rung, 1 being the best.

    `short` cuts the longest words for a table.
    """
    word = _SHORTER.get(word, word) if short else word
    words = f"{shape} {word[:1].upper()}{word[1:]}".strip()
    return Content.styled(words, _STYLES.get(rung or 0, STRONG))


def grade_word(framework: str, grade: str | None, *, short: bool = False) -> Content:
    """A grade of a framework with its shape (see `graded`)."""
    if grade is None:
        return quiet("–")
    known = frameworks().get(framework)
    step = known.grade(grade) if known else None
    return graded(grade, step.shape if step else "", step.rung if step else None, short=short)


def grade_letter(framework: str, grade: str | None) -> Content:
    """Shape and letter of a grade, for a narrow column: "◆ O"."""
    known = frameworks().get(framework)
    step = known.grade(grade) if known and grade else None
    return graded(step.letter, step.shape, step.rung) if step else quiet("–")


def quiet(words: str) -> Content:
    """Words that stand where no grade is: "not judged", "no such strand"."""
    return Content.styled(words, QUIET)
