"""stub"""
from __future__ import annotations
from reinspect.model import Reading
from reinspect.reading.document_text import DocumentText

def read(source: DocumentText) -> Reading | None:
    return None
