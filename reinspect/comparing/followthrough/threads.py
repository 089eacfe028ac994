"""Follow-through: where the subject of each improvement comes up in every later document (design.md 5).

A subject that is listed again, or of which the later findings are plainly critical, was raised again. One that the
findings praise, with no criticism left beside it, is reported better. One that is spoken of in any other way is
mentioned. Silence is "not mentioned", and never taken for a cure (domain.md 4.2). To say "reported better" wrongly is
the costly error, so in doubt a subject is mentioned.

The thresholds were set on hand-labelled threads of ten authorities, the words with two more in view;
`benchmarks/quality/follow_through.py` measures them, also on two that had no part in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import msgspec

from reinspect.comparing.followthrough.mentions import Mention, ReadText, cut_sentences, mentions
from reinspect.comparing.followthrough.subjects import Subject, subject_of
from reinspect.comparing.followthrough.tone import Tone
from reinspect.model import Improvement, Inspection, Passage, Status, Word

Band = Literal["recurs", "possibly"]

STATUSES: tuple[Status, ...] = get_args(Status)

# From these likenesses on a listed item is of the same subject, and a sentence speaks of it.
LISTED, SPOKEN = 0.5, 0.56
# From this likeness on it surely does.
SURELY = 0.65
# What a sentence of each tone tells, as praise and as criticism: one that is free of faults praises faintly.
_TELLS: dict[Tone, tuple[float, float]] = {
    "good": (1.0, 0.0),
    "neutral": (0.2, 0.0),
    "mixed": (0.25, 0.5),
    "critical": (0.0, 1.0),
}
# How fast a sentence fades that is less like than the likest.
_FADING = 2
# Praise that is not said of all tells this share; criticism of only a few that.
_HEDGED, _LIGHT = 0.5, 0.5
# Praise and criticism are shares of all that is told, and of this much that is not: one sentence alone is no proof.
_UNTOLD = 0.5
# From this share on criticism is plain.
_CRITICISM = 0.55
# Praise counts where a sentence at least this like praises, from this share on; and from a lesser where a sentence
# tells of a change for the better, or its strand was judged good, which bears praise out.
_PRAISED, _PRAISE, _PRAISE_BORNE_OUT = 0.65, 0.7, 0.55
_GOOD = ("good", "outstanding")
# How many of the best places a step cites. To quote, a listed item is the better, and a change that is told where the
# status is one; a subject that comes late in its sentence is the worse.
_CITED = 6
_QUOTED_LISTED, _QUOTED_CHANGE, _QUOTED_LATE = 1.25, 1.1, 0.1


class LaterText(msgspec.Struct, frozen=True, kw_only=True):
    """An inspection and the passages of its reading text; none where no text is held."""

    inspection: Inspection
    passages: tuple[Passage, ...] = ()


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one improvement in one later inspection.

    `confidence`, from 0 to 1, is that of the status. `band` says whether the subject surely "recurs" or "possibly";
    None where it is not mentioned. `mentions` are the best places, the first of them the one to quote. `word` is a
    person's on this step (`reinspect.comparing.followthrough.verdicts`), None where nobody has spoken.
    """

    inspection: Inspection
    status: Status
    band: Band | None
    confidence: float
    mentions: tuple[Mention, ...] = ()
    word: Word | None = None


class Thread(msgspec.Struct, frozen=True, kw_only=True):
    """One improvement through all later inspections whose words are held, in their order."""

    inspection: Inspection
    improvement: Improvement
    steps: tuple[Step, ...] = ()


def follow(texts: Sequence[LaterText]) -> tuple[Thread, ...]:
    """Every improvement of one authority's inspections through all its later texts.

    `texts` are the inspections in the order of their dates; one without passages is a step of no thread.
    """
    read = [cut_sentences(text.passages) for text in texts]
    return tuple(
        Thread(
            inspection=text.inspection,
            improvement=improvement,
            steps=tuple(
                _step(subject, later, other.inspection)
                for other, later in zip(texts[place + 1 :], read[place + 1 :], strict=True)
                if other.passages
            ),
        )
        for place, text in enumerate(texts)
        for improvement in text.inspection.improvements
        for subject in [subject_of(improvement.text, read[place].spelt_out)]
    )


