"""What every `--json` prints, as types: the contract with whoever reads it by program.

One struct an object, its fields those of `reinspect.exporting.records`; `json_schema` makes a JSON Schema of it.
A field that may be missing is `UnsetType`; one that is always there and may be empty is `None`.
Within a version fields are only added. Names of strands, grades and frameworks are strings and no closed list: a
framework may be added by a file.
"""

from __future__ import annotations

from inspect import cleandoc
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from reinspect.comparing.followthrough.threads import Band
from reinspect.comparing.followthrough.tone import Tone
from reinspect.comparing.judgements import Change, Kinship, Relation
from reinspect.comparing.timeline import State
from reinspect.model import Kind, OriginKind, Owner, PinKind

Version = Literal[1]
Status = Literal["raised again", "reported better", "mentioned", "not mentioned"]
Word = Literal["confirmed", "corrected", "rejected"]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$", description="ISO date")]
Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Page = Annotated[int, msgspec.Meta(ge=1, description="page of the document, from 1")]
Confidence = Annotated[float, msgspec.Meta(ge=0, le=1)]
Span = Annotated[list[int], msgspec.Meta(min_length=2, max_length=2, description="start and end, half open")]
Counts = Annotated[dict[str, int], msgspec.Meta(description="a caveat's key, and how many it holds for")]


