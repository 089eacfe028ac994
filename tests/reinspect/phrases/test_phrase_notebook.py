"""The example of the package docstring, as in a notebook."""

from __future__ import annotations

import subprocess
import sys

from tests.making.passages import passages, sha_of

NOTEBOOK = """
from reinspect.phrases import Index, Searcher
index = Index.build(documents.items())
for hit in Searcher(index).search("managment oversigt", limit=20).hits:
    printed.append((hit.score, hit.phrase, hit.sentence, hit.page))
"""


def test_a_notebook_finds_a_phrase_in_four_lines() -> None:
    printed: list[tuple[float, str, str, int]] = []
    documents = {sha_of("x"): passages("x", "Boats are safe.", "The management oversight of boats is weak.", page=4)}
    exec(NOTEBOOK, {"documents": documents, "printed": printed})
    assert [(phrase, page) for _, phrase, _, page in printed] == [("management oversight", 4)]


def test_importing_the_package_loads_neither_numpy_nor_rapidfuzz() -> None:
    code = "import sys, reinspect.phrases; print({'numpy', 'rapidfuzz'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
