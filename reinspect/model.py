"""The data types of the whole program: authorities, inspections, judgements, improvements, documents, passages.

Nothing here computes or reads a file. The way from a file to an inspection:

    a file               -> Reading      its pages, its passages and its SourceFacts  (`reinspect.reading`)
    a Reading            -> StoredDocument, assigned to one inspection                (`reinspect.matching`)
    several SourceFacts  -> Inspection   the facts of all its sources, reconciled     (`reinspect.reconciling`)

A partial date is an ISO date whose day, or month and day, may be missing: "2012-04-16", "2012-04" or "2012".
A span is half-open: it includes `start` and excludes `end`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

Kind = Literal["report", "letter", "coverage", "digest", "other", "unreadable"]
"""The kind of a document. Coverage is a press article; a digest is our own notes on a report."""

Owner = Literal["authority", "lscb"]
"""The body that a passage or an improvement is about: the council, or its safeguarding children board (LSCB)."""

Role = Literal["summary", "finding", "improvement", "priority action", "background", "heading"]
"""The function of a passage in its document."""

OriginKind = Literal["document", "record", "hand"]
"""The kind of source of a fact: a document, the shipped record, or a person."""

_DAYS_A_YEAR = 365.25
_MONTH_OF_DATE = re.compile(
    r"(?<=\d )(?:january|february|march|april|may|june|july|august|september|october|november|december)(?= \d{4}\b)"
)

ItemRole = Literal["improvement", "priority action"]
"""The role of an item that inspectors ask for: the lists of priority actions and of improvements are numbered apart."""

PinKind = Literal["quote", "digest", "row", "phrase"]
"""The kind of a pinned item: a quote from a document, a note from one of our digests, a table row, or a phrase."""

Status = Literal["raised again", "reported better", "mentioned", "not mentioned"]
"""The status of an earlier improvement in a later inspection."""

StepStatus = Literal["raised again", "reported better", "mentioned", "not mentioned", "undecided"]
"""A status, or "undecided" where the program cannot say and a person has not said."""

Review = Literal["confirmed", "corrected", "rejected"]
"""A person's decision on a status that the program found."""


class Authority(msgspec.Struct, frozen=True, kw_only=True):
    """A council responsible for children's services.

    `urn` is its Ofsted number, `la_code` its three-digit code at the Department for Education, and `ons_code` its code
    at the Office for National Statistics. `neighbours` are the LA codes of the ten most similar councils, nearest
    first. `predecessors` are the slugs of the councils that it replaced, `successors` of those that replaced it, and
    `changed` is the day of that change.
    """

    slug: str
    name: str
    urn: str
    la_code: str
    ons_code: str = ""
    region: str = ""
    # The relation is not symmetric.
    neighbours: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    changed: date | None = None


class PrintedAuthority(msgspec.Struct, frozen=True, kw_only=True):
    """A council's name as a document prints it, and the council that was recognised from the name, if any."""

    printed: str
    slug: str | None = None
    name: str | None = None
    urn: str | None = None


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a document: a span of characters on one page.

    `document` is the sha256 of the file, `page` counts from 1, and `start` and `end` (excluded) are character offsets
    in the text of the page. `paragraph` is the printed paragraph number.
    """

    document: str
    page: int
    start: int
    end: int
    paragraph: int | None = None


class Window(msgspec.Struct, frozen=True, order=True):
    """The first and the last day of one visit, both included."""

    start: date
    end: date


def extent(windows: Sequence[Window]) -> tuple[date, date] | None:
    """Return the first and the last day of an inspection with several visits; None if there are none."""
    return (windows[0].start, windows[-1].end) if windows else None


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """The grade that an inspection gave on one strand, or the reason why it gave none.

    `strand` is the key of a judged area, such as "leaders", and `label` its printed name. `grade` is the grade in
    standard words ("requires improvement"), and `printed` has the printed words. `score` is the number printed next to
    the grade, if the framework has scores.
    """

    strand: str
    grade: str | None
    not_judged: str | None = None
    printed: str = ""
    label: str = ""
    score: int | None = None
    evidence: Evidence | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The result of an inspection that gives no grade, such as "inconsistent" for an area SEND inspection.

    `key` is one of the outcomes of the framework, and `printed` the sentence of the document. An outcome has no rank:
    it is never counted, sorted or compared as a grade. `details` are facts that belong to it, such as "5 weaknesses".
    """

    key: str
    printed: str = ""
    details: tuple[str, ...] = ()
    evidence: Evidence | None = None


class Improvement(msgspec.Struct, frozen=True, kw_only=True):
    """One recommendation, area for improvement or priority action of an inspection.

    `index` is its position in the list, from 1, and `number` its printed number. `tags` are printed references to the
    National Framework, such as "Principle 1". `bodies` are the organisations that must act, if the list names them.
    """

    index: int
    text: str
    number: int | None = None
    whose: Owner = "authority"
    strand: str | None = None
    tags: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    evidence: Evidence | None = None


