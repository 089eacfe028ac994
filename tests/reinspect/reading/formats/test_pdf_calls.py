"""The quick calls of pdfium answer as pypdfium2's own functions do."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from reinspect.reading.formats.pdf_calls import address_of, object_at, object_calls
from tests.making.odd_pdf import Drawn, drawn_pdf
from tests.making.ruled_pdf import RuledTable, ruled_pdf_bytes

TEXTS = drawn_pdf([[Drawn(50, 700, "Plans are clear."), Drawn(90, 300, "DRAFT", angle=45, size=60)]])
LINES = ruled_pdf_bytes([(["Plan"], RuledTable(rows=[[["Action"], ["Owner"]]]))])


@pytest.fixture(params=["texts", "lines"])
def page(request: pytest.FixtureRequest) -> Iterator[Any]:
    document = pdfium.PdfDocument(TEXTS if request.param == "texts" else LINES)
    yield document[0]
    document.close()


def test_each_object_has_the_same_kind_place_and_size(page: Any) -> None:
    calls = object_calls()
    handle, numbers = ctypes.c_void_p(), (ctypes.c_float * 11)()
    places = [ctypes.byref(numbers, 4 * place) for place in range(11)]
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    assert count > 0
    for index in range(count):
        handle.value = calls.page_object(address_of(page.raw), index)
        drawn = pdfium_c.FPDFPage_GetObject(page.raw, index)
        assert handle.value == address_of(drawn)
        assert address_of(object_at(handle.value or 0)) == handle.value
        matrix, size, edges = pdfium_c.FS_MATRIX(), ctypes.c_float(), [ctypes.c_float() for _ in range(4)]
        assert calls.kind_of(handle) == pdfium_c.FPDFPageObj_GetType(drawn)
        assert calls.matrix_of(handle, places[0]) == pdfium_c.FPDFPageObj_GetMatrix(drawn, matrix) == 1
        has_size = pdfium_c.FPDFTextObj_GetFontSize(drawn, size)
        assert calls.size_of(handle, places[6]) == has_size == (calls.kind_of(handle) == pdfium_c.FPDF_PAGEOBJ_TEXT)
        assert calls.bounds_of(handle, *places[7:]) == pdfium_c.FPDFPageObj_GetBounds(drawn, *edges) == 1
        placed = [matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f]
        assert numbers[:6] == placed
        assert numbers[6:7] == [size.value] or not has_size
        assert numbers[7:] == [edge.value for edge in edges]
