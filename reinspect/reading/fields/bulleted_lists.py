"""Read the lists of a joint inspection letter: a bullet opens an item, and boxes with studies may interrupt the list.

    printed lines                                    items
    "Areas for improvement"
    "The police"                                     (a heading within the list)
    "• Checks are not always"                        "Checks are not always made in time."
    "Practice study: ... "  "A child ..."            (a box: its lines belong to no item)
    "made in time."
    "• Plans are slow. They lack:"                   "Plans are slow. They lack: clear dates"
    "  − clear dates"

The box is drawn around its text, so its lines are laid out apart (`layout.ruled_cells`). In text without that, a study
ends where the next item begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reinspect.model import Improvement
from reinspect.reading.fields.improvements import states_none
from reinspect.reading.layout.lines import BULLET, SENTENCE_END, PrintedLine, cite_lines, join_lines, without_bullet
from reinspect.reading.layout.ruled_cells import BETWEEN_ROWS, count_line_ends

_STUDY = re.compile(r"(?:Case|Practice)\s+stud(?:y|ies)\b", re.IGNORECASE)
_SUBHEADING_WORDS = 14
_FEWEST_PARAGRAPH_CHARACTERS = 25
"""Number of characters of the shortest paragraph that is an item without a full stop; a shorter one is a heading."""


def find_study_lines(lines: Sequence[PrintedLine], pages: Sequence[str]) -> set[PrintedLine]:
    """Return the lines of the boxes that tell the story of a case ("Practice study: highly effective practice")."""
    found: set[PrintedLine] = set()
    groups = _split_groups(lines, pages)
    laid_out = {group[0].page for group in groups if "\n" * BETWEEN_ROWS in pages[group[0].page - 1]}
    goes_on = False
    for i, group in enumerate(groups):
        first_on_page = i == 0 or groups[i - 1][0].page != group[0].page
        is_study = bool(_STUDY.match(group[0].text)) and group[0].page in laid_out
        # A box that fills its page has no rows around it, so the unfinished sentence before it decides.
        is_rest = goes_on and first_on_page and (group[0].page in laid_out or group[0].text[:1].islower())
        if is_study or is_rest:
            found.update(group)
        goes_on = (is_study or is_rest) and not SENTENCE_END.search(group[-1].text)
    return found


def _split_groups(lines: Sequence[PrintedLine], pages: Sequence[str]) -> list[list[PrintedLine]]:
    """Split lines into groups that page ends and rows of blank lines divide."""
    groups: list[list[PrintedLine]] = []
    before: PrintedLine | None = None
    for line in lines:
        near = before is not None and before.page == line.page
        if before is not None and near and count_line_ends(pages[line.page - 1], before, line) < BETWEEN_ROWS:
            groups[-1].append(line)
        else:
            groups.append([line])
        before = line
    return groups


def read_items(lines: Sequence[PrintedLine], document: str) -> tuple[Improvement, ...]:
    """Read the items of a list from its lines, without its heading. "There are none" is not an item."""
    items = _split_items(lines)
    texts = [(item, join_lines(without_bullet(line.text) for line in item)) for item in items]
    listed = [(item, text) for item, text in texts if not states_none(text)]
    return tuple(
        Improvement(index=index, text=text, evidence=cite_lines(item, document))
        for index, (item, text) in enumerate(listed, start=1)
    )


def _split_items(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    glyphs = [bullet[0].strip() for line in lines if (bullet := BULLET.match(line.text))]
    if not glyphs:
        return _split_paragraphs(lines)
    main = glyphs[0]
    items: list[list[PrintedLine]] = []
    in_study = False
    for i, line in enumerate(lines):
        bullet = BULLET.match(line.text)
        follows = lines[i + 1].text if i + 1 < len(lines) else ""
        if bullet and bullet[0].strip() == main and not _is_part(items, line.text[bullet.end() :]):
            items.append([line])
            in_study = False
        elif _STUDY.match(line.text):
            in_study = True
        elif items and not in_study and not _is_subheading(items[-1][-1].text, line.text, follows):
            items[-1].append(line)
    return items


def _is_part(items: Sequence[Sequence[PrintedLine]], text: str) -> bool:
    """Return whether a bullet is a part of the item before, which ends with a colon or lists such parts already."""
    if not items or not text[:1].islower():
        return False
    item = items[-1]
    opening = [line.text for line in item if line is item[0] or not BULLET.match(line.text)]
    return item[-1].text.endswith(":") or (
        item[-1].text.endswith((";", ",", " and")) and any(t.endswith(":") for t in opening)
    )


def _is_subheading(before: str, text: str, follows: str) -> bool:
    """Return whether a line is a heading within the list: it stands alone, directly before a bullet."""
    stands_alone = bool(SENTENCE_END.search(before)) and not SENTENCE_END.search(text)
    short = len(text.split()) <= _SUBHEADING_WORDS and text[:1].isupper()
    return stands_alone and short and bool(BULLET.match(follows))


def _split_paragraphs(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Split the lines of a list without bullets into its paragraphs."""
    items: list[list[PrintedLine]] = []
    width = max((len(line.text) for line in lines), default=0)
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        opens = before is None or (
            SENTENCE_END.search(before.text) and (line.after_blank_line or len(before.text) < width * 0.85)
        )
        if opens:
            items.append([line])
        else:
            items[-1].append(line)
    return [item for item in items if _is_item(join_lines(line.text for line in item))]


def _is_item(text: str) -> bool:
    """Return whether a paragraph is an item, and not a heading such as "The police"."""
    return len(text) >= _FEWEST_PARAGRAPH_CHARACTERS or (" " in text and bool(SENTENCE_END.search(text)))
