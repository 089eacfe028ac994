"""Recognise official papers that no document type has read, so that none of them is taken for press coverage.

    "Monitoring visit to Exampleton"                 "a monitoring visit letter"
    "Unique reference number 123456"                 "an inspection report on a school or another setting"

Words at the start of a line decide: an article may quote the same words in a sentence.
"""

from __future__ import annotations

import re

_OTHER_KIND = "an inspection report or letter of another kind"
_KINDS = (
    ("a joint targeted area inspection", r"Joint\s+targeted\s+area\s+inspection"),
    ("an area SEND inspection", r"(?:Local\s+)?Area\s+SEND\s+(?:full\s+)?(?:inspection|revisit|monitoring)"),
    ("a monitoring visit letter", r"(?:\w+\s+)?Monitoring\s+visit\s+(?:of|to)\b"),
    (
        "an inspection report on a children's home",
        r"(?:Registered\s+(?:provider|manager|person)\b|Inspection\s+of\s+(?:a\s+)?children[’']?s[’']?\s+home"
        r"|Children[’']?s\s+home\s+inspection|How\s+well\s+children\s+and\s+young\s+people\s+are\s+helped)",
    ),
    (
        "an inspection report on an early years provider",
        r"(?:What\s+is\s+it\s+like\s+to\s+attend\s+this\s+early\s+years|Early\s+years\s+(?:provision|inspection)\b"
        r"|Type\s+of\s+(?:provision|registration)\b|Inspection\s+of\s+.{1,60}\b(?:nursery|pre-?school|childminder))",
    ),
    (
        "an inspection report on a school or another setting",
        r"(?:Unique\s+reference\s+number|URN\b|School\s+(?:report|details)\b|Inspection\s+number\b"
        r"|What\s+is\s+it\s+like\s+to\s+attend\s+this\b|Inspection\s+of\s+.{1,60}\b(?:school|academy|college)\b"
        r"|Provider\s+(?:name|reference|details)\b|Type\s+of\s+(?:school|provider|service)\b)",
    ),
    (
        _OTHER_KIND,
        r"(?:This\s+(?:letter|report)\s+(?:summarises|sets\s+out)|(?:Re-?)?Inspection\s+dates?\s*:|Lead\s+inspector\s*:"
        r"|Dear\s+(?:\w+\s+){1,4}|Headline\s+findings\W*$|What\s+needs\s+to\s+improve\W*$|Areas\s+for\s+(?:priority"
        r"\s+action|improvement)\W*$|Previous\s+inspection\b.{0,20}\d)",
    ),
)
_PATTERNS = tuple((kind, re.compile(rf"^[^\w\n]*{wording}", re.IGNORECASE | re.MULTILINE)) for kind, wording in _KINDS)
_NEVER_IN_PRESS = re.compile(
    r"Yours? sincerely|©\s*Crown copyright|enquiries@ofsted|Piccadilly Gate|^[^\w\n]*Inspection dates?\s*:"
    r"|^[^\w\n]*Area SEND inspection of|^[^\w\n]*This letter (?:summarises|to all the service leaders)",
    re.IGNORECASE | re.MULTILINE,
)
"""Words that make a text an official paper even if it quotes the press."""
_WRITTEN_BY_PRESS = re.compile(
    r"^[^\w\n]*By\s+[A-Z]\w+\s+[A-Z]\w+|\b(?:told|speaking\s+to)\s+(?:the\s+)?[A-Z]\w+"
    r"|(?i:\breporter\b|^[^\w\n]*(?:read|see)\s+(?:more|also)\b|\bcomments\s+(?:are\s+closed|powered)"
    r"|\bstory\s+updated\b|\bfull\s+letter\b)",
    re.MULTILINE,
)


def is_official_paper(text: str) -> bool:
    """Return whether a text is a paper of an inspectorate, and not a press article."""
    return _NEVER_IN_PRESS.search(text) is not None or name_official_paper(text) is not None


def name_official_paper(text: str) -> str | None:
    """Return the kind of official paper that a text is; None for any other text, or for an article that quotes one.

    A news item may have one heading of a report, so for a paper of another kind two wordings are needed.
    """
    if _WRITTEN_BY_PRESS.search(text):
        return None
    for kind, pattern in _PATTERNS:
        found = {match[0].strip().lower() for match in pattern.finditer(text)}
        if len(found) >= (2 if kind == _OTHER_KIND else 1):
            return kind
    return None
