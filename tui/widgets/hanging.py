"""Text whose lines after the first stand under its words, not under its bullet or its indent."""

from __future__ import annotations

import re

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

_LEAD = re.compile(r" *(?:(?:[-·>]|\d{1,3}\.) +)?")
_NARROWEST = 20


class Hanging(Visual):
    """A content that wraps with a hanging indent: as deep as its leading spaces and its bullet or number."""

    def __init__(self, content: Content) -> None:
        lead = _LEAD.match(content.plain)
        depth = lead.end() if lead else 0
        self._whole, self._lead, self._body = content, content[:depth], content[depth:]

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The lines, each `width` cells wide at most."""
        if width < self._depth + _NARROWEST:
            return self._whole.render_strips(width, height, style, options)
        strips = self._body.render_strips(width - self._depth, height, style, options)
        first = self._lead.render_strips(self._depth, 1, style, options)
        blank = [Strip.blank(self._depth, style.rich_style)]
        return [Strip.join([*(first if row == 0 else blank), strip]) for row, strip in enumerate(strips)]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """The cells that the content takes when nothing wraps."""
        return self._whole.get_optimal_width(rules, container_width)

    def get_minimal_width(self, rules: RulesMap) -> int:
        """The cells of its longest word, with the indent before it."""
        return self._depth + self._body.get_minimal_width(rules)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """How many lines it takes at this width."""
        if width < self._depth + _NARROWEST:
            return self._whole.get_height(rules, width)
        return self._body.get_height(rules, width - self._depth)

    @property
    def _depth(self) -> int:
        return self._lead.cell_length
