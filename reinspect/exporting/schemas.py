"""Types of the JSON objects that commands print with `--json`: the contract with programs that read them.

One struct describes one JSON object, with its fields in printed order. `reinspect.exporting.records` fills these
structs, and `json_schema` turns them into JSON Schema.

- A field that may be absent has the type `UnsetType`. A field that is always present but may be empty is `None`.
- While the "schema" number stays the same, fields may be added but never renamed or removed.
- Strands, grades and frameworks are plain strings, not closed lists: a new framework file may add some. The closed
  lists below belong to the contract. A test compares them with the lists in the code.
"""

from __future__ import annotations

from datetime import date
from inspect import cleandoc
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from reinspect.model import ItemRole, Kind, OriginKind, Owner, PinKind, Review, Status, StepStatus
from reinspect.phrases.types import UsageShare

Version = Literal[2]
SCHEMA: Version = 2
# Restated here, so that `reinspect list --json` does not load the code that compares.
Kinship = Literal["same authority", "changed authority", "two authorities"]
Change = Literal["improved", "declined", "same grade", "same rung, harder test", "not comparable"]
Relation = Literal["a is higher", "b is higher", "same grade", "same rung, different test", "not comparable"]
State = Literal["graded", "not judged", "not held", "no such strand", "ungraded visit"]
Band = Literal["recurs", "possibly"]
Tone = Literal["good", "critical", "mixed", "neutral"]
Mark = Literal["praise", "criticism", "both", "neutral", "listed"]
ImportOutcome = Literal["added", "already held", "unattached", "failed"]
FetchOutcome = Literal["wanted", "already held", "no address", "added", "unattached", "failed"]

Day = Annotated[date, msgspec.Meta(description="ISO date", extra_json_schema={"pattern": r"^\d{4}-\d{2}-\d{2}$"})]
Window = Annotated[
    list[Day], msgspec.Meta(min_length=2, max_length=2, description="first and last day on site of one visit")
]
CoarseDate = Annotated[
    str, msgspec.Meta(description='year, month or day, such as "2012-04", if the days on site are not known')
]
Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Page = Annotated[int, msgspec.Meta(ge=1, description="page of the document, counted from 1")]
Confidence = Annotated[float, msgspec.Meta(ge=0, le=1)]
Span = Annotated[
    list[int], msgspec.Meta(min_length=2, max_length=2, description="start and end of a span; the end is not included")
]
CaveatCounts = Annotated[
    dict[str, int], msgspec.Meta(description="key of a caveat, and the number of comparisons it applies to")
]


