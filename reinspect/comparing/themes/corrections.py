"""Say what an improvement is about: what a person decided, else what the program finds.

A correction belongs to an improvement of one inspection, by its words: line breaks and punctuation may change when the
report is read anew. One given on other words than the improvement now has is left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from reinspect.comparing.improvement_key import improvement_key
from reinspect.comparing.themes.classify import ThemeChoice, classify, themes
from reinspect.model import Improvement, Inspection, ThemeCorrection


class Corrections:
    """The themes that people gave to improvements."""

    def __init__(self, corrections: Iterable[ThemeCorrection] = ()) -> None:
        self._themes = {
            (one.inspection, improvement_key(one.improvement)): one.theme
            for one in corrections
            if one.theme in themes()
        }

    def choose(self, inspection: Inspection, improvement: Improvement) -> ThemeChoice:
        """Return the theme of an improvement: a person's, with the one that the program found as its second."""
        found = classify(improvement.text)
        theme = self._themes.get((inspection.id, improvement_key(improvement.text))) if self._themes else None
        if theme is None or theme == found.theme:
            return found
        return ThemeChoice(theme, found.theme, found.scores, by_person=True)


NO_CORRECTIONS = Corrections()
