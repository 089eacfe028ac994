"""The five lines that the package's own words show, as in a notebook."""

from __future__ import annotations

import subprocess
import sys

from tests.making.passages import passages, sha_of

NOTEBOOK = """
from reinspect.phrases import Index
index = Index.build((name, held) for name, held in documents.items())
found = index.search("managment oversigt", limit=20)
for hit in found.hits:
    told.append((hit.score, hit.phrase, hit.sentence, hit.page))
"""


def test_a_notebook_finds_a_phrase_in_five_lines() -> None:
    told: list[tuple[float, str, str, int]] = []
    documents = {sha_of("x"): passages("x", "Boats are safe.", "The management oversight of boats is weak.", page=4)}
    exec(NOTEBOOK, {"documents": documents, "told": told})
    assert [(phrase, page) for _, phrase, _, page in told] == [("management oversight", 4)]


def test_the_package_alone_loads_no_numbers_until_it_is_asked() -> None:
    asked = "import sys, reinspect.phrases; print({'numpy', 'rapidfuzz'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"
