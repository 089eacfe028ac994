"""Call pdfium about the objects of a page in half the time that pypdfium2's own functions take.

A page has some 200 objects, and several things are asked of each. pypdfium2 makes a Python object for each address and
checks each argument, which takes longer than pdfium itself. The functions here are the same ones of the same library,
without the checks.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple


class ObjectCalls(NamedTuple):
    """The functions of pdfium on one object, or on the page or form that holds it.

    The first two take the address of the page or form and an index. The others take an object as a `c_void_p`, and
    `ctypes.byref` of a place for each number that they write: six of the matrix, the size, and the four edges. They
    return 0 if the object has no such thing; only a text has a size.
    """

    page_object: Callable[[int, int], int | None]
    form_object: Callable[[int, int], int | None]
    kind_of: Callable[[ctypes.c_void_p], int]
    matrix_of: Callable[..., int]
    size_of: Callable[..., int]
    bounds_of: Callable[..., int]


@cache
def object_calls() -> ObjectCalls:
    """Return the functions; pdfium is loaded with the first call."""
    import pypdfium2.raw as pdfium_c

    address = ctypes.c_void_p
    return ObjectCalls(
        page_object=_plain(pdfium_c.FPDFPage_GetObject, address, (address, ctypes.c_int)),
        form_object=_plain(pdfium_c.FPDFFormObj_GetObject, address, (address, ctypes.c_ulong)),
        kind_of=_plain(pdfium_c.FPDFPageObj_GetType, ctypes.c_int),
        matrix_of=_plain(pdfium_c.FPDFPageObj_GetMatrix, ctypes.c_int),
        size_of=_plain(pdfium_c.FPDFTextObj_GetFontSize, ctypes.c_int),
        bounds_of=_plain(pdfium_c.FPDFPageObj_GetBounds, ctypes.c_int),
    )


def _plain(function: Any, result: type, arguments: tuple[type, ...] | None = None) -> Any:
    """Return a function of the library with other kinds of result and arguments; the original is left as it is.

    Without `arguments` nothing is checked: each argument must be an object of `ctypes`.
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


def object_at(address: int) -> Any:
    """Return an object as pypdfium2's own functions take it."""
    import pypdfium2.raw as pdfium_c

    return ctypes.cast(address, pdfium_c.FPDF_PAGEOBJECT)
