"""Follow each improvement of an authority through all later reports on the authority (design.md 5).

Every later report gives a step with one of four statuses. To say "reported better" wrongly is the costly error, so in
doubt a subject is "mentioned". For the improvement "The timeliness of return home interviews":

    the later report                                      status
    lists it as an improvement again                      raised again
    "Too many return home interviews are held late."      raised again       share of criticism 0.66 >= 0.55
    "Return home interviews are now prompt."              reported better    share of praise 0.66 >= 0.55 for a change
    "Return home interviews are prompt."                  mentioned          share of praise 0.66 < 0.70
    "Visits are prompt."                                  not mentioned      silence does not mean that it was solved

The thresholds were set on hand-labelled threads of ten authorities, the word lists with two more in view.
`benchmarks/quality/follow_through.py` measures both, also on two authorities that were not used.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import msgspec

from reinspect.comparing.followthrough.mentions import Mention, SentenceList, cut_sentences, find_mentions
from reinspect.comparing.followthrough.subjects import Subject, subject_of
from reinspect.comparing.followthrough.tone import Tone
from reinspect.model import Improvement, Inspection, Passage, Review, Status

Band = Literal["recurs", "possibly"]

STATUSES: tuple[Status, ...] = get_args(Status)

# Smallest similarity of a listed item, and of a sentence, that is of the same subject.
LISTED, MENTIONED = 0.5, 0.56
# From this similarity on the subject surely recurs; below it, possibly.
_SURE = 0.65
# The praise and the criticism in a sentence of each tone; a sentence without faults praises faintly.
_PRAISE_AND_CRITICISM: dict[Tone, tuple[float, float]] = {
    "good": (1.0, 0.0),
    "neutral": (0.2, 0.0),
    "mixed": (0.25, 0.5),
    "critical": (0.0, 1.0),
}
# The power by which a sentence counts less if it is less similar than the most similar one.
_FADING = 2
# Hedged praise ("most") and light criticism ("a few") count by these shares.
_HEDGED, _LIGHT = 0.5, 0.5
# Added to the sum of praise and criticism, so that one sentence alone is not proof.
_SMOOTHING = 0.5
# Smallest share of criticism that raises a subject again.
_CRITICISM = 0.55
# Smallest similarity of a sentence that praises, and smallest share of praise, for "reported better". The share may be
# lower if a sentence reports a change for the better or its strand was judged good.
_PRAISED, _PRAISE, _SUPPORTED_PRAISE = 0.65, 0.7, 0.55
_GOOD = ("good", "outstanding")
# Mentions that a step keeps. To choose the first, which is quoted, the similarity is multiplied: for a listed item; for
# a reported change if the status is "reported better"; and it is lowered if the subject comes late in the sentence.
_KEPT = 6
_QUOTED_LISTED, _QUOTED_CHANGE, _QUOTED_LATE = 1.25, 1.1, 0.1


class LaterText(msgspec.Struct, frozen=True, kw_only=True):
    """An inspection with the passages of its report; none if no report is stored."""

    inspection: Inspection
    passages: tuple[Passage, ...] = ()


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """The status of one improvement in one later inspection.

    - `band`: "recurs" if the subject surely recurs, "possibly" if it may, None if it is not mentioned.
    - `confidence`: how likely the status is right, from 0 to 1.
    - `mentions`: the sentences that support the status, the one to quote first.
    - `review`: a person's decision on the status, or None.
    """

    inspection: Inspection
    status: Status
    band: Band | None
    confidence: float
    mentions: tuple[Mention, ...] = ()
    review: Review | None = None


class Thread(msgspec.Struct, frozen=True, kw_only=True):
    """One improvement, followed through later inspections: one step for each whose report is stored."""

    inspection: Inspection
    improvement: Improvement
    steps: tuple[Step, ...] = ()


def follow(texts: Sequence[LaterText]) -> tuple[Thread, ...]:
    """Follow every improvement of one authority through its later inspections.

    `texts` are all inspections of the authority, oldest first.
    """
    sentences = [cut_sentences(text.passages) for text in texts]
    return tuple(
        Thread(
            inspection=text.inspection,
            improvement=improvement,
            steps=tuple(
                _step(subject, later, other.inspection)
                for other, later in zip(texts[place + 1 :], sentences[place + 1 :], strict=True)
                if other.passages
            ),
        )
        for place, text in enumerate(texts)
        for improvement in text.inspection.improvements
        for subject in [subject_of(improvement.text, sentences[place].abbreviations)]
    )


def _step(subject: Subject, later: SentenceList, inspection: Inspection) -> Step:
    mentions = find_mentions(subject, later, min(LISTED, MENTIONED))
    listed = [mention for mention in mentions if mention.is_listed and mention.similarity >= LISTED]
    findings = [mention for mention in mentions if not mention.is_listed and mention.similarity >= MENTIONED]
    balance = _Balance.of(findings, _strands_judged_good(inspection))
    status = _status(listed, findings, balance)
    highest = max((mention.similarity for mention in listed + findings), default=0.0)
    return Step(
        inspection=inspection,
        status=status,
        band=None if status == "not mentioned" else "recurs" if highest >= _SURE else "possibly",
        confidence=_confidence(status, listed, balance, highest),
        mentions=tuple(_best_mentions(status, listed, findings)),
    )


def _strands_judged_good(inspection: Inspection) -> frozenset[str]:
    """Return the strands that an inspection judged good or outstanding."""
    return frozenset(judgement.strand for judgement in inspection.judgements if judgement.grade in _GOOD)


class _Balance(msgspec.Struct, frozen=True):
    """The praise and the criticism of one subject in a later report.

    `highest_praise` is the similarity to the subject of the most similar sentence that praises. `is_supported` is True
    if the praise reports a change for the better, or stands in a strand judged good.
    """

    praise: float
    criticism: float
    highest_praise: float
    is_supported: bool

    @classmethod
    def of(cls, findings: Sequence[Mention], good_strands: frozenset[str]) -> _Balance:
        highest = max((mention.similarity for mention in findings), default=1.0)
        praise = criticism = 0.0
        for mention in findings:
            weight = mention.similarity * (mention.similarity / highest) ** _FADING
            good, critical = _PRAISE_AND_CRITICISM[mention.evaluation.tone]
            praise += weight * good * (_HEDGED if mention.evaluation.hedged else 1)
            criticism += weight * critical * (_LIGHT if mention.evaluation.light else 1)
        praising = [mention for mention in findings if mention.evaluation.tone == "good"]
        return cls(
            praise=praise,
            criticism=criticism,
            highest_praise=max((mention.similarity for mention in praising), default=0.0),
            is_supported=any(
                mention.evaluation.better or mention.passage.strand in good_strands for mention in praising
            ),
        )

    @property
    def praise_share(self) -> float:
        """The share of praise, from 0 to nearly 1."""
        return self.praise / (self.praise + self.criticism + _SMOOTHING)

    @property
    def criticism_share(self) -> float:
        """The share of criticism, from 0 to nearly 1."""
        return self.criticism / (self.praise + self.criticism + _SMOOTHING)

    @property
    def is_critical(self) -> bool:
        """True if the share of criticism is high."""
        return self.criticism_share >= _CRITICISM

    @property
    def is_good(self) -> bool:
        """True if the share of praise is high, and a sentence close to the subject praises."""
        enough = _SUPPORTED_PRAISE if self.is_supported else _PRAISE
        return self.highest_praise >= _PRAISED and self.praise_share >= enough


def _status(listed: Sequence[Mention], findings: Sequence[Mention], balance: _Balance) -> Status:
    if listed or balance.is_critical:
        return "raised again"
    if balance.is_good:
        return "reported better"
    return "mentioned" if findings else "not mentioned"


def _confidence(status: Status, listed: Sequence[Mention], balance: _Balance, highest: float) -> float:
    """Return how likely a status is right, from 0 to 1."""
    match status:
        # Rough values, fitted to the labelled threads.
        case "raised again":
            value = 0.5 + 0.4 * listed[0].similarity if listed else 0.5 + 0.1 * min(balance.criticism, 3.0)
        case "reported better":
            value = 0.7 + 0.1 * min(balance.praise, 2.0)
        case "mentioned":
            value = 0.3 + 0.2 * highest
        case "not mentioned":
            value = 0.78
    return round(value, 2)


def _best_mentions(status: Status, listed: Sequence[Mention], findings: Sequence[Mention]) -> list[Mention]:
    """Return the mentions to show for a status, the one to quote first."""
    # Those that support the status come first.
    supporting = {"raised again": ("critical", "mixed"), "reported better": ("good",)}.get(status, get_args(Tone))

    def rank(mention: Mention) -> tuple[bool, float]:
        late = mention.highlights[0][0] / len(mention.quote) if mention.highlights else 0.0
        score = mention.similarity * (1 - _QUOTED_LATE * late)
        if mention.is_listed:
            return False, -score * _QUOTED_LISTED
        if mention.evaluation.better and status == "reported better":
            score *= _QUOTED_CHANGE
        return mention.evaluation.tone not in supporting, -score

    return sorted((*listed, *findings), key=rank)[:_KEPT]