class Shape(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Base class of JSON objects that allow no other fields."""


class AuthorityShape(Shape):
    """A local authority.

    `printed` is its name as written on a page, null if no page is quoted. The other fields are null if the name was not
    recognised.
    """

    printed: str | None
    slug: str | None
    name: str | None
    urn: str | None


class JudgementShape(Shape):
    """The grade of one strand (a subject that inspections grade, such as leadership).

    `grade` is the standard word, `printed` the word in the document, `label` the printed name of the strand.
    `not_judged` is the reason if no grade was given.
    """

    strand: str
    grade: str | None
    not_judged: str | None
    printed: str
    label: str
    score: Annotated[int, msgspec.Meta(description="the number printed with the grade, such as 24 of 36")] | None
    page: Page | None


class ImprovementShape(Shape):
    """One recommendation, area for improvement or priority action.

    `index` is its position in the list, counted from 1. `number` is the printed number.
    """

    index: int
    number: int | None
    whose: Owner
    text: str
    tags: list[str]
    bodies: Annotated[list[str], msgspec.Meta(description="the organisations that must act, if the list names them")]
    page: Page | None
    paragraph: int | None


class OutcomeShape(Shape):
    """The result of an inspection that gives no grade, such as "inconsistent". An outcome has no rank.

    `printed` is the sentence of the document, and `details` are facts that belong to the outcome.
    """

    key: str
    printed: str
    details: list[str]
    page: Page | None


class FactsShape(Shape):
    """The facts that a file states, or that are stored about an inspection."""

    schema: Version
    file: str | None
    sha256: Sha256 | None
    kind: Kind | None
    reason: str | None
    reader: str | None
    authority: AuthorityShape | None
    framework: str | None
    band: Annotated[str, msgspec.Meta(description="the group of frameworks: social care, SEND and so on")] | None
    graded: bool
    inspection_start: Day | None
    inspection_end: Day | None
    windows: list[Window]
    dated: CoarseDate | None
    published: Day | None
    topics: list[str]
    theme: str | None
    partners: list[str]
    ordinal: int | None
    outcome: OutcomeShape | None
    next_step: str | None
    previous: list[Window]
    lead_inspector: str | None
    judgements: list[JudgementShape]
    improvements: list[ImprovementShape]
    lscb_improvements: list[ImprovementShape]
    priority_actions: list[ImprovementShape]
    passages: int | None
    warnings: list[str]


class ReadShape(FactsShape):
    """The facts found in one file (`read`). Facts that were not found are null or empty.

    `passages` is the number of paragraphs and list items in the file.
    """

    file: str
    kind: Kind
    reason: Annotated[str, msgspec.Meta(description="why the file could not be read")] | None
    passages: int


class DocumentShape(Shape):
    """A stored document."""

    sha256: Sha256
    kind: Kind
    title: str


class ClaimShape(Shape):
    """A value for a field, and the source that gives this value."""

    origin: OriginKind
    source: str | None
    value: str


class ConflictShape(Shape):
    """A field for which sources give different values. The first value is used."""

    field: str
    claims: list[ClaimShape]


class InspectionShape(FactsShape):
    """One stored inspection, with the facts of all its sources (`list`, `show`).

    `file`, `sha256`, `kind`, `reader`, `passages` and `warnings` describe its main document (the report or letter).
    They are null or empty if no document is stored. `reason` is always null.
    """

    reason: None
    authority: AuthorityShape
    framework: str
    band: Annotated[str, msgspec.Meta(description="the group of frameworks: social care, SEND and so on")]
    id: str
    documents: list[DocumentShape]
    conflicts: list[ConflictShape]
    report_url: str | None


class ImportShape(Shape):
    """The outcome of adding one file (`add`). `created` is true if the file created a new inspection."""

    schema: Version
    file: str
    sha256: Sha256 | None
    outcome: ImportOutcome
    inspection: str | None
    created: bool
    reason: str | None
    warnings: list[str]


class FetchShape(Shape):
    """The outcome of fetching one report (`fetch`).

    `sought` is the inspection whose report was wanted, `inspection` the inspection that the downloaded file belongs to.
    `file`, `sha256`, `created` and `warnings` are present if the report was downloaded.
    """

    schema: Version
    sought: str
    url: str | None
    outcome: FetchOutcome
    inspection: str | None
    reason: str | UnsetType | None = UNSET
    file: str | UnsetType = UNSET
    sha256: Sha256 | UnsetType | None = UNSET
    created: bool | UnsetType = UNSET
    warnings: list[str] | UnsetType = UNSET


class EventShape(Shape):
    """One inspection or visit on a timeline.

    `improvements` and `priority_actions` are numbers, null if no document is stored. `coverage` is the number of press
    articles.
    """

    inspection: str
    framework: str
    graded: bool
    inspection_start: Day | None
    inspection_end: Day | None
    dated: CoarseDate | None
    published: Day | None
    topics: list[str]
    improvements: int | None
    priority_actions: int | None
    coverage: int
    digest: bool
    conflicts: int


class FrameworkBandShape(Shape):
    """A run of consecutive events under one inspection framework.

    `first` and `last` are positions in `events`, counted from 0; `last` is included.
    """

    framework: str
    name: str
    first: int
    last: int


class CellShape(Shape):
    """The grade of one strand (a graded subject) at one event of a timeline, or the reason why there is none."""

    state: State
    grade: str | None
    not_judged: str | None


class StrandRowShape(Shape):
    """The grades of one strand (a graded subject) through time: `cells` has one entry for each event.

    `history` is true for grades that are shown but never compared.
    """

    strand: str
    name: str
    history: bool
    cells: list[CellShape]


class BandHistoryShape(Shape):
    """The events of one other band, such as SEND, on a timeline. `outcomes` has one entry for each event."""

    band: str
    name: str
    inspectors: list[str]
    events: list[EventShape]
    outcomes: list[OutcomeShape | None]
    strands: list[StrandRowShape]


class CohortShape(Shape):
    """A group of local authorities.

    `expression` is what the user typed ("region:London"), `words` describes the group in English.
    """

    expression: str
    words: str
    authorities: list[str]
    frameworks: list[str]
    since: str | None
    until: str | None


class MemberShape(Shape):
    """One authority of a group, and the id of its latest graded inspection (null if none is stored)."""

    authority: str
    inspection: str | None


class GradeCountShape(Shape):
    """The number of authorities with one grade, and the ids of the inspections that gave that grade."""

    grade: str
    number: int
    inspections: list[str]


class PeerCountsShape(Shape):
    """The grade of one inspection, and how many authorities of a group have a higher, the same or a lower grade."""

    grade: str | None
    higher: int
    same: int
    lower: int
    not_comparable: int
    caveats: CaveatCounts


class UncountedAuthoritiesShape(Shape):
    """Authorities that are not counted, and why.

    `why` is a keyword ("not judged"), `reason` a sentence.
    """

    why: str
    reason: str
    number: int
    authorities: list[str]


class StrandGradesShape(Shape):
    """The latest grades of a group of authorities on one strand (a graded subject).

    `number` is the number of authorities that have a grade. `beside` compares one inspection with the group.
    """

    strand: str
    name: str
    number: int
    grades: list[GradeCountShape]
    beside: PeerCountsShape | None
    left_out: list[UncountedAuthoritiesShape]


class CohortGradesShape(Shape):
    """The latest grades of a group of authorities, as `timeline --group` adds them to its object."""

    cohort: CohortShape
    members: list[MemberShape]
    standing: list[StrandGradesShape]


class TimelineShape(Shape):
    """The inspections of one authority through time (`timeline`).

    `cohort`, `members` and `standing` are present with --group.
    """

    schema: Version
    authority: AuthorityShape
    events: list[EventShape]
    frameworks: list[FrameworkBandShape]
    strands: list[StrandRowShape]
    other_bands: list[BandHistoryShape]
    gaps: list[str]
    predecessors: list[str]
    successors: list[str]
    changed: Day | None
    cohort: CohortShape | UnsetType = UNSET
    members: list[MemberShape] | UnsetType = UNSET
    standing: list[StrandGradesShape] | UnsetType = UNSET


class StrandChangeShape(Shape):
    """The grades that inspections `a` and `b` gave on the same strand (a graded subject), compared.

    If only one inspection graded the strand, the fields of the other are null. `change` goes from the earlier
    inspection to the later one, and is null between two authorities.
    """

    strand_a: str | None
    strand_b: str | None
    grade_a: str | None
    grade_b: str | None
    change: Change | None
    caveats: list[str]
    relation: Relation
    wording: str
    reason: str | None


class SidedImprovementShape(Shape):
    """A recommendation from one of two compared inspections. `side` is "a" or "b".

    `index` is its position in the list, counted from 1. `number` is the printed number.
    """

    side: Literal["a", "b"]
    inspection: str
    index: int
    number: int | None
    whose: Owner
    text: str
    tags: list[str]
    page: Page | None
    paragraph: int | None


class PassageShape(Shape):
    """A paragraph or list item of an inspection. `marks` are the parts that differ from the other inspection."""

    document: Sha256
    page: Page
    paragraph: int | None
    strand: str | None
    text: str
    marks: list[Span]


class PassagePairShape(Shape):
    """Two passages on the same subject, one from each inspection.

    `a` or `b` is null if that inspection has no matching passage.
    """

    strand: str | None
    likeness: Confidence
    a: PassageShape | None
    b: PassageShape | None


class ComparisonShape(Shape):
    """Two inspections compared (`compare A B`). `caveats` has the text of every caveat by its key."""

    schema: Version
    a: InspectionShape
    b: InspectionShape
    kinship: Kinship
    across_bands: bool
    judgements: list[StrandChangeShape]
    caveats: dict[str, str]
    improvements: list[SidedImprovementShape]
    passages: list[PassagePairShape]


class TransitionShape(Shape):
    """A grade change that occurred in a group, such as good to outstanding, and how often.

    Each entry of `pairs` is [id of the earlier inspection, id of the later inspection].
    """

    grade_a: str | None
    grade_b: str | None
    change: str | None
    number: int
    pairs: list[list[str]]


class StrandTransitionsShape(Shape):
    """All grade changes of a group on one strand (a graded subject).

    `strand_a` is the strand in the earlier inspection, `strand_b` in the later one. They differ if the inspection
    framework replaced one strand by another.
    """

    strand_a: str
    strand_b: str
    name: str
    number: int
    moves: list[TransitionShape]
    caveats: CaveatCounts


class UncomparedInspectionsShape(Shape):
    """Inspections that are not compared, and why.

    `why` is a keyword ("not judged"), `reason` a sentence.
    """

    why: str
    reason: str
    number: int
    inspections: list[str]


class StrandChangesShape(Shape):
    """The grade changes of a group on one strand, from one inspection of an authority to its next.

    `considered` is the number of inspections looked at.
    """

    strand: str
    name: str
    considered: int
    flows: list[StrandTransitionsShape]
    left_out: list[UncomparedInspectionsShape]


class CohortComparisonShape(Shape):
    """A group of authorities, and one inspection compared with the group if given (`compare [A] --group C`).

    `standing` has the latest grades of the group, `movement` its grade changes.
    """

    schema: Version
    a: InspectionShape | None
    cohort: CohortShape
    members: list[MemberShape]
    standing: list[StrandGradesShape]
    movement: list[StrandChangesShape]
    caveats: dict[str, str]


class ShownPassageShape(Shape):
    """One of the three sentences of a later report that are likeliest to be on the matter of a recommendation.

    `mark` says how the sentence speaks of it: "praise", "criticism" and "both" are called good, critical and mixed
    elsewhere. `chance` is how likely it is on the matter, and `marks` are the parts of the quote that match.
    """

    document: Sha256
    page: Page
    paragraph: int | None
    quote: str
    marks: list[Span]
    mark: Mark
    chance: Confidence


class MentionShape(Shape):
    """A passage of `passages` that is more likely than not on the matter, in the words of the first releases.

    For programs that read `mentions` before there were `passages`.
    """

    document: Sha256
    page: Page
    paragraph: int | None
    quote: str
    marks: list[Span]
    tone: Tone | Literal["listed"]
    likeness: Confidence


class StepShape(Shape):
    """The status of a recommendation in one later inspection.

    `status` is "undecided" where no status is firm; "mentioned" is only ever a person's word. `likely` is the likeliest
    status even where undecided, and `confidence` its probability. `passages` are the three sentences to read, likeliest
    first; `document`, `page`, `paragraph` and `quote` repeat the first one. `word` is a person's review of the status,
    null if nobody reviewed it. `band` and `mentions` say less of the same, and stay for programs that read them before.
    """

    inspection: str
    published: Day | None
    status: StepStatus
    band: Band | None
    confidence: Confidence
    document: Sha256 | None
    page: Page | None
    paragraph: int | None
    quote: str | None
    word: Review | None
    likely: Status
    passages: list[ShownPassageShape]
    mentions: list[MentionShape]


class ThreadShape(Shape):
    """One recommendation, and its status in every later inspection (`follow`).

    `index` is its position in the list of its `role`: priority actions and improvements are numbered apart.
    """

    schema: Version
    inspection: str
    published: Day | None
    index: int
    text: str
    steps: list[StepShape]
    role: ItemRole


class VerdictShape(Shape):
    """A person's verdict on the status of a recommendation in one later inspection (`follow --verdicts`).

    `word` is what the person said of the program's status. The documents are the texts of the two inspections, null if
    none is stored.
    """

    schema: Version
    inspection: str
    index: int
    later: str
    improvement: str
    status: Status
    word: Review
    role: ItemRole
    origin_document: Sha256 | None
    document: Sha256 | None


class UnattachedShape(Shape):
    """A document that belongs to no inspection (`list --unattached`).

    `authority` is the one that the document is about, null if that is not known. `candidates` are the ids of possible
    inspections. `reason` says why none was chosen, null if a person decided so.
    """

    schema: Version
    document: Sha256
    title: str
    kind: Kind
    file: str
    authority: AuthorityShape | None
    candidates: list[str]
    reason: str | None


class HitShape(Shape):
    """One sentence found by a search (`search`).

    `inspection`, `year` and `framework` are null if the document belongs to no inspection; `authority` is then the one
    that the document is about, null if that is not known.
    """

    schema: Version
    score: Annotated[float, msgspec.Meta(ge=0, le=100)]
    phrase: str
    word_for_word: bool
    context: str
    authority: AuthorityShape | None
    inspection: str | None
    year: int | None
    framework: str | None
    strand: str | None
    document: Sha256
    kind: Kind
    page: Page
    paragraph: int | None


class PhraseShape(Shape):
    """A phrase that recurs in several inspections (`phrases`).

    `inspections` out of `of` use the phrase, `count` times in all; in the comparison group, `elsewhere` out of
    `others`. `log_ratio` compares the two shares: 1 means twice as common here, -1 half as common. `bound` is the end
    of its 95 % interval that is nearer to 0. `by_year` is the number of inspections of each year, `citation` one source
    of the phrase.
    """

    schema: Version
    phrase: str
    variants: list[str]
    inspections: int
    years: list[int]
    count: int
    score: float
    by_year: dict[str, int]
    of: int
    elsewhere: int
    others: int
    log_ratio: float
    bound: float
    citation: str | None


class ShareShape(UsageShare, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The share of a phrase in a group of inspections, compared with all others.

    `uses` out of `of` inspections in the group use the phrase, `elsewhere` out of `others` outside the group.
    `by_grade` counts graded subjects in place of inspections.
    """


class UsageShape(Shape):
    """The use of a phrase (`phrases --says`): by `inspections` out of `of`, `count` times in all."""

    schema: Version
    phrases: list[str]
    inspections: int
    of: int
    count: int
    in_graded_strands: int
    by_year: list[ShareShape]
    by_grade: list[ShareShape]
    by_framework: list[ShareShape]
    by_authority: list[ShareShape]
    beside: list[ShareShape]


class ContrastShape(Shape):
    """A phrase that is more common in one of two groups (`phrases --group A --against B`).

    `group` is the group where the phrase is more common.
    """

    schema: Version
    group: Literal["a", "b"]
    phrase: str
    variants: list[str]
    inspections: int
    of: int
    elsewhere: int
    others: int
    log_ratio: float
    bound: float
    years: list[int]
    count: int
    score: float


class PinShape(Shape):
    """A quote, table row or phrase that the user saved in the basket (`basket`).

    `place` is its position in the basket, counted from 1.
    """

    schema: Version
    place: Annotated[int, msgspec.Meta(ge=1)]
    kind: PinKind
    text: str
    citation: str
    note: str
    inspection: str | None
    document: Sha256 | None
    page: Page | None
    paragraph: int | None


class ThemeYearShape(Shape):
    """The inspections of one year that ask for a theme, out of those that list what is to improve."""

    year: int
    inspections: int
    of: int


class ThemeGroupShape(Shape):
    """The inspections of a framework, region or grade that ask for a theme, out of those that list improvements."""

    name: str
    inspections: int
    of: int


class ThemedImprovementShape(Shape):
    """An improvement with its themes (`themes`). `citation` says where it is printed."""

    authority: str
    inspection: str
    text: str
    theme: str | None
    second: str | None
    citation: str
    document: Sha256 | None
    page: Page | None
    paragraph: int | None


class ThemeShape(Shape):
    """A theme of improvements (`themes`): `inspections` out of `of` ask for it.

    `theme` and `name` are null for improvements without a theme. `elsewhere` out of `others` inspections of all other
    authorities, or of the group compared with, ask for it; both are 0 if the answer covers everybody. `trend` compares
    the last three years with the three before, null if there are too few. `grades` are the overall grades that applied.
    """

    schema: Version
    theme: str | None
    name: str | None
    inspections: int
    of: int
    elsewhere: int
    others: int
    trend: Literal["rising", "falling", "level"] | None
    years: list[ThemeYearShape]
    frameworks: list[ThemeGroupShape]
    regions: list[ThemeGroupShape]
    grades: list[ThemeGroupShape]
    improvements: list[ThemedImprovementShape]


class ThemeTimeShape(Shape):
    """The share that is firmly reported better within some years; `at_risk` were still followed then."""

    years: float
    share: Annotated[float, msgspec.Meta(ge=0, le=1)]
    at_risk: int


class ThemeTimesShape(Shape):
    """The time that the improvements of a group took until a later text reported them better (`themes --times`).

    `group` is the name of the theme, region or grade, null for all together. `theme` is the key of the only theme that
    is counted, or null. `better` out of `followed` were reported better at any time. `years` has the years from 1 to 10
    with a base, `half` the time within which half were reported better, or null.
    """

    schema: Version
    theme: str | None
    kind: Literal["all", "theme", "region", "grade"]
    group: str | None
    authorities: int
    followed: int
    better: int
    half: ThemeTimeShape | None
    years: list[ThemeTimeShape]


class CitedTextShape(Shape):
    """A text of an inspection, and where it is printed."""

    inspection: str
    text: str
    citation: str
    document: Sha256 | None
    page: Page | None
    paragraph: int | None


class SolvedShape(Shape):
    """An improvement of a theme that a later text firmly reports better (`themes --solved`).

    `years` passed between the two. `raised_again` is the id of a still later inspection that raises it again, or null.
    """

    schema: Version
    authority: str
    name: str
    closeness: Literal["statistical neighbours", "same region", "elsewhere"]
    years: float
    asked: CitedTextShape
    better: CitedTextShape | None
    raised_again: str | None


class OwnThemeShape(Shape):
    """A theme of one authority (`brief`): the ids of its inspections that ask for it, and the group's numbers.

    `own` and `group` count the inspections that list improvements, `asked_of_group` those of the group that ask for the
    theme. `expected` is the number of `asked` if it were asked as often as the group.
    """

    theme: str
    name: str
    asked: list[str]
    own: int
    asked_of_group: int
    group: int
    expected: float


class OwnThemesShape(Shape):
    """The themes of one authority, compared with a group (`words`): asked more often, asked again, never asked."""

    words: str
    own: int
    group: int
    more: list[OwnThemeShape]
    again: list[OwnThemeShape]
    never: list[OwnThemeShape]


class AskedItemShape(ImprovementShape):
    """One item that an inspection asks for; `role` is the list it is in."""

    role: ItemRole


class ReturnedShape(Shape):
    """A recommendation that comes back: as the earlier inspection asked it, and as the later one does."""

    before: AskedItemShape
    again: AskedItemShape


class AskedShape(Shape):
    """The recommendations of two inspections, compared: in both, only in the later, only in the earlier one.

    An inspection before the earlier of the two may have asked for what is `new`.
    """

    returned: list[ReturnedShape]
    new: list[AskedItemShape]
    dropped: list[AskedItemShape]


class RaisedShape(Shape):
    """A recommendation that the latest text raises again.

    `inspection` asked it, `later` is the inspection of the latest text, which `quote` is from.
    """

    inspection: str
    index: int
    role: ItemRole
    text: str
    later: str
    quote: str | None
    document: Sha256 | None
    page: Page | None
    paragraph: int | None


class BriefingShape(Shape):
    """One page on an authority (`brief`).

    `b` is the id of its latest graded inspection, `a` that of the graded one before. `asked` is null unless both lists
    of recommendations are stored. `cohort` is the group compared with, `standing` its latest grades. `own_themes` is
    null if there are too few inspections to compare.
    """

    schema: Version
    authority: AuthorityShape
    a: str | None
    b: str | None
    judgements: list[StrandChangeShape]
    caveats: dict[str, str]
    asked: AskedShape | None
    raised_again: list[RaisedShape]
    cohort: CohortShape | None
    standing: list[StrandGradesShape]
    own_themes: OwnThemesShape | None
    quotes: list[PinShape]


class MoveStepShape(Shape):
    """One grade on the way of a move, the inspection that gave it, and the strand that was graded."""

    inspection: str
    when: str
    strand: str
    grade: str


class MoveShape(Shape):
    """A move of one authority from one grade to another on a strand, directly or by way of the grades in `via`.

    `months` begin at the last inspection with the first grade. `since` is the date of the first of the inspections in a
    row that gave it. `caveats` are the keys of what to say next to the move, such as "K1".
    """

    schema: Version
    authority: AuthorityShape
    strand: str
    months: int
    since: str
    via: list[str]
    caveats: list[str]
    steps: list[MoveStepShape]


class FaultShape(Shape):
    """A fault found in the store (`check`). `mendable` is true if `check --repair` can fix it.

    `severity` says whether a file is merely left over, or something is wrong or lost.
    """

    schema: Version
    where: str
    what: str
    severity: Literal["left over", "wrong", "lost"]
    mendable: bool
    mended: bool


SHAPES: dict[str, type[Shape]] = {
    "read": ReadShape,
    "add": ImportShape,
    "list": InspectionShape,
    "list --unattached": UnattachedShape,
    "show": InspectionShape,
    "timeline": TimelineShape,
    "compare": ComparisonShape,
    "compare --cohort": CohortComparisonShape,
    "follow": ThreadShape,
    "movers": MoveShape,
    "themes": ThemeShape,
    "themes --times": ThemeTimesShape,
    "themes --solved": SolvedShape,
    "follow --verdicts": VerdictShape,
    "brief": BriefingShape,
    "search": HitShape,
    "phrases": PhraseShape,
    "phrases --says": UsageShape,
    "phrases --against": ContrastShape,
    "basket": PinShape,
    "fetch": FetchShape,
    "check": FaultShape,
}
"""The object that each command prints with --json. Commands that list print an array; jsonl has one on each line."""


def json_schema(command: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of each object that a command prints; a command that lists prints an array.

    `command` is a name such as "compare --cohort".

    Raises:
        KeyError: no command of that name prints JSON.
    """
    schema = msgspec.json.schema(SHAPES[command])
    for definition in schema["$defs"].values():
        # Before Python 3.13 a docstring keeps its indentation; the schemas are the same on every version.
        if "description" in definition:
            definition["description"] = cleandoc(definition["description"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"reinspect {command} --json",
        **schema,
    }
