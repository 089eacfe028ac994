"""Short forms of grades and strands (the subjects that are graded), and the full words for them."""

from __future__ import annotations

STRAND_SHORT = {
    "overall": "Ov",
    "leaders": "Le",
    "help": "He",
    "care": "Ca",
    "care_and_leavers": "CL",
    "leavers": "Lv",
    "adoption": "Ad",
    "lscb": "SB",
}
STRANDS_IN_FULL = {
    "Ov": "overall",
    "Le": "leaders",
    "He": "help and protection",
    "Ca": "children in care",
    "CL": "children in care and care leavers in one grade",
    "Lv": "care leavers",
    "Ad": "adoption",
    "SB": "safeguarding board",
}
NOT_JUDGED, NOT_HELD = "nj", "?"
STATES_IN_FULL = {NOT_JUDGED: "not judged", NOT_HELD: "not known"}
NO_SUCH_STRAND = "\N{EM DASH}"
