"""Read the rows of a box of actions: the items, and the bodies that are responsible for each.

    printed, one blank line between cells and two between rows      improvement
    "Invented Council and the
     NHS Invented Integrated Care Board"                             bodies "Invented Council", "NHS Invented Integrated
    "Leaders should plan."                                           Care Board"; text "Leaders should plan."

A row may go on after a page end, and the box of one column has no bodies. Text without blank lines between its cells
(a copy, or a file that was stored before cells were laid out) is divided by its wording, which is less sure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from reinspect.model import Improvement
from reinspect.reading.layout.lines import BULLET, PrintedLine, cite_lines, had_room, join_lines, without_bullet
from reinspect.reading.layout.ruled_cells import BETWEEN_CELLS, BETWEEN_ROWS, count_line_ends

_SENTENCE_END = re.compile(r"[.?!][’”'\")\]]*$")
_GOES_ON = re.compile(r"(?:This|These|They|Those|It|In addition|Additionally|Also|As a result|For example)\b")
"""First words of a sentence that continues an item rather than opens one."""
_OPENS_ITEM = re.compile(
    r"(?:(?:The )?(?:[Aa]rea |[Hh]ealth |[Ll]ocal |[Ss]trategic |[Ss]enior |ICB |NHS |[Pp]artnership )*"
    r"(?:leaders?|authority|partners?|partnership|commissioners?|services?|providers?|ICB)\b|Leaders?\b|Commissioners?\b|"
    r"Partners?\b)"
)
"""First words of an item in text without blank lines."""
_DUTY = re.compile(r"\b(?:must|should|needs?|require[sd]?|ensure|continue)\b")
_BODY_END = re.compile(
    r"(?:Council|Councils|Board|Boards|ICBs?|Trusts?|Partnership|Authority|Commissioners?|Providers?|leaders|\(ICB\)"
    r"|\([A-Z]{2,}\)|[Bb]orough of [A-Z][\w’-]+(?: [A-Z][\w’-]+)*)$"
)
_JOINT = re.compile(r"(\s*,\s*(?:and\s+)?|\s+and\s+|\s*;\s*|\s*/\s*)")
_HEADS = ("responsible body", "responsible bodies", "areas for priority action", "area for priority action")
_BODY_WORDS = 26
"""Number of words of the longest list of responsible bodies."""


DIVIDED_BY_WORDING = "the rows of a box were divided by their wording: add the file again if it is a PDF"
"""The warning on a text that does not show where the rows of its boxes end."""


class Row(msgspec.Struct):
    """One row of a box: the lines of its bodies and of its action. A box of one column has no lines of bodies."""

    bodies: list[PrintedLine]
    action: list[PrintedLine]

    @property
    def action_text(self) -> str:
        """The text of the action on one line."""
        return join_lines(without_bullet(line.text) for line in self.action)


def read_rows(
    lines: Sequence[PrintedLine], pages: Sequence[str], is_head: Callable[[str], bool], *, with_bodies: bool
) -> list[Row]:
    """Read the rows of a box from the lines below its heading.

    `is_head` recognises the head of the box, which repeats the heading. With `with_bodies`, the first column names the
    bodies that must act.
    """
    body = [
        line for line in lines if not (is_head(line.text) or line.text.lower().strip(" :") in _HEADS or _is_both(line))
    ]
    if are_laid_out(body, pages):
        rows = [_build_row(row, with_bodies=with_bodies) for row in _split_cells(body, pages)]
    else:
        rows = _split_by_words(body, with_bodies=with_bodies)
    return [row for row in _join_broken(rows) if row.action]


def are_laid_out(lines: Sequence[PrintedLine], pages: Sequence[str]) -> bool:
    """Return whether the rows of the box with these lines are divided by blank lines in the text of the pages.

    Blank lines elsewhere on the page say nothing: text from a PDF often has some above its footers.
    """
    return any(_opens_row(line, pages[line.page - 1]) for line in lines)


def _opens_row(line: PrintedLine, page: str) -> bool:
    """Return whether there are as many line ends before a line as between two rows, no more."""
    above = page[: line.start]
    return len(above) - len(above.rstrip("\n")) == BETWEEN_ROWS and above != "\n" * BETWEEN_ROWS


def build_improvements(rows: Sequence[Row], document: str) -> tuple[Improvement, ...]:
    """Turn rows into improvements, numbered from 1."""
    return tuple(
        Improvement(
            index=index,
            text=row.action_text,
            bodies=split_bodies(join_lines(line.text for line in row.bodies)),
            evidence=cite_lines(row.action, document),
        )
        for index, row in enumerate(rows, start=1)
    )


def split_bodies(printed: str) -> tuple[str, ...]:
    """Split a printed list of bodies: "Invented Council and NHS Invented and Made ICB" gives two."""
    pieces = _JOINT.split(printed.strip(" .,"))
    bodies: list[str] = []
    name = ""
    for place, piece in enumerate(pieces):
        if place % 2:
            name += piece if name else ""
            continue
        name += piece
        # "NHS Invented" in "NHS Invented and Made Integrated Care Board" is not a body: its name is not complete.
        if _BODY_END.search(name):
            bodies.append(name)
            name = ""
    if name:
        bodies.append(name)
    return tuple(re.sub(r"^(?:the|and)\s+", "", body.strip(" ,")) for body in bodies)


def _is_both(line: PrintedLine) -> bool:
    """Return whether a line is the heads of both columns: "Responsible body Areas for priority action"."""
    return re.fullmatch(r"responsible bod(?:y|ies)\s+areas? for priority actions?", line.text.strip(), re.I) is not None


def _split_cells(lines: Sequence[PrintedLine], pages: Sequence[str]) -> list[list[list[PrintedLine]]]:
    """Split lines into rows of cells, by the number of blank lines between them and by the page ends."""
    rows: list[list[list[PrintedLine]]] = []
    before: PrintedLine | None = None
    for line in lines:
        ends = BETWEEN_ROWS
        if before is not None and before.page == line.page:
            ends = count_line_ends(pages[line.page - 1], before, line)
        if before is None or ends >= BETWEEN_ROWS:
            rows.append([[line]])
        elif ends == BETWEEN_CELLS:
            rows[-1].append([line])
        else:
            rows[-1][-1].append(line)
        before = line
    return rows


def _build_row(cells: Sequence[list[PrintedLine]], *, with_bodies: bool) -> Row:
    if not with_bodies:
        return Row([], [line for cell in cells for line in cell])
    if len(cells) == 1:
        return Row([], list(cells[0])) if _is_action(cells[0]) else Row(list(cells[0]), [])
    return Row(list(cells[0]), [line for cell in cells[1:] for line in cell])


def _is_action(lines: Sequence[PrintedLine]) -> bool:
    """Return whether the lines of a cell are an action and not the names of bodies."""
    text = join_lines(line.text for line in lines)
    return bool(
        _SENTENCE_END.search(text)
        or _DUTY.search(text)
        or BULLET.match(text)
        or text[:1].islower()
        or len(text.split()) > _BODY_WORDS
    )


def _join_broken(rows: Sequence[Row]) -> list[Row]:
    """Join the parts of the rows that a page end divides."""
    known = {join_lines(line.text for line in row.bodies) for row in rows}
    joined: list[Row] = []
    for row in rows:
        if joined and _page(row) != _page(joined[-1], last=True) and _continues(joined[-1], row, known):
            joined[-1].bodies += row.bodies
            joined[-1].action += row.action
        else:
            joined.append(Row(list(row.bodies), list(row.action)))
    return joined


def _page(row: Row, *, last: bool = False) -> int:
    lines = row.action or row.bodies
    return lines[-1 if last else 0].page


def _continues(before: Row, row: Row, known: set[str]) -> bool:
    """Return whether the first row of a page is the rest of the last row of the page before."""
    if not row.action or not before.action:
        return True
    if bool(row.bodies) != bool(before.bodies):
        return not row.bodies
    if not _SENTENCE_END.search(before.action[-1].text):
        return True
    opening = row.action[0].text
    if opening[:1].islower() or BULLET.match(opening) or _GOES_ON.match(opening):
        return True
    both = join_lines(line.text for line in (*before.bodies, *row.bodies))
    return bool(row.bodies) and both in known


def _split_by_words(lines: Sequence[PrintedLine], *, with_bodies: bool) -> list[Row]:
    """Divide text without blank lines between its cells into rows, by its wording."""
    rows: list[Row] = []
    width = max((len(line.text) for line in lines), default=0)
    for i, line in enumerate(lines):
        before = lines[i - 1].text if i else ""
        at_end = not rows or bool(rows[-1].action and _SENTENCE_END.search(before))
        if with_bodies:
            opens = at_end and not (BULLET.match(line.text) or _GOES_ON.match(line.text) or _is_action_line(line.text))
            if opens:
                rows.append(Row([line], []))
            elif rows and not rows[-1].action and not _is_action_line(line.text):
                rows[-1].bodies.append(line)
            elif rows:
                rows[-1].action.append(line)
        elif at_end and (not rows or _OPENS_ITEM.match(line.text) or _opens_paragraph(line, lines[i - 1], width)):
            rows.append(Row([], [line]))
        else:
            rows[-1].action.append(line)
    return rows


def _opens_paragraph(line: PrintedLine, before: PrintedLine, width: int) -> bool:
    """Return whether a line opens a paragraph: after a blank line, or after a line that its first word would fit on."""
    if line.page != before.page or not line.text[0].isupper() or _GOES_ON.match(line.text):
        return False
    return line.after_blank_line or had_room(before, line, width)


def _is_action_line(text: str) -> bool:
    return bool(_OPENS_ITEM.match(text) and not _BODY_END.search(text)) or bool(_DUTY.search(text))
