r"""Make text safe to show in a terminal: replace control characters and invisible characters.

    make_safe("a\r\nb\x1b[2J")   "a\nb\ufffd[2J"
    safe_line("a\nb")            "a\u2424b"

A terminal acts on some characters instead of showing them: escape sequences write to the clipboard, set the title or
clear the screen; direction marks reorder a line; zero-width characters hide in a word. Textual prints all of them
unchanged (style.md B). Each is replaced by U+FFFD where text enters the program, so that later code need not check.
"""

from __future__ import annotations

import re

_NEWLINES = re.compile("\r\n?|[\u2028\u2029]")
UNSAFE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 without tab and newline, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction: marks, embeddings, overrides, isolates
    "\u180e\u200b-\u200d\u2060-\u2065\ufeff"  # zero width
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # annotations and tags: never drawn
    "\ud800-\udfff\ufffe\uffff"  # surrogates and noncharacters
    "]"
)
"""Characters that must not be shown: a terminal acts on them, or a reader cannot see them."""
_VISIBLE = str.maketrans({"\n": "\N{SYMBOL FOR NEWLINE}", "\t": "\N{SYMBOL FOR HORIZONTAL TABULATION}"})


def make_safe(text: str) -> str:
    r"""Replace every control or invisible character by U+FFFD, and every line end by "\n".

    Text that is already safe is returned unchanged.
    """
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", _NEWLINES.sub("\n", text))


def safe_line(text: str) -> str:
    """Make a text safe to show on one line: newlines and tabs become visible symbols."""
    return make_safe(text).translate(_VISIBLE)