def numbered(role: ItemRole, item: Improvement) -> str:
    """Return the printed number of an item, else its position in its list: "3", or "priority action 3"."""
    number = str(item.number or item.index)
    return number if role == "improvement" else f"{role} {number}"


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One paragraph or list item of a document: the unit that is searched, compared and cited.

    `start` and `end` are character offsets in the text of `page`. If the passage continues on later pages, `runs_on`
    has a (page, start, end) for each of these pages. `text` is the whole passage on one line, and `paragraph` its
    printed number. `strand` and `heading` are those of the section around the passage.
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
        """The place of the passage on its first page."""
        return self.evidence_on(self.page)

    def evidence_on(self, page: int) -> Evidence:
        """Return the place of the part of the passage that is printed on one of its pages."""
        parts = {number: (start, end) for number, start, end in self.runs_on}
        start, end = parts.get(page, (self.start, self.end))
        return Evidence(document=self.document, page=page, start=start, end=end, paragraph=self.paragraph)

    def page_at(self, offset: int) -> int:
        """Return the page on which the character at an offset in `text` is printed."""
        if not self.runs_on:
            return self.page
        # Joining the lines dropped hyphens and spaces, so a page ends about as far in `text` as in the printed parts.
        lengths = [self.end - self.start, *(end - start for _, start, end in self.runs_on)]
        page, printed, total = self.page, 0, max(sum(lengths), 1)
        for (following, _, _), length in zip(self.runs_on, lengths, strict=False):
            printed += length
            if offset < self._nearest_word(printed * len(self.text) // total):
                break
            page = following
        return page

    def _nearest_word(self, offset: int) -> int:
        """Return the offset of the beginning of a word that is nearest to an offset in `text`."""
        before = self.text.rfind(" ", 0, offset) + 1
        after = self.text.find(" ", max(offset - 1, 0)) + 1
        return after if after and after - offset < offset - before else before


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was read: its sha256, kind, title and size.

    `source` is the file name or web address. `reader` is the version of the program that read the file, and `warnings`
    describe what that version could not make out. `file_warnings` are those of them that came up when the file was
    opened, and `doubtful_pages` are the pages whose text may be incomplete: both are kept when the text is read again.
    """

    sha256: str
    kind: Kind
    title: str
    source: str
    pages: int
    words: int = 0
    reader: str = ""
    warnings: tuple[str, ...] = ()
    file_warnings: tuple[str, ...] = ()
    doubtful_pages: tuple[int, ...] = ()

    @property
    def shown_title(self) -> str:
        """The title, with a capital letter for each month; some are file names, such as "notes - 11 july 2022"."""
        return _MONTH_OF_DATE.sub(lambda found: found[0].title(), self.title)


class SourceFacts(
    msgspec.Struct, frozen=True, kw_only=True, rename={"partial_date": "dated", "mentioned_dates": "mentions"}
):
    """The facts that one source states about one inspection. A field is empty or None if the source does not state it.

    - `framework`: the key of the inspection framework, such as "ilacs-2018".
    - `graded`: True if the framework gives grades; a focused visit has none.
    - `windows`: the days on site, one `Window` for each visit.
    - `partial_date`: the date of an inspection whose days on site are not known, such as "2012-04".
    - `mentioned_dates`: dates in a press article, used only to find the inspection that the article is about.
    - `topics`: the subjects of a focused visit.
    - `improvements`: areas for improvement of the authority. `lscb_improvements` are those of its safeguarding board,
      and `priority_actions` the most urgent ones; both are separate lists.
    - `outcome`: the result of an inspection without grades; `next_step` is what the inspectors say will follow.
    - `previous`: the days of the inspection before, as the document prints them.
    - `theme`: the subject of a joint inspection, and `partners` the bodies that a joint letter is addressed to.
    - `ordinal`: the place of a monitoring visit among those since the same inspection: 2 for the second.
    - `evidence`: the place where a fact is printed, by field name.
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
    outcome: Outcome | None = None
    next_step: str | None = None
    previous: tuple[Window, ...] = ()
    theme: str | None = None
    partners: tuple[str, ...] = ()
    ordinal: int | None = None
    evidence: dict[str, Evidence] = {}


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """The result of reading a file: the text of its pages, the facts it states, and its passages.

    `reason` explains why a file of kind "unreadable" could not be read.
    """

    file: str
    document: Document
    facts: SourceFacts = SourceFacts()
    pages: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    reason: str | None = None


class StoredDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document in a store, with the facts it states and the id of its inspection.

    If the inspection is not known, `reason` explains why, and `candidates` are the ids of possible inspections.
    """

    document: Document
    inspection: str | None
    authority: str | None
    facts: SourceFacts
    candidates: tuple[str, ...] = ()
    reason: str = ""


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The source of a fact: a document (then `source` is its sha256), the shipped record, or a person."""

    kind: OriginKind
    source: str = ""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """The value that one source gives for a field, as text to print."""

    origin: Origin
    value: str


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A field on which sources disagree. `claims` has the value of each source; the value in use comes first."""

    field: str
    claims: tuple[Claim, ...]


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A value that a person entered for one field of an inspection. A correction overrides every source.

    `field` is a field name, such as "published" or "judgement.leaders".
    """

    field: str
    value: str


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """One inspection or visit, with the facts of all its sources merged.

    - `id`: built from authority, first day and framework, such as "camden-2022-04-25-ilacs".
    - `authority`: the slug of the authority.
    - `documents`: all documents about the inspection, the most authoritative first.
    - `primary_text`: the sha256 of the one document that is searched for this inspection, so that copies count once.
    - `origins`: the source of each value, by field name ("published", "judgement.help").
    - `conflicts`: the fields on which sources disagree.

    The other fields are those of `SourceFacts`.
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
    outcome: Outcome | None = None
    next_step: str | None = None
    previous: tuple[Window, ...] = ()
    theme: str | None = None
    partners: tuple[str, ...] = ()
    ordinal: int | None = None
    documents: tuple[Document, ...] = ()
    primary_text: str | None = None
    origins: dict[str, Origin] = {}
    conflicts: tuple[Conflict, ...] = ()

    @property
    def start(self) -> date | None:
        """The first day on site, or None if unknown."""
        return self.windows[0].start if self.windows else None

    @property
    def end(self) -> date | None:
        """The last day on site, or None if unknown."""
        return self.windows[-1].end if self.windows else None

    @property
    def when(self) -> str:
        """The date to sort by: the first day on site, else `partial_date`, else publication, else an empty string."""
        if self.windows:
            return self.windows[0].start.isoformat()
        return self.partial_date or (self.published.isoformat() if self.published else "")

    @property
    def day(self) -> date | None:
        """The date of `when` as a day: the middle of its month or year if only that is known; None if it is empty."""
        parts = [int(part) for part in self.when.split("-") if part]
        match parts:
            case [year]:
                return date(year, 7, 1)
            case [year, month]:
                return date(year, month, 15)
            case [year, month, day]:
                return date(year, month, day)
        return None

    def years_until(self, later: Inspection) -> float:
        """Return the years from this inspection to a later one, by their first days; 0 if one is not known."""
        return max((later.day - self.day).days, 0) / _DAYS_A_YEAR if self.day and later.day else 0.0

    @property
    def year(self) -> int | None:
        """The year of the inspection, or None if unknown."""
        return int(self.when[:4]) if self.when else None

    @property
    def asked(self) -> tuple[Improvement, ...]:
        """All that the authority is asked for: the priority actions, then the improvements."""
        return (*self.priority_actions, *self.improvements)

    def role_of(self, item: Improvement) -> ItemRole:
        """Return the list of this inspection that an item of `asked` is in."""
        return "priority action" if item in self.priority_actions else "improvement"

    def number_of(self, item: Improvement) -> str:
        """Return the printed number of an item of `asked`, else its position: "3", or "priority action 3"."""
        return numbered(self.role_of(item), item)

    def judgement(self, strand: str) -> Judgement | None:
        """Return the judgement on a strand, or None if there is none."""
        for judgement in self.judgements:
            if judgement.strand == strand:
                return judgement
        return None


class Pin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An item that a person pinned to the basket: a quote, a note from a digest, a table row, or a phrase.

    `citation` names the source in words, and `evidence` is the exact place, if there is one. `inspection` is an id, and
    `note` is the person's own remark.
    """

    kind: PinKind
    text: str
    citation: str
    note: str = ""
    inspection: str | None = None
    evidence: Evidence | None = None

    @property
    def in_marks(self) -> str:
        """The text of the pin, in quotation marks if the pin is a quote."""
        marked = f"\N{LEFT DOUBLE QUOTATION MARK}{self.text}\N{RIGHT DOUBLE QUOTATION MARK}"
        return marked if self.kind == "quote" else self.text


class ThemeCorrection(msgspec.Struct, frozen=True, kw_only=True):
    """A person's decision on what an improvement is about; it overrides the theme that the program found.

    `inspection` is an id, `improvement` the words of the improvement, and `theme` the key of a theme.
    """

    inspection: str
    improvement: str
    theme: str


class StepId(msgspec.Struct, frozen=True, omit_defaults=True):
    """The identity of a follow-through step: one improvement or priority action, as treated by one later inspection.

    `inspection` is the id of the inspection that listed the improvement, `index` the improvement's position in the
    list of its `role`, and `later` the id of the later inspection.
    """

    inspection: str
    index: int
    later: str
    role: ItemRole = "improvement"

    @property
    def key(self) -> str:
        """The identity as one string, to use as a key."""
        urgent = "priority " if self.role == "priority action" else ""
        return f"{self.inspection}#{urgent}{self.index}>{self.later}"


class Verdict(msgspec.Struct, frozen=True, kw_only=True, rename={"step": "link", "review": "word"}):
    """A person's decision on the status of one follow-through step.

    `improvement` is the text that the person reviewed. The verdict no longer applies if that text is not at the same
    position any more.
    """

    step: StepId
    improvement: str
    review: Review
    status: Status
