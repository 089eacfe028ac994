"""Draw a chart as shapes of a Word file, at the places of the SVG drawing, with a text alternative."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from reinspect.exporting.formats.office_file import xml_text
from reinspect.exporting.formats.svg import (
    HEAD_HEIGHT,
    MARGIN,
    NAME_WIDTH,
    event_positions,
    mark_position,
    name_lines,
    row_positions,
)
from reinspect.exporting.sheet import Chart, ChartMark, DatedMark, Tone

_PIXEL = 9525
# Eleven centimetres: the rest of a page that lies on its side, below the title.
_HIGHEST = 11 * 360_000
_SPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.{address}"'
    for prefix, address in {
        "w": "openxmlformats.org/wordprocessingml/2006/main",
        "wp": "openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "openxmlformats.org/drawingml/2006/main",
        "wps": "microsoft.com/office/word/2010/wordprocessingShape",
        "wpg": "microsoft.com/office/word/2010/wordprocessingGroup",
        "mc": "openxmlformats.org/markup-compatibility/2006",
    }.items()
)
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_GEOMETRIES = {
    "\N{BLACK DIAMOND}": "diamond",
    "\N{BLACK CIRCLE}": "ellipse",
    "\N{BLACK UP-POINTING TRIANGLE}": "triangle",
    "\N{BLACK SQUARE}": "rect",
}
_COLOURS: dict[Tone, str] = {"rung-1": "0B6B3A", "rung-2": "1F5FAE", "rung-3": "95520A", "rung-4": "A3182E"}
_SIGN, _RING, _LABEL_WIDTH, _LABEL_HEIGHT = 26, 12, 96, 26
_MOST_SHAPES = 10_000
_BAND_SHADE, _LINE, _INK = "F3F5F8", "D3D8DF", "1C1F24"


def draw_in_word(chart: Chart, width: int, number: int) -> Any:
    """Return a run with the chart as a group of shapes, at most `width` English metric units wide.

    `number` is the place of the chart in the document, from 1; it makes the numbers of its shapes unique.
    """
    names = [*(row.name for row in chart.rows), *(lane.name for lane in chart.lanes)]
    heights, bottom = row_positions(names)
    height = (bottom + _RING) * _PIXEL
    # Word makes the shapes of a high chart smaller, but not the letters in them, so that its names need more room.
    name_width = NAME_WIDTH * max(1, height / _HIGHEST)
    across = [int(x + name_width - NAME_WIDTH) for x in event_positions([event.day for event in chart.events])]
    right = across[-1] + MARGIN if across else int(name_width) + MARGIN
    first = number * _MOST_SHAPES
    shapes = "".join(_shapes(chart, names, across, heights, bottom, int(name_width), right, count(first + 1)))
    natural = right * _PIXEL
    scaled = min(width, natural, _HIGHEST * natural // height)
    size = f'cx="{scaled}" cy="{height * scaled // natural}"'
    name, words = quoteattr(xml_text(chart.title)), quoteattr(xml_text(chart.alternative))
    return etree.fromstring(
        f'<w:r {_SPACES}><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{first}" name={name} descr={words}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_GROUP}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt cx="{natural}" cy="{height}"/>'
        f"</a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:t>{escape(xml_text(chart.alternative))}</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _shapes(  # noqa: PLR0917 (the measures of one chart)
    chart: Chart,
    names: list[str],
    across: list[int],
    heights: list[int],
    bottom: int,
    name_width: int,
    right: int,
    numbers: Iterator[int],
) -> Iterator[str]:
    for place, band in enumerate(chart.bands):
        left, end = across[band.first] - MARGIN + 2, across[band.last] + MARGIN - 2
        fill = "" if place % 2 else _BAND_SHADE
        yield _shape(next(numbers), left, 0, end - left, bottom, "rect", fill)
        yield _label(next(numbers), left, 0, end - left, band.name, bold=True, height=HEAD_HEIGHT - _LABEL_HEIGHT)
    for name, y in zip(names, heights, strict=True):
        yield _shape(next(numbers), name_width, y, right - name_width, 0, "line", "", _LINE)
        lines = name_lines(name)
        top = y - _LABEL_HEIGHT * max(1, len(lines) / 2) / 2
        height = _LABEL_HEIGHT * max(1, len(lines) / 2)
        yield _label(next(numbers), 0, int(top), name_width, name, bold=True, left=True, height=int(height))
    for event, x in zip(chart.events, across, strict=True):
        yield _label(next(numbers), x - _LABEL_WIDTH // 2, HEAD_HEIGHT - 26, _LABEL_WIDTH, event.label)
        yield _shape(next(numbers), x, HEAD_HEIGHT - 4, 0, bottom - HEAD_HEIGHT + 4, "line", "", _LINE)
        if not event.graded:
            yield _shape(next(numbers), x - _RING // 2, bottom - _RING // 2, _RING, _RING, "ellipse", "FFFFFF", _INK)
    for row, y in zip(chart.rows, heights, strict=False):
        for mark, x in zip(row.marks, across, strict=True):
            if mark:
                yield _sign(next(numbers), mark, x, y)
    days = [event.day for event in chart.events]
    for lane, y in zip(chart.lanes, heights[len(chart.rows) :], strict=True):
        for dated in lane.marks:
            yield _dated_sign(next(numbers), dated, mark_position(dated.day, days, across), y)


def _sign(number: int, mark: ChartMark, x: int, y: int) -> str:
    """Return the shape of a grade with its letter inside; without a shape, the words alone."""
    geometry = _GEOMETRIES.get(mark.shape)
    if geometry is None:
        return _label(number, x - _LABEL_WIDTH // 2, y - _LABEL_HEIGHT // 2, _LABEL_WIDTH, mark.letter)
    half = _SIGN // 2
    fill = _COLOURS.get(mark.tone, "5A626D")
    letter = _paragraph(mark.letter, bold=True, colour="FFFFFF")
    return _shape(number, x - half, y - half, _SIGN, _SIGN, geometry, fill, text=letter, words=mark.words)


def _dated_sign(number: int, mark: DatedMark, x: int, y: int) -> str:
    """Return a circle with the sign of a mark inside."""
    half, sign = _SIGN // 2, _paragraph(mark.sign, bold=True)
    return _shape(number, x - half, y - half, _SIGN, _SIGN, "ellipse", "FFFFFF", _INK, text=sign, words=mark.words)


def _label(
    number: int,
    x: int,
    y: int,
    width: int,
    words: str,
    *,
    bold: bool = False,
    left: bool = False,
    height: int = _LABEL_HEIGHT,
) -> str:
    return _shape(number, x, y, width, height, "rect", "", text=_paragraph(words, bold=bold, left=left))


def _paragraph(words: str, *, bold: bool = False, left: bool = False, colour: str = _INK) -> str:
    weight = "<w:b/>" if bold else ""
    return (
        f'<w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="{"left" if left else "center"}"/></w:pPr>'
        f'<w:r><w:rPr>{weight}<w:color w:val="{colour}"/><w:sz w:val="13"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(xml_text(words))}</w:t></w:r></w:p>'
    )


def _shape(  # noqa: PLR0917 (a shape is its number and its place)
    number: int,
    x: int,
    y: int,
    width: int,
    height: int,
    geometry: str,
    fill: str,
    line: str = "",
    *,
    text: str = "",
    words: str = "",
) -> str:
    """Return one shape at a place in pixels; `fill` and `line` are colours, or "" for none."""
    paint = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    stroke = f'<a:solidFill><a:srgbClr val="{line}"/></a:solidFill>' if line else "<a:noFill/>"
    box = f"<wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>" if text else ""
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name={quoteattr(f"Shape {number}")} descr={quoteattr(xml_text(words))}/>'
        f'<wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="{x * _PIXEL}" y="{y * _PIXEL}"/>'
        f'<a:ext cx="{width * _PIXEL}" cy="{height * _PIXEL}"/></a:xfrm><a:prstGeom prst="{geometry}"><a:avLst/>'
        f'</a:prstGeom>{paint}<a:ln w="6350">{stroke}</a:ln></wps:spPr>{box}'
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/></wps:wsp>'
    )
