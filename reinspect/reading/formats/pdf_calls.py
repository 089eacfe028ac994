"""Call pdfium about the objects of a page in half the time that pypdfium2's own functions take.

A page has some 200 objects, and several things are asked of each. pypdfium2 makes a Python object for each address and
checks each argument, which takes longer than pdfium itself. The functions here are the same ones of the same library,
without the checks.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from functools import cache
from itertools import compress, repeat
from typing import Any, NamedTuple

NUMBERS = 11
"""How many numbers place a text: six of its matrix, its size, and its four edges."""
_AT_ONCE = 256
"""Number of objects that each function is called for in one go."""


class ObjectAddress(ctypes.c_void_p):
    """The address of an object. A call that returns one of these does not make a number of it, and takes less time."""

    __slots__ = ()


class ObjectCalls(NamedTuple):
    """The functions of pdfium on one object, or on the page or form that holds it.

    The first two take the page or form as a `c_void_p` and an index. The others take an object, and `ctypes.byref` of a
    place for each number that they write: six of the matrix, the size, the four edges, and red, green, blue and
    opacity. They return 0 if the object has no such thing; only a text has a size.
    """

    page_object: Callable[[ctypes.c_void_p, int], ObjectAddress]
    form_object: Callable[[ctypes.c_void_p, int], ObjectAddress]
    kind_of: Callable[[ObjectAddress], int]
    matrix_of: Callable[..., int]
    size_of: Callable[..., int]
    bounds_of: Callable[..., int]
    colour_of: Callable[..., int]


class DrawnObjects(NamedTuple):
    """Some objects in the order in which they are drawn; `are_texts` is not 0 for those that are texts.

    `numbers` are eleven of each object: six of its matrix, its size, and its left, bottom, right and top edge. Those of
    an object that is not a text mean nothing.
    """

    objects: list[ObjectAddress]
    are_texts: list[int]
    numbers: list[float]


def drawn_objects(container: Any, *, in_form: bool, most: int) -> Iterator[DrawnObjects]:
    """Yield the objects of a page or a form, some at once; a text without a place is left out.

    Each function is called for many objects in one go, which takes half the time of asking object by object.
    """
    import pypdfium2.raw as pdfium_c

    calls = object_calls()
    numbers, matrices, sizes, *edges = _places()
    count_objects = pdfium_c.FPDFFormObj_CountObjects if in_form else pdfium_c.FPDFPage_CountObjects
    get_object = calls.form_object if in_form else calls.page_object
    holder, count = ctypes.c_void_p(address_of(container)), min(count_objects(container), most)
    for first in range(0, count, _AT_ONCE):
        objects = [*map(get_object, repeat(holder), range(first, min(first + _AT_ONCE, count)))]
        are_texts = [*map(calls.size_of, objects, sizes)]
        texts = [*compress(objects, are_texts)]
        have_matrix = [*map(calls.matrix_of, texts, compress(matrices, are_texts))]
        have_edges = [*map(calls.bounds_of, texts, *(compress(places, are_texts) for places in edges))]
        found = DrawnObjects(objects, are_texts, numbers[: NUMBERS * len(objects)])
        yield found if all(have_matrix) and all(have_edges) else only_placed(found, have_matrix, have_edges)


def only_placed(found: DrawnObjects, have_matrix: list[int], have_edges: list[int]) -> DrawnObjects:
    """Return the objects without the texts that have no matrix; the edges of a text that has none are 0."""
    placed = DrawnObjects([], [], [])
    of_texts = iter(zip(have_matrix, have_edges, strict=True))
    for place, (drawn, is_text) in enumerate(zip(found.objects, found.are_texts, strict=True)):
        has_matrix, has_edges = next(of_texts) if is_text else (1, 1)
        if has_matrix:
            row = found.numbers[place * NUMBERS : (place + 1) * NUMBERS]
            placed.objects.append(drawn)
            placed.are_texts.append(is_text)
            placed.numbers.extend(row if has_edges else [*row[:-4], 0.0, 0.0, 0.0, 0.0])
    return placed


def read_matrix(drawn: ObjectAddress) -> tuple[float, float, float, float, float, float] | None:
    """Return the six numbers of the matrix of an object, or None if it has none."""
    numbers = (ctypes.c_float * 6)()
    if not object_calls().matrix_of(drawn, ctypes.byref(numbers)):
        return None
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def read_colour(drawn: ObjectAddress) -> list[int] | None:
    """Return the red, green, blue and opacity of an object, each from 0 to 255, or None if it has no colour."""
    numbers, *places = _colour_places()
    return numbers[:] if object_calls().colour_of(drawn, *places) else None


@cache
def _places() -> tuple[Any, ...]:
    """Return an array for the numbers of the objects, and the places in it for each matrix, size and edge."""
    numbers = (ctypes.c_float * (NUMBERS * _AT_ONCE))()
    starts = range(0, ctypes.sizeof(numbers), NUMBERS * ctypes.sizeof(ctypes.c_float))
    offsets = (place * ctypes.sizeof(ctypes.c_float) for place in (0, *range(6, NUMBERS)))
    return (numbers, *([ctypes.byref(numbers, start + offset) for start in starts] for offset in offsets))


@cache
def _colour_places() -> tuple[Any, ...]:
    """Return an array for the numbers of a colour, and the place of each."""
    numbers = (ctypes.c_uint * 4)()
    return (numbers, *(ctypes.byref(numbers, place * ctypes.sizeof(ctypes.c_uint)) for place in range(4)))


@cache
def object_calls() -> ObjectCalls:
    """Return the functions; pdfium is loaded with the first call."""
    import pypdfium2.raw as pdfium_c

    return ObjectCalls(
        page_object=_plain(pdfium_c.FPDFPage_GetObject, ObjectAddress),
        form_object=_plain(pdfium_c.FPDFFormObj_GetObject, ObjectAddress, (ctypes.c_void_p, ctypes.c_ulong)),
        kind_of=_plain(pdfium_c.FPDFPageObj_GetType, ctypes.c_int),
        matrix_of=_plain(pdfium_c.FPDFPageObj_GetMatrix, ctypes.c_int),
        size_of=_plain(pdfium_c.FPDFTextObj_GetFontSize, ctypes.c_int),
        bounds_of=_plain(pdfium_c.FPDFPageObj_GetBounds, ctypes.c_int),
        colour_of=_plain(pdfium_c.FPDFPageObj_GetFillColor, ctypes.c_int),
    )


def _plain(function: Any, result: type, arguments: tuple[type, ...] | None = None) -> Any:
    """Return a function of the library with other kinds of result and arguments; the original is left as it is.

    Without `arguments` nothing is checked: each argument must be an object of `ctypes`, or an `int` of C.
    """
    # A function object of the same class has the calling convention of the library.
    plain = type(function)(address_of(function))
    plain.restype = result
    if arguments is not None:
        plain.argtypes = arguments
    return plain


def address_of(pointer: Any) -> int:
    """Return the address that a pointer of pypdfium2 or a function has."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def object_at(address: ObjectAddress) -> Any:
    """Return an object as pypdfium2's own functions take it."""
    import pypdfium2.raw as pdfium_c

    return ctypes.cast(address, pdfium_c.FPDF_PAGEOBJECT)
