"""Save and delete corrections of themes: a person's decisions on what an improvement is about."""

from __future__ import annotations

from reinspect.comparing.improvement_key import improvement_key
from reinspect.model import ThemeCorrection
from store.change_labels import excerpt_of, inspection_label
from store.transaction import CatalogueFile


class ThemeTable:
    """Saves and deletes corrections of themes; an improvement has at most one.

    Each method saves its change at once, and `Store.undo` can undo the change.
    """

    def __init__(self, file: CatalogueFile) -> None:
        self._file = file

    def save(self, correction: ThemeCorrection) -> None:
        """Save a correction, in place of any earlier one of the same improvement.

        Raises:
            NotFoundError: the inspection is not in the store.
        """
        self._put(correction.inspection, correction.improvement, correction)

    def withdraw(self, inspection: str, improvement: str) -> bool:
        """Delete the correction of an improvement, so that the theme found by the program applies again.

        Returns False if there is none; nothing is changed then.

        Raises:
            NotFoundError: the inspection is not in the store.
        """
        if self._key(inspection, improvement) not in self._file.catalogue.themes:
            return False
        self._put(inspection, improvement, None)
        return True

    def _put(self, inspection: str, improvement: str, correction: ThemeCorrection | None) -> None:
        with self._file.transaction("theme") as change:
            asked = inspection_label(change.catalogue.reconciled(inspection))
            what = f"set the theme to {correction.theme}" if correction else "withdraw the theme"
            change.label = f"{what}: {excerpt_of(improvement)} of {asked}"
            change.put_theme(self._key(inspection, improvement), correction)

    def _key(self, inspection: str, improvement: str) -> str:
        """Return the key of an improvement, by its words: a later reading may cut its lines differently.

        An older store has the printed text as the key; such a key stays in use.
        """
        wanted = improvement_key(improvement)
        for key, stored in self._file.catalogue.themes.items():
            if stored.inspection == inspection and improvement_key(stored.improvement) == wanted:
                return key
        return f"{inspection}: {' '.join(wanted)}"
