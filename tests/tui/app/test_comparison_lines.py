"""The lines of Compare."""

from __future__ import annotations

from reinspect.comparing.comparison import compare
from reinspect.comparing.passages import PassagePair
from tests.making.inspections import inspection, passage
from tui.app.panes.comparison_lines import index_line


def test_a_pair_of_passages_is_named_by_its_subject_and_not_by_the_council() -> None:
    passages = [passage("Harbour supervision in Camden is weak."), passage("Camden has good harbour supervision.")]
    pair = PassagePair(a=passages[0], b=passages[1], similarity=1.0, strand="help")
    comparison = compare(inspection("sif"), inspection("ilacs-2018"))
    assert "supervision harbour" in index_line(comparison, pair, 1).content.plain
