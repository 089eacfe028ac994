"""Check that the streams of a PDF are whole: the pages' contents, and the fonts and forms that they use.

pdfium stops inside a damaged stream without a word, and the rest of the page is lost. But a compressed stream ends with
a checksum (Adler-32). Here the streams of each page are found in the bytes of the file and unpacked again:

    find_damage(data, pages=11)   Damage(pages=(3,), elsewhere=False)

A locked file is not checked, because its streams are encrypted. Nothing here raises an error on any bytes.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

_MARKER = re.compile(rb"(\d{1,7})\s+\d{1,5}\s+obj\b")
_BEFORE_MARKER = re.compile(rb"(?<!\d)(\d{1,7})\s+\d{1,5}\s+$")
_MARKER_CHARACTERS = 20
_OBJECT_WORD = re.compile(rb"obj(?<!endobj)")
_PACKED = re.compile(rb"x[\x01\x5e\x9c\xda]")
_STREAM = re.compile(rb"[ \t\r\n\f\0]*stream(?:\r\n|\n|\r)")
_ROOT = re.compile(rb"/Root\s+(\d{1,7})\s+\d{1,5}\s+R\b")
_ENTRY = re.compile(rb"(\d{10}) \d{5} ([nf])")
_TABLE = re.compile(rb"xref\s+((?:\d+\s+\d+\s+(?:\d{10} \d{5} [nf]\s+)+)+)")
_SECTION = re.compile(rb"(\d+)\s+(\d+)\s+((?:\d{10} \d{5} [nf]\s+)+)")
_SPACE = rb"[ \t\r\n\f\0]*+(?:%[^\r\n]*+[ \t\r\n\f\0]*+)*+"
"""Space and comments, without a second try: a file may have megabytes of them."""
_TOKEN = re.compile(
    _SPACE + rb"(?:(?P<name>/[^\s\0()<>\[\]{}/%]*)|(?P<reference>\d{1,7}\s+\d{1,5}\s+R\b)"
    rb"|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))|(?P<open><<|\[)|(?P<close>>>|\])|(?P<hex><[0-9A-Fa-f\s]*>)"
    rb"|(?P<string>\()|(?P<word>true|false|null)\b)"
)
_MOST_TOKENS = 200_000
_DEEPEST = 40
_LARGEST = 16_000_000
"""Number of bytes of a stream that are unpacked; a longer one is not checked to its end."""
_MOST_UNPACKED = 200_000_000
"""Number of bytes of a file that are unpacked; streams after that are not checked."""
_MOST_PAGES = 10_000


class Damage(msgspec.Struct, frozen=True):
    """The pages (from 1) with a damaged part, and whether a part is damaged that belongs to no known page."""

    pages: tuple[int, ...] = ()
    elsewhere: bool = False


class _Reference(NamedTuple):
    number: int


class _Stream(NamedTuple):
    """A stream: its dictionary, and its bytes as they are in the file."""

    dictionary: dict[bytes, Any]
    data: bytes


class _BrokenError(Exception):
    """An object that cannot be read."""


_FAULTS = (_BrokenError, RecursionError, ValueError)  # ValueError: a number of thousands of digits


def find_damage(data: bytes, pages: int) -> Damage:
    """Return which pages of a PDF have damaged streams; `pages` is the number of pages that could be opened."""
    if b"/Encrypt" in data:
        return Damage()
    file = _File(data)
    elsewhere = file.has_wrong_table()
    damaged = []
    count = 0
    try:
        for number, page in enumerate(file.pages(), start=1):
            count = number
            if page is None or not file.is_whole_page(page):
                damaged.append(number)
    except _FAULTS:
        elsewhere = True
    return Damage(tuple(number for number in damaged if number <= pages), elsewhere or file.broken or count != pages)


class _File:
    """The objects of a PDF file, found by their markers and not by the table of the file, which may be damaged."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._offsets: dict[int, int] = {}
        for word in _OBJECT_WORD.finditer(data):
            marker = _BEFORE_MARKER.search(data[max(0, word.start() - _MARKER_CHARACTERS) : word.start()])
            if marker is not None:
                self._offsets[int(marker[1])] = word.end()
        self._objects: dict[int, Any] = {}
        self._whole: dict[int, bool] = {}
        self._whole_fonts: dict[int, bool] = {}
        self._packed: dict[int, bytes] | None = None
        self._unpacked = 0
        self.broken = False  # whether an object stream is damaged

    def has_wrong_table(self) -> bool:
        """Return whether the table of the file has a wrong place for an object."""
        for table in _TABLE.finditer(self._data):
            for section in _SECTION.finditer(table[1]):
                for number, (offset, kind) in enumerate(_ENTRY.findall(section[3]), start=int(section[1])):
                    place = int(offset) if kind == b"n" else 0
                    marker = _MARKER.match(self._data, place) if place else None
                    if place and (marker is None or int(marker[1]) != number):
                        return True
        return False

    def pages(self) -> Iterator[dict[bytes, Any] | None]:
        """Yield the dictionary of each page, with what it inherits; None for one that cannot be read."""
        roots = _ROOT.findall(self._data) or _ROOT.findall(b"\n".join(self._packed_objects().values()))
        if not roots:
            raise _BrokenError
        catalogue = self._dictionary(_Reference(int(roots[-1])))
        yield from self._below(catalogue.get(b"/Pages"), {}, set(), 0)

    def _below(
        self, node: Any, inherited: dict[bytes, Any], seen: set[Any], depth: int
    ) -> Iterator[dict[bytes, Any] | None]:
        if not isinstance(node, _Reference) or node in seen or depth > _DEEPEST or len(seen) > _MOST_PAGES:
            raise _BrokenError
        seen.add(node)
        try:
            dictionary = self._dictionary(node)
        except _BrokenError:
            yield None
            return
        known = {**inherited, **{key: dictionary[key] for key in (b"/Resources",) if key in dictionary}}
        kids = self._value(dictionary.get(b"/Kids"))
        if isinstance(kids, list):
            for kid in kids:
                yield from self._below(kid, known, seen, depth + 1)
        else:
            yield {**known, **dictionary}

    def is_whole_page(self, page: dict[bytes, Any]) -> bool:
        """Return whether the contents of a page, and the fonts and forms that it uses, can be unpacked."""
        try:
            contents = self._value(page.get(b"/Contents"))
            if contents is None and self._uses_fonts(page):
                return False
            streams = contents if isinstance(contents, list) else [page.get(b"/Contents")]
            if not all(self._is_whole(stream) for stream in streams if stream is not None):
                return False
            return self._are_resources_whole(page.get(b"/Resources"), 0)
        except _FAULTS:
            return False

    def _uses_fonts(self, page: dict[bytes, Any]) -> bool:
        resources = self._dictionary(page.get(b"/Resources") or {})
        return bool(self._value(resources.get(b"/Font")))

    def _are_resources_whole(self, resources: Any, depth: int) -> bool:
        if resources is None or depth > _DEEPEST:
            return True
        dictionary = self._dictionary(resources)
        fonts = self._dictionary(dictionary.get(b"/Font") or {})
        forms = self._dictionary(dictionary.get(b"/XObject") or {})
        return all(self._is_font_whole(font) for font in fonts.values()) and all(
            self._is_form_whole(form, depth) for form in forms.values()
        )

    def _is_font_whole(self, font: Any) -> bool:
        """Return whether a font can be used; the pages of a file share their fonts, so each is looked at once."""
        if not isinstance(font, _Reference):
            return self._can_be_used(font)
        if font.number not in self._whole_fonts:
            self._whole_fonts[font.number] = self._can_be_used(font)
        return self._whole_fonts[font.number]

    def _can_be_used(self, font: Any) -> bool:
        dictionary = self._dictionary(font)
        # A damaged reference may lead to another object.
        if self._value(dictionary.get(b"/Subtype")) not in _FONTS or not self._are_widths_whole(dictionary):
            return False
        if (to_unicode := dictionary.get(b"/ToUnicode")) is not None and not self._is_whole(to_unicode):
            return False
        # A table of letters is not enough: pdfium leaves out a letter that the font itself does not have.
        descendants = self._value(dictionary.get(b"/DescendantFonts")) or [font]
        for descendant in descendants if isinstance(descendants, list) else []:
            descriptor = self._dictionary(self._dictionary(descendant).get(b"/FontDescriptor") or {})
            files = [descriptor[key] for key in (b"/FontFile", b"/FontFile2", b"/FontFile3") if key in descriptor]
            if not all(self._is_whole(file) for file in files):
                return False
        return True

    def _are_widths_whole(self, font: dict[bytes, Any]) -> bool:
        """Return whether a simple font has a width for each of its characters: pdfium finds the spaces by widths."""
        widths = self._value(font.get(b"/Widths"))
        if widths is None:
            return b"/FirstChar" not in font
        first, last = self._value(font.get(b"/FirstChar")), self._value(font.get(b"/LastChar"))
        if not isinstance(widths, list) or not isinstance(first, int) or not isinstance(last, int):
            return False
        return len(widths) == last - first + 1

    def _is_form_whole(self, form: Any, depth: int) -> bool:
        stream = self._value(form)
        if not isinstance(stream, _Stream):
            return False
        if stream.dictionary.get(b"/Subtype") != b"/Form":
            return True
        if isinstance(form, _Reference):
            if form.number in self._whole:
                return self._whole[form.number]
            self._whole[form.number] = True  # a form that uses itself
        whole = self._is_whole(stream) and self._are_resources_whole(stream.dictionary.get(b"/Resources"), depth + 1)
        if isinstance(form, _Reference):
            self._whole[form.number] = whole
        return whole

    def _is_whole(self, value: Any) -> bool:
        """Return whether a stream can be unpacked, and its checksum is right."""
        if isinstance(value, _Reference) and value.number in self._whole:
            return self._whole[value.number]
        stream = self._value(value)
        whole = isinstance(stream, _Stream) and self._unpack(stream) is not None
        if isinstance(value, _Reference):
            self._whole[value.number] = whole
        return whole

    def _unpack(self, stream: _Stream) -> bytes | None:
        """Return the unpacked bytes of a stream; None if it is damaged. Other filters have no checksum."""
        filters = self._value(stream.dictionary.get(b"/Filter"))
        first = self._value(filters[0]) if isinstance(filters, list) and filters else filters
        if first not in (b"/FlateDecode", b"/Fl"):
            # Packed bytes without a filter: the name of the filter is damaged.
            is_packed = first is None and _PACKED.match(stream.data) is not None
            return stream.data if first in (None, [], *_OTHER_FILTERS) and not is_packed else None
        if self._unpacked > _MOST_UNPACKED:
            return b""
        unpacker = zlib.decompressobj()
        try:
            unpacked = unpacker.decompress(stream.data, _LARGEST)
        except zlib.error:
            return None
        self._unpacked += len(unpacked)
        return unpacked if unpacker.eof or len(unpacked) >= _LARGEST else None

    def _dictionary(self, value: Any) -> dict[bytes, Any]:
        found = self._value(value)
        if isinstance(found, _Stream):
            return found.dictionary
        if not isinstance(found, dict):
            raise _BrokenError
        return found

    def _value(self, value: Any) -> Any:
        """Return a value, or the object that it refers to."""
        for _ in range(_DEEPEST):
            if not isinstance(value, _Reference):
                return value
            if value.number not in self._objects:
                self._objects[value.number] = self._load(value.number)
            value = self._objects[value.number]
        raise _BrokenError

    def _load(self, number: int) -> Any:
        packed = self._packed_objects().get(number)
        if number not in self._offsets:
            if packed is None:
                raise _BrokenError
            return _parse(packed, 0)[0]
        value, end = _parse(self._data, self._offsets[number])
        opening = _STREAM.match(self._data, end)
        if opening is None or not isinstance(value, dict):
            return value
        return _Stream(value, self._stream_bytes(value, opening.end()))

    def _stream_bytes(self, dictionary: dict[bytes, Any], start: int) -> bytes:
        try:
            length = self._value(dictionary.get(b"/Length"))
        except _BrokenError:
            length = None
        if isinstance(length, int) and 0 <= length <= len(self._data) - start:
            after = self._data[start + length : start + length + 12]
            if after.lstrip().startswith(b"endstream"):
                return self._data[start : start + length]
        end = self._data.find(b"endstream", start)
        return self._data[start : end if end >= 0 else len(self._data)]

    def _packed_objects(self) -> dict[int, bytes]:
        """Return the text of the objects that are packed into object streams."""
        if self._packed is None:
            self._packed = {}
            starts = sorted((start, number) for number, start in self._offsets.items())
            for match in re.finditer(rb"/ObjStm\b", self._data):
                before = bisect(starts, (match.start(), 0)) - 1
                if before >= 0:
                    self._unpack_objects(starts[before][1])
        return self._packed

    def _unpack_objects(self, number: int) -> None:
        """Add the objects of one object stream."""
        assert self._packed is not None
        try:
            value, end = _parse(self._data, self._offsets[number])
            opening = _STREAM.match(self._data, end)
            if not isinstance(value, dict) or value.get(b"/Type") != b"/ObjStm" or opening is None:
                raise _BrokenError
            unpacked = self._unpack(_Stream(value, self._stream_bytes(value, opening.end())))
            first = self._value(value.get(b"/First"))
            if unpacked is None or not isinstance(first, int):
                raise _BrokenError
            numbers = [int(word) for word in unpacked[:first].split()]
            starts = numbers[1::2]
            for member, start, stop in zip(numbers[::2], starts, [*starts[1:], len(unpacked) - first], strict=False):
                self._packed[member] = unpacked[first + start : first + stop]
        except (*_FAULTS, KeyError):
            self.broken = True


