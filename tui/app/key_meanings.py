"""The one meaning of each key of the app. A test compares every binding with this table.

You add a binding? Find its key below.

- The key is there, and your action does what its meaning says: add the name (`id`) of the binding to its actions.
- The key is there with another meaning: choose another key.
- The key is not there: add a line, with a meaning that would suit other tabs too.
- Another key has the meaning already ("change the order"): choose that key.

Then run `python -m tui.app.keys_reference > docs/keys.md`. An action with several keys is in several lines.
"""

from __future__ import annotations

from typing import NamedTuple


class KeyMeaning(NamedTuple):
    """Keys that mean one thing everywhere, what that is, and the actions that have them.

    The first key is the usual one: each of the actions has it.
    """

    keys: tuple[str, ...]
    words: str
    actions: tuple[str, ...]


def _meaning(keys: str, words: str, actions: str) -> KeyMeaning:
    return KeyMeaning(tuple(keys.split()), words, tuple(actions.split()))


MEANINGS = (
    # Leaving
    _meaning(
        "escape",
        "go back: close what is open, stop typing, clear messages",
        "browse.leave phrases.back authorities.back box.stop reader.back picker.back choice.back cohort.back"
        " narrowing.back asking.back export.back add.back keys.back glossary.back welcome.back",
    ),
    _meaning(
        "q",
        "close what is open; on the main screen, quit",
        "browse.quit reader.quit choice.back narrowing.back add.back keys.back glossary.back welcome.back",
    ),
    _meaning("ctrl+q", "quit, from anywhere", "quit"),
    _meaning("alt+left H", "back to where you were before", "browse.back-in-time"),
    _meaning("alt+right L", "forward again", "browse.forward"),
    # Finding out
    _meaning("question_mark f1", "help: show or close it", "browse.keys reader.keys keys.back"),
    _meaning(
        "f2", "what the words mean: show or close it", "browse.glossary reader.glossary keys.glossary glossary.back"
    ),
    _meaning("ctrl+p", "find any action by name", "command_palette"),
    # Choosing what is shown
    _meaning("1", "show Timeline", "browse.timeline"),
    _meaning("2", "show Compare", "browse.compare"),
    _meaning("3", "show Recommendations", "browse.follow-through"),
    _meaning("4", "show Phrases", "browse.phrases"),
    _meaning("5", "show Authorities", "browse.authorities"),
    _meaning("6", "show Basket", "browse.basket"),
    _meaning("a", "choose an authority", "browse.authority welcome.authority"),
    _meaning("f", "compare with a group of authorities", "browse.cohort"),
    _meaning("slash", "find words", "browse.search reader.find"),
    _meaning("F", "filter what is listed", "compare.filter following.filter phrases.narrow"),
    _meaning("o", "change the order", "following.sort phrases.order authorities.sort themes.sort"),
    _meaning("w", "choose which texts are looked at", "following.across phrases.widen"),
    _meaning("plus equals_sign", "show or hide more rows", "timeline.older phrases.forms"),
    _meaning("T", "see an example: Camden's grades", "browse.example welcome.example"),
    # Two inspections
    _meaning("c", "compare with the graded inspection before", "timeline.compare"),
    _meaning("left_square_bracket", "an older inspection for A", "compare.a-older"),
    _meaning("right_square_bracket", "a newer inspection for A", "compare.a-newer"),
    _meaning("left_curly_bracket", "an older inspection for B", "compare.b-older"),
    _meaning("right_curly_bracket", "a newer inspection for B", "compare.b-newer"),
    _meaning("x", "swap A and B", "compare.swap"),
    _meaning("O", "the latest inspection of another authority as A", "compare.other"),
    # Questions of one tab
    _meaning("s", "the usage of a phrase", "phrases.says"),
    _meaning("d", "phrases that differ between two groups of texts", "authorities.differences"),
    _meaning("m", "who moved from one grade to another", "authorities.movers"),
    _meaning("t", "what inspections ask to improve, by theme", "authorities.themes"),
    _meaning("r", "who was asked and later got better", "themes.solved"),
    _meaning("C", "choose a section of the document", "reader.contents"),
    # Taking away, and changing the store
    _meaning("p", "pin what is under the cursor to the basket", "take.pin"),
    _meaning("y", "copy what is under the cursor", "take.copy"),
    _meaning("Y", "copy all of this tab or page", "take.copy-pane"),
    _meaning("e", "export to a file", "take.export"),
    _meaning("b", "one page on this authority", "take.briefing"),
    _meaning("A", "add reports and letters", "browse.add welcome.add"),
    _meaning("D", "download the missing reports", "browse.download"),
    _meaning("u", "undo the last change", "take.undo"),
    _meaning("E", "correct what the program says", "timeline.correct themes.correct"),
    _meaning("v", "give a verdict on a recommendation", "following.judge"),
    _meaning("i", "write a note on a pin", "basket.note"),
    _meaning("J shift+down", "move a pin down", "basket.lower"),
    _meaning("K shift+up", "move a pin up", "basket.higher"),
    _meaning("delete backspace", "remove: a pin, or all filters", "basket.remove narrowing.clear"),
    # Moving
    _meaning("tab", "to the next part of the screen", "app.focus_next"),
    _meaning("shift+tab", "to the previous part of the screen", "app.focus_previous"),
    _meaning(
        "enter",
        "open, choose or apply what is under the cursor",
        "table.open lines.open box.leave narrowing.take select",
    ),
    _meaning(
        "down j",
        "down: to the next line, row or choice",
        "table.down lines.down pages.down box.leave picker.down choice.down cohort.down export.next-format add.to-list"
        " keys.down welcome.down cursor_down",
    ),
    _meaning(
        "up k",
        "up: to the previous line, row or choice",
        "table.up lines.up pages.up picker.up choice.up cohort.up export.format-before keys.up welcome.up cursor_up",
    ),
    _meaning("left h", "to the left: a column, or the previous value", "table.left narrowing.before"),
    _meaning("right l", "to the right: a column, or the next value", "table.right narrowing.next"),
    _meaning(
        "pagedown space",
        "a page down",
        "table.page-down lines.page-down pages.page-down picker.page-down export.page-down keys.page-down page_down",
    ),
    _meaning(
        "pageup",
        "a page up",
        "table.page-up lines.page-up pages.page-up picker.page-up export.page-up keys.page-up page_up",
    ),
    _meaning("home", "to the start: of a row in a table, else of the list", "table.home lines.first pages.home first"),
    _meaning("end", "to the end: of a row in a table, else of the list", "table.end lines.last pages.end last"),
    _meaning("g ctrl+home", "to the first row or line", "table.top lines.first pages.home"),
    _meaning("G ctrl+end", "to the last row or line", "table.bottom lines.last pages.end"),
    _meaning("n", "to the next place: passages, heading, match or mark", "compare.next lines.next-part reader.next"),
    _meaning("N", "to the previous place", "compare.previous lines.part-before reader.previous"),
    _meaning("ctrl+c super+c", "copy the text selected with the mouse", "screen.copy_text"),
)

# In a text box each key types or edits the line, as in a shell. These actions edit it, so their keys are not in the
# table: Tab completes the name of a group.
EDITING_ACTIONS = frozenset({"cohort.complete"})