def _step(subject: Subject, later: ReadText, inspection: Inspection) -> Step:
    found = mentions(subject, later, min(LISTED, SPOKEN))
    listed = [mention for mention in found if mention.is_listed and mention.likeness >= LISTED]
    spoken = [mention for mention in found if not mention.is_listed and mention.likeness >= SPOKEN]
    said = _Said.of(spoken, _well_judged(inspection))
    status = _status(listed, spoken, said)
    likest = max((mention.likeness for mention in listed + spoken), default=0.0)
    return Step(
        inspection=inspection,
        status=status,
        band=None if status == "not mentioned" else "recurs" if likest >= SURELY else "possibly",
        confidence=_confidence(status, listed, said, likest),
        mentions=tuple(_cited(status, listed, spoken)),
    )


def _well_judged(inspection: Inspection) -> frozenset[str]:
    """The strands that an inspection judged good or better."""
    return frozenset(judgement.strand for judgement in inspection.judgements if judgement.grade in _GOOD)


class _Said(msgspec.Struct, frozen=True):
    """What sentences say of a subject, each by its likeness: one that is less like than the likest fades."""

    praise: float
    criticism: float
    likest_praise: float
    borne_out: bool

    @classmethod
    def of(cls, spoken: Sequence[Mention], good_strands: frozenset[str]) -> _Said:
        likest = max((mention.likeness for mention in spoken), default=1.0)
        praise = criticism = 0.0
        for mention in spoken:
            weight = mention.likeness * (mention.likeness / likest) ** _FADING
            good, critical = _TELLS[mention.evaluation.tone]
            praise += weight * good * (_HEDGED if mention.evaluation.hedged else 1)
            criticism += weight * critical * (_LIGHT if mention.evaluation.light else 1)
        praising = [mention for mention in spoken if mention.evaluation.tone == "good"]
        return cls(
            praise=praise,
            criticism=criticism,
            likest_praise=max((mention.likeness for mention in praising), default=0.0),
            borne_out=any(mention.evaluation.better or mention.passage.strand in good_strands for mention in praising),
        )

    @property
    def praise_share(self) -> float:
        """How much of what is told, and of what is not, is praise: from 0 to below 1."""
        return self.praise / (self.praise + self.criticism + _UNTOLD)

    @property
    def criticism_share(self) -> float:
        """The same of criticism."""
        return self.criticism / (self.praise + self.criticism + _UNTOLD)

    @property
    def is_critical(self) -> bool:
        """Criticism is plain."""
        return self.criticism_share >= _CRITICISM

    @property
    def is_good(self) -> bool:
        """Praise enough, of the very subject, with little fault beside it."""
        enough = _PRAISE_BORNE_OUT if self.borne_out else _PRAISE
        return self.likest_praise >= _PRAISED and self.praise_share >= enough


def _status(listed: Sequence[Mention], spoken: Sequence[Mention], said: _Said) -> Status:
    if listed or said.is_critical:
        return "raised again"
    if said.is_good:
        return "reported better"
    return "mentioned" if spoken else "not mentioned"


def _confidence(status: Status, listed: Sequence[Mention], said: _Said, likest: float) -> float:
    """How likely a status is right, from 0 to 1, as the labelled threads have it: rough, and said to two places."""
    match status:
        case "raised again":
            sure = 0.5 + 0.4 * listed[0].likeness if listed else 0.5 + 0.1 * min(said.criticism, 3.0)
        case "reported better":
            sure = 0.7 + 0.1 * min(said.praise, 2.0)
        case "mentioned":
            sure = 0.3 + 0.2 * likest
        case "not mentioned":
            sure = 0.78
    return round(sure, 2)


def _cited(status: Status, listed: Sequence[Mention], spoken: Sequence[Mention]) -> list[Mention]:
    """The places that bear a status out come first, and among them the best one to quote."""
    bears_out = {"raised again": ("critical", "mixed"), "reported better": ("good",)}.get(status, get_args(Tone))

    def rank(mention: Mention) -> tuple[bool, float]:
        late = mention.marks[0][0] / len(mention.quote) if mention.marks else 0.0
        worth = mention.likeness * (1 - _QUOTED_LATE * late)
        if mention.is_listed:
            return False, -worth * _QUOTED_LISTED
        if mention.evaluation.better and status == "reported better":
            worth *= _QUOTED_CHANGE
        return mention.evaluation.tone not in bears_out, -worth

    return sorted((*listed, *spoken), key=rank)[:_CITED]