class Shape(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An object with these fields and no others."""


class AuthorityShape(Shape):
    """An authority; `printed` is null where no page is quoted, the others where it was not recognised."""

    printed: str | None
    slug: str | None
    name: str | None
    urn: str | None


class JudgementShape(Shape):
    """One strand's grade in canonical words and as printed, or why it was not judged."""

    strand: str
    grade: str | None
    not_judged: str | None
    printed: str
    label: str
    page: Page | None


class ImprovementShape(Shape):
    """One recommendation, area for improvement or priority action; `index` is its place in its list, from 1."""

    index: int
    number: int | None
    whose: Owner
    text: str
    tags: list[str]
    page: Page | None
    paragraph: int | None


class Facts(Shape):
    """What is known of an inspection: from one file (`read`), or settled from all sources (`list`, `show`)."""

    framework: str | None
    graded: bool
    inspection_start: Day | None
    inspection_end: Day | None
    windows: list[list[Day]]
    dated: Annotated[str, msgspec.Meta(description="coarse date where the days on site are not known")] | None
    published: Day | None
    topics: list[str]
    lead_inspector: str | None
    judgements: list[JudgementShape]
    improvements: list[ImprovementShape]
    lscb_improvements: list[ImprovementShape]
    priority_actions: list[ImprovementShape]


class ReadShape(Facts):
    """What a file itself says (`read`)."""

    schema: Version
    file: str
    sha256: Sha256 | None
    kind: Kind
    reason: Annotated[str, msgspec.Meta(description="why nothing could be read")] | None
    reader: str | None
    authority: AuthorityShape | None
    passages: int
    warnings: list[str]


class DocumentShape(Shape):
    """A document that is held of an inspection."""

    sha256: Sha256
    kind: Kind
    title: str


class ClaimShape(Shape):
    """What one source says of a field."""

    origin: OriginKind
    source: str | None
    value: str


class ConflictShape(Shape):
    """A field on which sources differ; the claim in use is the first."""

    field: str
    claims: list[ClaimShape]


class InspectionShape(Facts):
    """One inspection from the store (`list`, `show`); what is said of a file is that of its reading text."""

    schema: Version
    id: str
    file: str | None
    sha256: Sha256 | None
    kind: Kind | None
    reason: None
    reader: str | None
    authority: AuthorityShape
    passages: int | None
    warnings: list[str]
    documents: list[DocumentShape]
    conflicts: list[ConflictShape]
    report_url: str | None


class AdditionShape(Shape):
    """What became of one file (`add`)."""

    schema: Version
    file: str
    sha256: Sha256 | None
    outcome: Literal["added", "already held", "unattached", "failed"]
    inspection: str | None
    created: bool
    reason: str | None
    warnings: list[str]


class FetchShape(Shape):
    """What became of one report that was sought (`fetch`); of one that was had, what `add` says too."""

    schema: Version
    sought: str
    url: str | None
    outcome: Literal["wanted", "already held", "no address", "added", "unattached", "failed"]
    inspection: str | None
    reason: str | UnsetType | None = UNSET
    file: str | UnsetType = UNSET
    sha256: Sha256 | UnsetType | None = UNSET
    created: bool | UnsetType = UNSET
    warnings: list[str] | UnsetType = UNSET


class EventShape(Shape):
    """One inspection or visit on a timeline; the numbers of improvements are null where no text is held."""

    inspection: str
    framework: str
    graded: bool
    inspection_start: Day | None
    inspection_end: Day | None
    dated: str | None
    published: Day | None
    topics: list[str]
    improvements: int | None
    priority_actions: int | None
    coverage: int
    digest: bool
    conflicts: int


class FrameworkBandShape(Shape):
    """A run of neighbouring events under one framework, from place `first` to place `last`, both included."""

    framework: str
    name: str
    first: int
    last: int


class CellShape(Shape):
    """One strand at one event."""

    state: State
    grade: str | None
    not_judged: str | None


class StrandRowShape(Shape):
    """One strand across all events, a cell for each; `history` marks what is shown and never compared."""

    strand: str
    name: str
    history: bool
    cells: list[CellShape]


class CohortShape(Shape):
    """A cohort as it was understood."""

    expression: str
    words: str
    authorities: list[str]
    frameworks: list[str]
    since: str | None
    until: str | None


class MemberShape(Shape):
    """An authority of a cohort, and the inspection that it is counted with."""

    authority: str
    inspection: str | None


class GradeCountShape(Shape):
    """How many stand at a grade, and which inspections say so."""

    grade: str
    number: int
    inspections: list[str]


class BesideShape(Shape):
    """One inspection's grade beside those of a cohort."""

    grade: str | None
    higher: int
    same: int
    lower: int
    not_comparable: int
    caveats: Counts


class AuthoritiesLeftOutShape(Shape):
    """The authorities that a figure does not count, and why."""

    why: str
    reason: str
    number: int
    authorities: list[str]


class StandingShape(Shape):
    """Where a cohort stands on one strand."""

    strand: str
    name: str
    number: int
    grades: list[GradeCountShape]
    beside: BesideShape | None
    left_out: list[AuthoritiesLeftOutShape]


class TimelineShape(Shape):
    """One authority's history (`timeline`); with --cohort, where that cohort stands too."""

    schema: Version
    authority: AuthorityShape
    events: list[EventShape]
    frameworks: list[FrameworkBandShape]
    strands: list[StrandRowShape]
    gaps: list[str]
    predecessors: list[str]
    successors: list[str]
    changed: Day | None
    cohort: CohortShape | UnsetType = UNSET
    members: list[MemberShape] | UnsetType = UNSET
    standing: list[StandingShape] | UnsetType = UNSET


class StrandChangeShape(Shape):
    """One strand of `a` beside its counterpart in `b`; an unpaired strand has null on its other side.

    `change` tells from the earlier to the later, and is null between two authorities.
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


class SidedImprovementShape(ImprovementShape):
    """An improvement with the side of the comparison that it belongs to."""

    side: Literal["a", "b"]
    inspection: str


class PassageShape(Shape):
    """A paragraph or list item; `marks` are the spans of its text that differ from the other side."""

    document: Sha256
    page: Page
    paragraph: int | None
    strand: str | None
    text: str
    marks: list[Span]


class PassagePairShape(Shape):
    """Two passages on one subject, or one without a counterpart."""

    strand: str | None
    likeness: Confidence
    a: PassageShape | None
    b: PassageShape | None


class ComparisonShape(Shape):
    """Two inspections side by side (`compare A B`)."""

    schema: Version
    a: InspectionShape
    b: InspectionShape
    kinship: Kinship
    judgements: list[StrandChangeShape]
    caveats: dict[str, str]
    improvements: list[SidedImprovementShape]
    passages: list[PassagePairShape]


class MoveShape(Shape):
    """The pairs of inspections that went from one grade to another."""

    grade_a: str | None
    grade_b: str | None
    change: str | None
    number: int
    pairs: list[list[str]]


class FlowShape(Shape):
    """How a strand moved from its earlier form to its later one."""

    strand_a: str
    strand_b: str
    name: str
    number: int
    moves: list[MoveShape]
    caveats: Counts


class InspectionsLeftOutShape(Shape):
    """The inspections that a figure does not count, and why."""

    why: str
    reason: str
    number: int
    inspections: list[str]


class MovementShape(Shape):
    """How a cohort moved on one strand, from each inspection to the next."""

    strand: str
    name: str
    considered: int
    flows: list[FlowShape]
    left_out: list[InspectionsLeftOutShape]


class CohortComparisonShape(Shape):
    """A cohort, and the inspection beside it if there is one (`compare [A] --cohort C`)."""

    schema: Version
    a: InspectionShape | None
    cohort: CohortShape
    members: list[MemberShape]
    standing: list[StandingShape]
    movement: list[MovementShape]
    caveats: dict[str, str]


class MentionShape(Shape):
    """A place that speaks of an improvement's subject."""

    document: Sha256
    page: Page
    paragraph: int | None
    quote: str
    marks: list[Span]
    tone: Tone | Literal["listed"]
    likeness: Confidence


class StepShape(Shape):
    """What became of an improvement in one later inspection; its own place is the first of its mentions."""

    inspection: str
    published: Day | None
    status: Status
    band: Band | None
    confidence: Confidence
    document: Sha256 | None
    page: Page | None
    paragraph: int | None
    quote: str | None
    word: Word | None
    mentions: list[MentionShape]


class ThreadShape(Shape):
    """One improvement through every later text (`follow`)."""

    schema: Version
    inspection: str
    published: Day | None
    index: int
    text: str
    steps: list[StepShape]


class HitShape(Shape):
    """One sentence that was found (`search`); what belongs to an inspection is null where the document has none."""

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
    """One phrase that recurs (`phrases`); `citation` is one place where it stands.

    `inspections` of `of` use it (each year's in `by_year`), and `elsewhere` of `others`; `log_ratio` sets the two
    shares side by side, `bound` is the end of its 95 % interval nearer to 0.
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


class ShareShape(Shape):
    """How many of a group use a phrase (inspections; strands, by grade), beside all others."""

    name: str
    uses: int
    of: int
    elsewhere: int
    others: int
    log_ratio: float
    bound: float


class SayingShape(Shape):
    """What the use of a phrase says (`phrases --says`): `inspections` of `of` use it, `count` times in all."""

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


class ToldApartShape(Shape):
    """One phrase that tells two cohorts apart (`phrases --cohort A --against B`); `group` is the one that uses it."""

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
    """What is pinned at a place of the basket (`basket`)."""

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


class FaultShape(Shape):
    """What is amiss in the store (`check`)."""

    schema: Version
    where: str
    what: str
    mendable: bool
    mended: bool


SHAPES: dict[str, type[Shape]] = {
    "read": ReadShape,
    "add": AdditionShape,
    "list": InspectionShape,
    "show": InspectionShape,
    "timeline": TimelineShape,
    "compare": ComparisonShape,
    "compare --cohort": CohortComparisonShape,
    "follow": ThreadShape,
    "search": HitShape,
    "phrases": PhraseShape,
    "phrases --says": SayingShape,
    "phrases --against": ToldApartShape,
    "basket": PinShape,
    "fetch": FetchShape,
    "check": FaultShape,
}
"""What each command prints with --json: one such object, or one a line."""


def json_schema(command: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of what a command prints.

    Raises:
        KeyError: no command of that name prints JSON.
    """
    made = msgspec.json.schema(SHAPES[command])
    for shape in made["$defs"].values():
        # Before Python 3.13 a docstring keeps the indents of the code; the schemas are the same on all of them.
        if "description" in shape:
            shape["description"] = cleandoc(shape["description"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"reinspect {command} --json",
        **made,
    }
