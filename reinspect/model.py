"""What the whole house speaks of: authorities, inspections, judgements, improvements, documents, passages.

Everything here is plain data. An `SourceFacts` is what one source says of one inspection; an `Inspection` is what
all its accounts come to once they are set side by side (`reinspect.reconciling`).
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Kind = Literal["report", "letter", "coverage", "digest", "other", "unreadable"]
Whose = Literal["authority", "lscb"]
Role = Literal["summary", "finding", "improvement", "priority action", "background", "heading"]
OriginKind = Literal["document", "record", "hand"]
Pinned = Literal["quote", "digest", "row", "phrase"]
Status = Literal["raised again", "reported better", "mentioned", "not mentioned"]
Word = Literal["confirmed", "corrected", "rejected"]


class Authority(msgspec.Struct, frozen=True, kw_only=True):
    """A council responsible for children's services, as the shipped record names it.

    `neighbours` are the LA codes of its ten statistical neighbours; the relation is not symmetric (domain.md 6).
    """

    slug: str
    name: str
    urn: str
    la_code: str
    ons_code: str = ""
    region: str = ""
    neighbours: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    changed: date | None = None


class PrintedAuthority(msgspec.Struct, frozen=True, kw_only=True):
    """An authority as a page prints it, and the one it was recognised as, if any."""

    printed: str
    slug: str | None = None
    name: str | None = None
    urn: str | None = None


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Where something is printed: a document (sha256), a page from 1, a half-open span in that page's text."""

    document: str
    page: int
    start: int
    end: int
    paragraph: int | None = None


class Window(msgspec.Struct, frozen=True, order=True):
    """Days on site, both included. A one-day visit starts and ends the same day."""

    start: date
    end: date


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One strand's grade as printed and in canonical words, or the reason it was not judged."""

    strand: str
    grade: str | None
    not_judged: str | None = None
    printed: str = ""
    label: str = ""
    evidence: Evidence | None = None


