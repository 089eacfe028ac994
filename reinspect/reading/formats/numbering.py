"""The numbers and bullets that Word prints before paragraphs; they are not in the text, but counted as it is read.

A report's paragraph numbers are what citations go by, so they must come out as printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = range(9)
_LONGEST_CHAIN = 16  # of styles, each based on the next: a damaged file may hold a ring


def named(name: str) -> str:
    """A WordprocessingML element's or attribute's name, as ElementTree spells it."""
    return _WORD + name


class Numbering:
    """The lists of one document, and how far each has counted."""

    def __init__(self, *, styles: Element | None, numbering: Element | None) -> None:
        self._styles = _by_id(styles, "style", "styleId")
        self._patterns = _by_id(numbering, "abstractNum", "abstractNumId")
        self._lists = _by_id(numbering, "num", "numId")
        self._counts: dict[str, dict[int, int]] = {}  # of each pattern: lists of one pattern count on together
        self._restarted: set[tuple[str, int]] = set()

    def marker(self, paragraph: Element) -> str:
        """What is printed before this paragraph ("3. ", "• ", "◦ "), counting it; empty where nothing is."""
        number, depth = self._place(paragraph)
        pattern = _value(self._lists.get(number), "abstractNumId")
        level = self._level(pattern, depth)
        form = _value(level, "numFmt")
        if level is None or form == "none":
            return ""
        if form == "bullet":
            return "◦ " if depth else "• "
        counts = self._counted(number, pattern, depth)
        printed = _value(level, "lvlText")
        for above in range(depth + 1):
            form = _value(self._level(pattern, above), "numFmt")
            printed = printed.replace(f"%{above + 1}", _written(counts.get(above, 1), form))
        return f"{printed} " if printed else ""

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """The list of a paragraph ("" or "0" for none) and its depth there: its own word first, then its style's."""
        number = depth = ""
        for properties in self._properties(paragraph):
            mark = properties.find(named("numPr"))
            number, depth = number or _value(mark, "numId"), depth or _value(mark, "ilvl")
        return number, min(_number(depth, 0), _LEVELS[-1])

    def _properties(self, paragraph: Element) -> Iterator[Element]:
        """The properties of a paragraph, of its style, and of the styles that this is based on."""
        properties = paragraph.find(named("pPr"))
        if properties is None:
            return
        yield properties
        style = self._styles.get(_value(properties, "pStyle"))
        for _ in range(_LONGEST_CHAIN):
            if style is None:
                return
            if (properties := style.find(named("pPr"))) is not None:
                yield properties
            style = self._styles.get(_value(style, "basedOn"))

    def _level(self, pattern: str, depth: int) -> Element | None:
        levels = self._patterns[pattern].iter(named("lvl")) if pattern in self._patterns else iter(())
        return next((level for level in levels if level.get(named("ilvl")) == str(depth)), None)

    def _counted(self, number: str, pattern: str, depth: int) -> dict[int, int]:
        """The count at each level, after one more at this one; deeper levels begin anew."""
        counts = self._counts.setdefault(pattern, {})
        restart = self._restart(number, depth)
        if restart is not None or depth not in counts:
            start = _number(_value(self._level(pattern, depth), "start"), 1)
            counts[depth] = start if restart is None else restart
        else:
            counts[depth] += 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return counts

    def _restart(self, number: str, depth: int) -> int | None:
        """Where this list begins its own count, the first time that it is asked."""
        if (number, depth) in self._restarted:
            return None
        self._restarted.add((number, depth))
        overrides = self._lists[number].iter(named("lvlOverride"))
        override = next((found for found in overrides if found.get(named("ilvl")) == str(depth)), None)
        start = _value(override, "startOverride")
        return _number(start, 1) if start else None


def _by_id(root: Element | None, name: str, identifier: str) -> dict[str, Element]:
    found = root.iter(named(name)) if root is not None else iter(())
    return {element.get(named(identifier), ""): element for element in found}


def _value(parent: Element | None, name: str) -> str:
    """The `val` of a child element, or an empty string."""
    child = parent.find(named(name)) if parent is not None else None
    return child.get(named("val"), "") if child is not None else ""


def _number(printed: str, otherwise: int) -> int:
    return int(printed) if printed.isascii() and printed.isdigit() and len(printed) < 7 else otherwise


def _written(count: int, form: str) -> str:
    """A count as a list level writes it: 3, c, C, iii or III."""
    if form in {"lowerLetter", "upperLetter"}:
        written = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count < 1000 else str(count)
    elif form in {"lowerRoman", "upperRoman"} and 0 < count < 1000:
        written = _roman(count)
    else:
        written = str(count)
    return written.upper() if form.startswith("upper") else written


def _roman(count: int) -> str:
    written = ""
    for value, numeral in _ROMAN:
        times, count = divmod(count, value)
        written += numeral * times
    return written
