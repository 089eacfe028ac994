"""Compute the numbers and bullets that Word prints before paragraphs.

A .docx file does not store these numbers: it stores list definitions, and Word counts the paragraphs of each list. The
numbers must be the printed ones, because citations use the paragraph numbers of a report.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = range(9)
_LONGEST_STYLE_CHAIN = 16  # each style is based on the next; in a damaged file the chain may be a ring


def word_name(name: str) -> str:
    """Return the name of a Word XML element or attribute with its namespace: "p" -> "{http://...}p"."""
    return _NAMESPACE + name


class Numbering:
    """The numbered and bulleted lists of a Word document, with the current count of each list."""

    def __init__(self, *, styles: Element | None, numbering: Element | None) -> None:
        """Prepare the lists from the root XML elements of the styles and of the list definitions (None if missing)."""
        self._styles = _by_id(styles, "style", "styleId")
        self._patterns = _by_id(numbering, "abstractNum", "abstractNumId")
        self._lists = _by_id(numbering, "num", "numId")
        self._counts: dict[str, dict[int, int]] = {}  # by pattern: lists that share a pattern share the count
        self._restarted: set[tuple[str, int]] = set()

    def next_marker(self, paragraph: Element) -> str:
        """Return the number or bullet that Word prints before a paragraph ("3. ", "• "), or "" if there is none.

        Call this once for each paragraph, in print order, because each call counts the paragraph.
        """
        number, depth = self._list_position(paragraph)
        pattern = _value(self._lists.get(number), "abstractNumId")
        level = self._level(pattern, depth)
        number_format = _value(level, "numFmt")
        if level is None or number_format == "none":
            return ""
        if number_format == "bullet":
            return "◦ " if depth else "• "
        counts = self._count(number, pattern, depth)
        marker = _value(level, "lvlText")
        for level_above in range(depth + 1):
            number_format = _value(self._level(pattern, level_above), "numFmt")
            marker = marker.replace(f"%{level_above + 1}", _format_count(counts.get(level_above, 1), number_format))
        return f"{marker} " if marker else ""

    def _list_position(self, paragraph: Element) -> tuple[str, int]:
        """Return the identifier of the list that a paragraph is in ("" or "0" for none), and its depth in the list."""
        number = depth = ""
        # The style of a paragraph applies where the paragraph itself sets nothing.
        for properties in self._properties(paragraph):
            list_properties = properties.find(word_name("numPr"))
            number = number or _value(list_properties, "numId")
            depth = depth or _value(list_properties, "ilvl")
        return number, min(_parse_number(depth, 0), _LEVELS[-1])

    def _properties(self, paragraph: Element) -> Iterator[Element]:
        """Yield the properties of a paragraph, then those of its style and of each style that the style is based on."""
        properties = paragraph.find(word_name("pPr"))
        if properties is None:
            return
        yield properties
        style = self._styles.get(_value(properties, "pStyle"))
        for _ in range(_LONGEST_STYLE_CHAIN):
            if style is None:
                return
            if (properties := style.find(word_name("pPr"))) is not None:
                yield properties
            style = self._styles.get(_value(style, "basedOn"))

    def _level(self, pattern: str, depth: int) -> Element | None:
        levels = self._patterns[pattern].iter(word_name("lvl")) if pattern in self._patterns else iter(())
        return next((level for level in levels if level.get(word_name("ilvl")) == str(depth)), None)

    def _count(self, number: str, pattern: str, depth: int) -> dict[int, int]:
        """Count one more item of a list at this depth; return the counts by depth.

        `number` identifies the list, and `pattern` its definition.
        """
        counts = self._counts.setdefault(pattern, {})
        restart = self._restart_value(number, depth)
        if restart is not None or depth not in counts:
            start = _parse_number(_value(self._level(pattern, depth), "start"), 1)
            counts[depth] = start if restart is None else restart
        else:
            counts[depth] += 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]  # the next item there starts again
        return counts

    def _restart_value(self, number: str, depth: int) -> int | None:
        """Return the number from which a list restarts its count, or None if it does not restart.

        Only the first call for a list and depth returns a number.
        """
        if (number, depth) in self._restarted:
            return None
        self._restarted.add((number, depth))
        overrides = self._lists[number].iter(word_name("lvlOverride"))
        override = next((element for element in overrides if element.get(word_name("ilvl")) == str(depth)), None)
        start = _value(override, "startOverride")
        return _parse_number(start, 1) if start else None


def _by_id(root: Element | None, name: str, identifier: str) -> dict[str, Element]:
    """Return the XML elements with this name, by the value of their attribute `identifier`."""
    elements = root.iter(word_name(name)) if root is not None else iter(())
    return {element.get(word_name(identifier), ""): element for element in elements}


def _value(parent: Element | None, name: str) -> str:
    """Return the `val` attribute of a child element, or "" if there is none."""
    child = parent.find(word_name(name)) if parent is not None else None
    return child.get(word_name("val"), "") if child is not None else ""


def _parse_number(printed: str, default: int) -> int:
    """Parse a number of at most six digits; return the default if the text is anything else."""
    return int(printed) if printed.isascii() and printed.isdigit() and len(printed) < 7 else default


def _format_count(count: int, number_format: str) -> str:
    """Format the number of a list item as Word prints it: 3, c, C, iii or III."""
    if number_format in {"lowerLetter", "upperLetter"}:
        text = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count < 1000 else str(count)
    elif number_format in {"lowerRoman", "upperRoman"} and 0 < count < 1000:
        text = _roman(count)
    else:
        text = str(count)
    return text.upper() if number_format.startswith("upper") else text


def _roman(count: int) -> str:
    """Return a number in small Roman numerals."""
    text = ""
    for value, numeral in _ROMAN:
        times, count = divmod(count, value)
        text += numeral * times
    return text