class Improvement(msgspec.Struct, frozen=True, kw_only=True):
    """One recommendation, area for improvement or priority action, at its place (`index`, from 1) in its list.

    `number` is the printed one; `tags` are the national-framework references that stood in the text.
    """

    index: int
    text: str
    number: int | None = None
    whose: Whose = "authority"
    strand: str | None = None
    tags: tuple[str, ...] = ()
    evidence: Evidence | None = None


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """The unit of search, of alignment and of citation: one paragraph or list item.

    `start` and `end` are its span on `page`; where it runs over pages, `runs_on` holds the rest as
    (page, start, end). `text` is the same words with lines joined.
    """

    document: str
    page: int
    start: int
    end: int
    text: str
    paragraph: int | None = None
    strand: str | None = None
    heading: str | None = None
    role: Role = "finding"
    whose: Whose = "authority"
    runs_on: tuple[tuple[int, int, int], ...] = ()

    @property
    def evidence(self) -> Evidence:
        """The span on the page where the passage begins."""
        return Evidence(
            document=self.document, page=self.page, start=self.start, end=self.end, paragraph=self.paragraph
        )


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was read: `sha256` of its bytes, what kind it is, where it came from, what was amiss."""

    sha256: str
    kind: Kind
    title: str
    source: str
    pages: int
    words: int = 0
    reader: str = ""
    warnings: tuple[str, ...] = ()


class SourceFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What one source says of one inspection. Empty or None means that it does not say.

    `dated` is a coarse ISO date ("2012-04", "2009-12-09") for an event whose days on site are not known.
    `mentions` are the coarse ISO dates ("2017-11", "2022", "2018-06-08") that coverage names: by these and by the
    grades it quotes it finds its event, and neither is ever counted as an inspection's own.
    `evidence` says where each single fact (a field's name) is printed.
    """

    authority: PrintedAuthority | None = None
    framework: str | None = None
    graded: bool = False
    windows: tuple[Window, ...] = ()
    published: date | None = None
    dated: str | None = None
    mentions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    lead_inspector: str | None = None
    judgements: tuple[Judgement, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    lscb_improvements: tuple[Improvement, ...] = ()
    priority_actions: tuple[Improvement, ...] = ()
    report_url: str | None = None
    evidence: dict[str, Evidence] = {}


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A document read: its pages of safe text, what it says of an inspection, and its passages.

    `reason` says why nothing could be read (kind "unreadable").
    """

    file: str
    document: Document
    facts: SourceFacts = SourceFacts()
    pages: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    reason: str | None = None


class StoredDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document in a store: what it says, and the inspection it belongs to.

    Where `inspection` is None, `reason` says why and `candidates` are the ids of inspections it may belong to.
    """

    document: Document
    inspection: str | None
    authority: str | None
    facts: SourceFacts
    candidates: tuple[str, ...] = ()
    reason: str = ""


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where a fact came from: a document (its sha256), the shipped record, or a person."""

    kind: OriginKind
    source: str = ""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One origin's value of a field, in printable words."""

    origin: Origin
    value: str


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A field on which origins differ: all that was claimed, the one in use first."""

    field: str
    claims: tuple[Claim, ...]


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A person's word on one field ("published", "framework", "judgement.leaders", ...), which outranks all others."""

    field: str
    value: str


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """One event, settled from all its accounts.

    `primary_text` is the one document whose words stand for this event in search, mining and follow-through.
    """

    id: str
    authority: str
    framework: str
    graded: bool
    windows: tuple[Window, ...] = ()
    published: date | None = None
    dated: str | None = None
    topics: tuple[str, ...] = ()
    lead_inspector: str | None = None
    judgements: tuple[Judgement, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    lscb_improvements: tuple[Improvement, ...] = ()
    priority_actions: tuple[Improvement, ...] = ()
    report_url: str | None = None
    documents: tuple[Document, ...] = ()
    primary_text: str | None = None
    origins: dict[str, Origin] = {}
    conflicts: tuple[Conflict, ...] = ()

    @property
    def start(self) -> date | None:
        """First day on site, or None where it is not known."""
        return self.windows[0].start if self.windows else None

    @property
    def end(self) -> date | None:
        """Last day on site of the last window, or None where it is not known."""
        return self.windows[-1].end if self.windows else None

    @property
    def when(self) -> str:
        """ISO date to sort by: first day on site, else the coarse date, else publication, else empty."""
        if self.windows:
            return self.windows[0].start.isoformat()
        return self.dated or (self.published.isoformat() if self.published else "")

    @property
    def year(self) -> int | None:
        """Year of the event's first day, as `when` gives it."""
        return int(self.when[:4]) if self.when else None

    def judgement(self, strand: str) -> Judgement | None:
        """The judgement on a strand, or None where this inspection had no such strand."""
        return next((judgement for judgement in self.judgements if judgement.strand == strand), None)


class Pin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a person put in the basket while reading: a quote, a row of a table, or a phrase (design.md 8).

    What is taken of a digest is a quote of nobody: those words are ours. `text` is as it was printed or shown, without
    marks; `citation` says in words where it comes from, and `evidence` at which place, where it stands at a single one.
    `inspection` is the id of the event it tells of; `note` is the person's own.
    """

    kind: Pinned
    text: str
    citation: str
    note: str = ""
    inspection: str | None = None
    evidence: Evidence | None = None

    @property
    def in_marks(self) -> str:
        """The words, in quotation marks where they are a quote."""
        marked = f"\N{LEFT DOUBLE QUOTATION MARK}{self.text}\N{RIGHT DOUBLE QUOTATION MARK}"
        return marked if self.kind == "quote" else self.text


class StepId(msgspec.Struct, frozen=True):
    """One step of a follow-through: an improvement, by its inspection's id and its `index`, in a `later` inspection."""

    inspection: str
    index: int
    later: str

    @property
    def key(self) -> str:
        """The same in one word, to keep it under."""
        return f"{self.inspection}#{self.index}>{self.later}"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """A person's word on a link, and the status that holds by it (`reinspect.comparing.followthrough.verdicts`).

    `improvement` is the text that was judged: should another one ever stand at its place, the word is not on that.
    """

    link: StepId
    improvement: str
    word: Word
    status: Status
