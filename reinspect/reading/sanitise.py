"""Text made safe, once, where it comes in.

A terminal acts on some characters instead of showing them: escape sequences write the clipboard, set the title,
clear the screen; direction marks reorder a line; zero-width ones hide in a word. Textual writes all of them
through (style.md B). Here each becomes U+FFFD, so that no later room has to think of it.
"""

from __future__ import annotations

import re

_NEWLINES = re.compile("\r\n?|[\u2028\u2029]")
UNSAFE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction: marks, embeddings, overrides, isolates
    "\u180e\u200b-\u200d\u2060-\u2065\ufeff"  # zero width
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # annotations and tags: text that is never drawn
    "\ud800-\udfff\ufffe\uffff"  # no characters at all
    "]"
)
"""What no text may hold that is shown: a terminal acts on it, or a reader cannot see it."""
_VISIBLE = str.maketrans({"\n": "\N{SYMBOL FOR NEWLINE}", "\t": "\N{SYMBOL FOR HORIZONTAL TABULATION}"})


def make_safe(text: str) -> str:
    r"""The same text with every line end as "\n" and every character that a terminal would act on as U+FFFD.

    Making it safe twice changes nothing more.
    """
    return UNSAFE.sub("\N{REPLACEMENT CHARACTER}", _NEWLINES.sub("\n", text))


def safe_line(text: str) -> str:
    """Safe text on one line, for file names and messages: newlines and tabs are shown as symbols."""
    return make_safe(text).translate(_VISIBLE)
