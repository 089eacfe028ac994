"""Recognise official papers that no document type has read, so that none of them is taken for press coverage.

    "Monitoring visit to Exampleton"                 "a monitoring visit letter"
    "Unique reference number 123456"                 "an inspection report on a school or another setting"

Words at the start of a line decide: an article may quote the same words in a sentence.
"""

from __future__ import annotations

import re

_OTHER_KIND = "an inspection report or letter of another kind"
_AGENCY = "an inspection report on a fostering or adoption agency"
_INSPECTED = re.compile(
    r"^\W*(?:full |interim )?(?:inspection (?:report|dates?)\b|inspected under\b|inspection of\b)",
    re.IGNORECASE | re.MULTILINE,
)
"""The start of a line that shows that a paper whose title names an agency is about its inspection."""
_TITLES = (
    ("a report of the Care Quality Commission", r"(?:Care Quality Commission|.{1,60}: local authority assessment)"),
    (
        "a report of HMICFRS on the police",
        r"(?:PEEL\b.{0,40}|Police effectiveness, efficiency and legitimacy.{0,40}"
        r"|National child protection inspections?.{0,40}|(?:His|Her) Majesty[’']s Inspectorate of Constabulary.{0,60}"
        r"|(?:An )?inspection of .{1,60}\b(?:police|constabulary))",
    ),
    (
        "a report of HM Inspectorate of Probation",
        r"(?:An )?(?:joint )?inspection of (?:the )?(?:youth (?:offending|justice)|probation) (?:services?|work)\b"
        r".{0,60}|HM Inspectorate of Probation\b.{0,40}|(?:His|Her) Majesty[’']s Inspectorate of Probation.{0,40}",
    ),
    (
        "a report of HM Inspectorate of Prisons",
        r"(?:Report on )?(?:an? )?(?:full |short )*(?:un)?announced (?:follow-up )?(?:inspection|visit)(?: of)?.{0,60}"
        r"|HM ?YOI\b.{0,60}|by HM Chief Inspector of Prisons.{0,40}|HM Inspectorate of Prisons.{0,40}",
    ),
    ("an inspection report on a secure training centre", r".{0,40}\bsecure training centre"),
    (
        _AGENCY,
        r"(?:.{1,60}\b)?(?:fostering|adoption) (?:agency|service|panel)"
        r"|Inspection of (?:.{1,40} )?private fostering.{0,40}"
        r"|Inspection report for .{0,40}\b(?:fostering|adoption).{0,40}"
        r"|Inspection of (?:a )?.{0,60}(?:adoption|fostering) agency.{0,20}",
    ),
    (
        "an inspection report on a school or another setting",
        r"(?:.{1,40}\b)?(?:further education and skills|initial teacher (?:education|training)|learning provider)"
        r"\b.{0,40}\binspection report|.{0,60}\bresidential (?:family centre|special school|holiday scheme)",
    ),
    (
        "an order or notice of the government",
        r"(?:improvement notice|(?:non-?)?statutory direction)"
        r"(?: (?:to|issued to) .{1,80}(?:council|authority).{0,100})?",
    ),
    (
        "a review of a serious case",
        r"(?:(?:local )?child safeguarding practice review|(?:serious|significant) case review|rapid review)"
        r"(?:(?: overview| executive)? (?:report|summary))?"
        r"(?:[ :–-]+(?:on |of )?(?:child(?:ren)?|baby|family|young person)"
        r"(?: [A-Z0-9]{1,3}\b)?.{0,12})?",
    ),
    ("a letter on the yearly meeting with Ofsted", r"(?:Ofsted )?annual (?:engagement meeting|conversation)\b.{0,80}"),
)
"""Titles of papers of other kinds: the whole of one of the first lines."""
_KINDS = (
    (
        "a report of the Care Quality Commission",
        r"(?:Date of (?:inspection visit|publication|assessment)\s*:|Assessment published\s*:"
        r"|Is the service (?:safe|well-led)\b|Overall rating for this (?:service|location|trust|provider)"
        r"|How we assess local authorities)",
    ),
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
_TITLE_PATTERNS = tuple((kind, re.compile(rf"[^\w\n]*(?:{wording})\W*", re.IGNORECASE)) for kind, wording in _TITLES)
_TITLE_LINES = 25
_TITLE_CHARACTERS = 6000
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|says?|said|tells?|told|finds?|found|rated?|gets?|given|issued(?! to)"
    r"|slammed|praised?|criticised|fail(?:s|ed)|after|over|as|who|following)\b",
    re.IGNORECASE,
)
"""A word of a headline or a sentence, which no title has."""
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
    if kind := _name_by_title(text):
        return kind
    for kind, pattern in _PATTERNS:
        found = {match[0].strip().lower() for match in pattern.finditer(text)}
        if len(found) >= (2 if kind == _OTHER_KIND else 1):
            return kind
    return None


def _name_by_title(text: str) -> str | None:
    """Return the kind of official paper whose title is one of the first lines, alone on its line."""
    lines = [line.strip() for line in text[:_TITLE_CHARACTERS].split("\n") if line.strip()]
    for line in lines[:_TITLE_LINES]:
        if _FINITE.search(line):
            continue
        kind = next((kind for kind, pattern in _TITLE_PATTERNS if pattern.fullmatch(line)), None)
        if kind and (kind != _AGENCY or _INSPECTED.search(text)):
            return kind
    return None
