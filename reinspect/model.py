"""The data of the whole program: authorities, inspections, judgements, improvements, documents and passages.

Nothing here computes or reads a file. The way from a file to an inspection:

    a file               -> Reading      its pages, its passages and its SourceFacts  (`reinspect.reading`)
    a Reading            -> StoredDocument, assigned to one inspection                (`reinspect.matching`)
    several SourceFacts  -> Inspection   the facts of all its sources, reconciled     (`reinspect.reconciling`)

A partial date is an ISO date whose day, or month and day, may be missing: "2012-04-16", "2012-04" or "2012".
A span is half-open: it includes `start` and excludes `end`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Kind = Literal["report", "letter", "coverage", "digest", "other", "unreadable"]
"""The kind of a document. Coverage is press coverage; a digest is our own notes on a report that does not ship."""

Owner = Literal["authority", "lscb"]
"""The body that a passage or an improvement is about: the council, or its safeguarding children board (LSCB)."""

Role = Literal["summary", "finding", "improvement", "priority action", "background", "heading"]
"""The part that a passage plays in its document."""

OriginKind = Literal["document", "record", "hand"]
"""The kind of source of a fact: a document, the shipped record, or a person."""

PinKind = Literal["quote", "digest", "row", "phrase"]
"""The kind of a pin: words of a document, words of a digest, a row of a table, or a phrase."""

Status = Literal["raised again", "reported better", "mentioned", "not mentioned"]
"""The status of an earlier improvement in a later inspection."""

Review = Literal["confirmed", "corrected", "rejected"]
"""A person's decision on a status that the program found."""


class Authority(msgspec.Struct, frozen=True, kw_only=True):
    """A council responsible for children's services, as the shipped record describes it.

    `urn` is Ofsted's number, `la_code` the three-digit code of the Department for Education and `ons_code` that of the
    Office for National Statistics. `neighbours` are the LA codes of its ten statistical neighbours, nearest first; the
    relation is not symmetric (domain.md 6). `predecessors` and `successors` are slugs of the councils whose area it
    took over, or that took over its own on the day `changed`.
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
    """The name of an authority as a page prints it, and the authority it was recognised as, if any."""

    printed: str
    slug: str | None = None
    name: str | None = None
    urn: str | None = None


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a document: its sha256, a page counted from 1, and a span of characters in that page's text.

    `paragraph` is the number that the page prints before the paragraph.
    """

    document: str
    page: int
    start: int
    end: int
    paragraph: int | None = None


class Window(msgspec.Struct, frozen=True, order=True):
    """The days of one visit, first and last included. A one-day visit starts and ends on the same day."""

    start: date
    end: date


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """The grade of one strand, or the reason why the strand was not judged.

    `strand` is the key of an area that a framework judges, such as "leaders". `grade` is the grade in canonical words,
    `printed` the grade as the document prints it, and `label` the printed name of the strand.
    """

    strand: str
    grade: str | None
    not_judged: str | None = None
    printed: str = ""
    label: str = ""
    evidence: Evidence | None = None


class Improvement(msgspec.Struct, frozen=True, kw_only=True):
    """One recommendation, area for improvement or priority action.

    `index` is its place in its list, from 1, and `number` the number that is printed before it. `tags` are references
    to the National Framework that were printed in the text, such as "Principle 1".
    """

    index: int
    text: str
    number: int | None = None
    whose: Owner = "authority"
    strand: str | None = None
    tags: tuple[str, ...] = ()
    evidence: Evidence | None = None


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One paragraph or list item: the unit that is searched, compared and cited.

    `start` and `end` are its span in the text of `page`. If it continues on later pages, `runs_on` has a
    (page, start, end) for each. `text` is the same words with lines joined. `strand` and `heading` are those of the
    section that it is printed in, `paragraph` its printed number.
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
    whose: Owner = "authority"
    runs_on: tuple[tuple[int, int, int], ...] = ()

    @property
    def evidence(self) -> Evidence:
        """The span on the page where the passage begins."""
        return Evidence(
            document=self.document, page=self.page, start=self.start, end=self.end, paragraph=self.paragraph
        )


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was read: the sha256 of its bytes, its kind, its title and its size.

    `source` is the file name or address it came from, `reader` the version of the reader that read it, and `warnings`
    are what the reader could not make out.
    """

    sha256: str
    kind: Kind
    title: str
    source: str
    pages: int
    words: int = 0
    reader: str = ""
    warnings: tuple[str, ...] = ()


class SourceFacts(
    msgspec.Struct, frozen=True, kw_only=True, rename={"partial_date": "dated", "mentioned_dates": "mentions"}
):
    """The facts that one source states about one inspection; an empty field or None means that it does not state it.

    The source is a document, the shipped record, a row of a person's own table, or a person's corrections.

    - `framework`: the key of the inspection framework, such as "ilacs-2018".
    - `graded`: whether the framework gives grades; a focused visit does not.
    - `windows`: the days on site, one window a visit.
    - `published`: the day on which the report or letter was published.
    - `partial_date`: the date of an inspection whose days on site are not known.
    - `mentioned_dates`: partial dates in press coverage. With the grades that the coverage quotes they decide which
      inspection it is about (`reinspect.matching`). They never become facts of that inspection.
    - `topics`: the subjects of a focused visit.
    - `improvements`: those for the authority; `lscb_improvements` are for its safeguarding board. Priority actions
      are the most urgent ones, and are in neither of the two.
    - `evidence`: the place where a fact is printed, by the name of its field.
    """

    authority: PrintedAuthority | None = None
    framework: str | None = None
    graded: bool = False
    windows: tuple[Window, ...] = ()
    published: date | None = None
    partial_date: str | None = None
    mentioned_dates: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    lead_inspector: str | None = None
    judgements: tuple[Judgement, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    lscb_improvements: tuple[Improvement, ...] = ()
    priority_actions: tuple[Improvement, ...] = ()
    report_url: str | None = None
    evidence: dict[str, Evidence] = {}


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A file after it was read: its pages of safe text, the facts it states and its passages.

    `reason` explains why a file of kind "unreadable" could not be read.
    """

    file: str
    document: Document
    facts: SourceFacts = SourceFacts()
    pages: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    reason: str | None = None


class StoredDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document in a store, with the facts it states and the id of the inspection it belongs to.

    If it belongs to none yet, `reason` explains why, and `candidates` are the ids of inspections it may belong to.
    """

    document: Document
    inspection: str | None
    authority: str | None
    facts: SourceFacts
    candidates: tuple[str, ...] = ()
    reason: str = ""


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The source of a fact: a document (`source` is its sha256), the shipped record, or a person."""

    kind: OriginKind
    source: str = ""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """The value that one origin gives for a field, in printable words."""

    origin: Origin
    value: str


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A field on which origins disagree: all their claims, the one in use first."""

    field: str
    claims: tuple[Claim, ...]


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A value that a person entered for one field ("published", "judgement.leaders"); it outranks every source."""

    field: str
    value: str


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """One inspection or visit: the facts of all its sources, reconciled (`reinspect.reconciling`).

    Its fields are those of `SourceFacts`, and:

    - `id`: authority, first day and family of frameworks, such as "camden-2022-04-25-ilacs".
    - `authority`: the slug of the authority.
    - `documents`: all documents about it, the most authoritative first.
    - `primary_text`: the sha256 of the one document that search, mining and follow-through read for it. Copies and
      coverage are left out, so that nothing is counted twice.
    - `origins`: the origin of each value in use, by the name of its field ("published", "judgement.help").
    - `conflicts`: the fields on which sources disagree.
    """

    id: str
    authority: str
    framework: str
    graded: bool
    windows: tuple[Window, ...] = ()
    published: date | None = None
    partial_date: str | None = None
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
        """The first day on site, or None if it is not known."""
        return self.windows[0].start if self.windows else None

    @property
    def end(self) -> date | None:
        """The last day on site of the last visit, or None if it is not known."""
        return self.windows[-1].end if self.windows else None

    @property
    def when(self) -> str:
        """The partial date to sort by: first day on site, else `partial_date`, else publication, else ""."""
        if self.windows:
            return self.windows[0].start.isoformat()
        return self.partial_date or (self.published.isoformat() if self.published else "")

    @property
    def year(self) -> int | None:
        """The year of `when`, or None if no date is known."""
        return int(self.when[:4]) if self.when else None

    def judgement(self, strand: str) -> Judgement | None:
        """Return the judgement on a strand, or None if this inspection has none."""
        return next((judgement for judgement in self.judgements if judgement.strand == strand), None)


class Pin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that a person put in the basket: a quote, a row of a table, or a phrase (design.md 8).

    `text` is the words as printed or shown. `citation` names the source in words, and `evidence` is the exact place
    if there is a single one. `inspection` is an id, and `note` is the person's own remark. A sentence of a digest has
    the kind "digest", because its words are ours and not a quote.
    """

    kind: PinKind
    text: str
    citation: str
    note: str = ""
    inspection: str | None = None
    evidence: Evidence | None = None

    @property
    def in_marks(self) -> str:
        """The words, in quotation marks if the pin is a quote."""
        marked = f"\N{LEFT DOUBLE QUOTATION MARK}{self.text}\N{RIGHT DOUBLE QUOTATION MARK}"
        return marked if self.kind == "quote" else self.text


class StepId(msgspec.Struct, frozen=True):
    """The identity of one step of a follow-through: one improvement in one later inspection.

    The improvement is named by the id of its `inspection` and its `index` there; `later` is the id of the other one.
    """

    inspection: str
    index: int
    later: str

    @property
    def key(self) -> str:
        """The same as one string, for use as a key."""
        return f"{self.inspection}#{self.index}>{self.later}"


class Verdict(msgspec.Struct, frozen=True, kw_only=True, rename={"step": "link", "review": "word"}):
    """A person's review of a step, and the status that the step has because of it.

    `improvement` is the text that the person reviewed. If another improvement takes its place in the list, the verdict
    no longer applies (`reinspect.comparing.followthrough.verdicts`).
    """

    step: StepId
    improvement: str
    review: Review
    status: Status
