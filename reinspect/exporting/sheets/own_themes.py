"""Say how the themes of one authority differ from those of its group: more often, again, and never."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from reinspect.comparing.themes.own_themes import OwnTheme, OwnThemes
from reinspect.exporting.sheet import Listing, Paragraph, SheetItem, SheetSection
from reinspect.exporting.sheets.labels import counted

# Characters of a line of the page of themes.
_ROOM = 700


def own_themes_section(own: OwnThemes) -> SheetSection:
    """Return the comparison with the group as a section of a page."""
    base = Paragraph(
        text=f"{counted(own.own, 'inspection')} of social care compared with {own.group} of {own.words}, kind by kind: "
        "a report lists more improvements than a letter. Joint inspections and those of SEND are not counted."
    )
    items = [SheetItem(marker=f"{heading}:", text=text) for heading, text in own_themes_lines(own, _ROOM)]
    return SheetSection(heading="Compared with the group", blocks=(base, Listing(items=tuple(items))))


def own_themes_lines(own: OwnThemes, room: int) -> Iterator[tuple[str, str]]:
    """Yield three headings with their themes in words, each in about `room` characters."""
    yield "Asked more often than the group", _joined([_more(one) for one in own.more], room, "none clearly")
    yield "Asked again", _joined([_again(one) for one in own.again], room, "none")
    never = _joined([_never(one) for one in own.never], room, "none")
    yield "Never asked in social care inspections, unlike the group", never


def _more(one: OwnTheme) -> str:
    return f"{one.theme.name} ({len(one.asked)} of {one.own}; group {_percent(one)})"


def _again(one: OwnTheme) -> str:
    return f"{one.theme.name} ({', '.join(dict.fromkeys(str(each.year or 'no date') for each in one.asked))})"


def _never(one: OwnTheme) -> str:
    return f"{one.theme.name} (group {_percent(one)})"


def _percent(one: OwnTheme) -> str:
    return f"{100 * one.asked_of_group / one.group:.0f} %"


def _joined(words: list[str], room: int, nothing: str) -> str:
    """Return as many words as fit, at least one, and the number of the others."""
    if not words:
        return nothing
    ends = accumulate(len(word) + 2 for word in words)
    fitting = max(sum(end <= room for end in ends), 1)
    more = f" and {len(words) - fitting} more" if len(words) > fitting else ""
    return f"{', '.join(words[:fitting])}{more}"
