"""Grades on the screen: always a shape and a word, and a colour in addition.

No state is shown by colour alone: without colour the shape and the word remain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from textual.content import Content

from reinspect.frameworks import frameworks
from tui.app.widgets.drawing import in_lines

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
_GRADE_WORDS = (
    ("Outstanding", "Good", "Requires improvement", "Inadequate"),
    ("Outstanding", "Good", "Requires imp.", "Inadequate"),
    ("O", "G", "R", "I"),
)
_GRADE_MARKS = ("◆", "●", "▲ R", "■")
_ADEQUATE = "▲ A "
_OTHER_SIGNS = ("┊ visit", "∅ not judged", "? not stored", "┄ no own grade")
_RARE_SIGNS = ("┄ no own grade",)


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


def legend(room: int = 100, drawn: str = "") -> Content:
    """Return what the signs of a chart mean, in one line of at most `room` cells if that can be.

    To fit, words are shortened, and signs are left out; never one that is in `drawn`, the text of the chart. Where even
    that is too much, there are several lines.
    """
    shorter_and_shorter = list(_choices_of_signs(drawn))
    fitting = (line for signs in shorter_and_shorter if (line := _line(signs)).cell_length <= room)
    return next(fitting, None) or in_lines([sign.words for sign in shorter_and_shorter[-1]], room)


def wrapped_legend(room: int) -> Content:
    """Return what the signs mean, in lines of at most `room` cells; a sign stays with its word."""
    return in_lines([sign.words for sign in _signs(0)], room)


class _Sign(NamedTuple):
    """A sign as it is drawn, and its line in the legend."""

    mark: str
    words: Content


def _line(signs: Iterable[_Sign]) -> Content:
    return Content(_LEGEND_GAP).join(sign.words for sign in signs)


def _choices_of_signs(drawn: str) -> Iterator[list[_Sign]]:
    """Yield the signs, with their words shorter each time, and before that without one more that is not drawn."""
    yield list(_signs(0, drawn))
    for shortness in range(1, len(_GRADE_WORDS)):
        signs = list(_signs(shortness, drawn))
        yield list(signs)
        for spare in reversed([sign for sign in signs if sign.mark not in drawn]):
            signs.remove(spare)
            yield list(signs)


def _signs(shortness: int, drawn: str = "") -> Iterator[_Sign]:
    """Yield the signs; those that few charts have only if they are drawn."""
    for name, mark, rung in zip(_GRADE_WORDS[shortness], _GRADE_MARKS, range(1, 5), strict=True):
        yield _Sign(mark, Content.assemble((mark[0], grade_style(rung)), " ", (name, QUIET)))
    if _ADEQUATE in drawn:
        yield _Sign(_ADEQUATE, Content.assemble((_ADEQUATE, grade_style(3)), ("Adequate", QUIET)))
    for words in _OTHER_SIGNS:
        if words[0] in drawn or words not in _RARE_SIGNS:
            yield _Sign(words[0], quiet(words))
