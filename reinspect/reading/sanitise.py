r"""Make text safe to show in a terminal: control characters are replaced, invisible characters are left out.

    make_safe("a\r\nb\x1b[2J")     "a\nb\ufffd[2J"
    make_safe("chil\u200bdren")    "children"
    safe_line("a\nb")              "a\u2424b"

A terminal acts on some characters instead of showing them: escape sequences write to the clipboard, set the title or
clear the screen; direction marks reorder a line. Each of these is replaced by U+FFFD, so that a reader sees that
something was there. Other characters show nothing at all and hide in a word, often by accident: they are left out, and
a blank letter becomes a space. Textual prints all of them unchanged, so this is done where text enters the program, and
later code need not check.
"""

from __future__ import annotations

import re

_NEWLINES = re.compile("\r\n?|\x85|\u2028|\u2029")
_CONTROL = (
    "\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f"  # C0 without tab and newline, DEL, C1
    "\u061c\u202a-\u202e\u2066-\u206f"  # direction: embeddings, overrides, isolates
    "\ufff9-\ufffb\U000e0001-\U000e007f"  # annotations and tags: never drawn, and they can hold a text
    "\ud800-\udfff\ufffe\uffff"  # surrogates and noncharacters
)
_INVISIBLE = (
    "\xad\u034f\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065"
    "\ufe00-\ufe0f\ufeff\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000\U000e0080-\U000e0fff"
)
"""Unicode's Default_Ignorable_Code_Point, except those in `_CONTROL` and `_BLANK`."""
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs that are drawn as an empty space."""
UNSAFE = re.compile(f"[{_CONTROL}\x85{_INVISIBLE}{_BLANK}]")
"""Characters that must not be shown: a terminal acts on them, or a reader cannot see them."""
_REPLACEMENTS = {_INVISIBLE: "", _BLANK: " ", _CONTROL: "\N{REPLACEMENT CHARACTER}"}
_VISIBLE = str.maketrans({"\n": "\N{SYMBOL FOR NEWLINE}", "\t": "\N{SYMBOL FOR HORIZONTAL TABULATION}"})


def make_safe(text: str) -> str:
    r"""Replace control characters by U+FFFD and line ends by "\n", and leave out invisible characters.

    Text that is already safe is returned unchanged.
    """
    text = _NEWLINES.sub("\n", text)
    if UNSAFE.search(text):
        for characters, replacement in _REPLACEMENTS.items():
            text = re.sub(f"[{characters}]", replacement, text)
    return text


def safe_line(text: str) -> str:
    """Make a text safe to show on one line: newlines and tabs become visible symbols."""
    return make_safe(text).translate(_VISIBLE)