_FONTS = {b"/Type0", b"/Type1", b"/MMType1", b"/Type3", b"/TrueType"}
_OTHER_FILTERS = (
    *(b"/ASCIIHexDecode", b"/AHx", b"/ASCII85Decode", b"/A85", b"/LZWDecode", b"/LZW", b"/RunLengthDecode", b"/RL"),
    *(b"/CCITTFaxDecode", b"/CCF", b"/JBIG2Decode", b"/DCTDecode", b"/DCT", b"/JPXDecode", b"/Crypt"),
)


def _parse(data: bytes, start: int) -> tuple[Any, int]:
    """Parse one object; return its value and the offset after it.

    Raises:
        _BrokenError: the bytes are not an object.
    """
    stack: list[list[Any]] = []
    kinds: list[bytes] = []
    offset = start
    for _ in range(_MOST_TOKENS):
        token = _TOKEN.match(data, offset)
        if token is None:
            raise _BrokenError
        offset, kind, text = token.end(), token.lastgroup, token[token.lastindex or 0]
        if kind == "open":
            stack.append([])
            kinds.append(text)
            continue
        if kind == "close":
            if not stack or (kinds[-1] == b"<<") != (text == b">>"):
                raise _BrokenError
            items = stack.pop()
            value: Any = _as_dictionary(items) if kinds.pop() == b"<<" else items
        elif kind == "string":
            offset = _string_end(data, offset)
            value = b""
        else:
            value = _simple_value(kind, text)
        if not stack:
            return value, offset
        stack[-1].append(value)
    raise _BrokenError


def _simple_value(kind: str | None, text: bytes) -> Any:
    if kind == "name":
        return text
    if kind == "reference":
        return _Reference(int(text.split(maxsplit=1)[0]))
    if kind == "number":
        return float(text) if b"." in text else int(text)
    return {b"true": True, b"false": False, b"null": None}.get(text, text) if kind == "word" else text


def _as_dictionary(items: list[Any]) -> dict[bytes, Any]:
    keys, values = items[::2], items[1::2]
    if len(keys) != len(values) or not all(isinstance(key, bytes) and key.startswith(b"/") for key in keys):
        raise _BrokenError
    return dict(zip(keys, values, strict=True))


def _string_end(data: bytes, start: int) -> int:
    """Return the offset after a string in brackets that opens before `start`."""
    depth = 1
    for match in re.compile(rb"\\.|[()]", re.DOTALL).finditer(data, start):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    raise _BrokenError
