"""Follow each improvement and priority action of an authority through all later reports on the authority.

Every later text gives a step: three passages, the probability of each status, and a firm status where the probability
is high enough. For the improvement "The timeliness of return home interviews":

    the later text                                        likely status       firm?
    lists it as an improvement again                      raised again        mostly
    "Return home interviews are now prompt."              reported better     if the text has no criticism of it
    "Return home interviews are carried out by staff."    mentioned           never: "undecided", read the passages
    "Visits are prompt."                                  not mentioned       if nothing else is near

`benchmarks/quality/follow_through.py` measures how often this is right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from reinspect.comparing.followthrough.asked import Asked, prepare
from reinspect.comparing.followthrough.kept_steps import StepsOnDisk, decode_steps, encode_steps, question_key
from reinspect.comparing.followthrough.later_arrays import SentenceArrays
from reinspect.comparing.followthrough.ranking import rank_sentences, ranking_weights
from reinspect.comparing.followthrough.sentences import SentenceList, cut_sentences
from reinspect.comparing.followthrough.shown_passages import ShownPassage, choose_sentences, show_passage
from reinspect.comparing.followthrough.statuses import (
    STATUSES,
    measure_statuses,
    say_status,
    status_chances,
    status_weights,
)
from reinspect.comparing.followthrough.steps import LaterText, Step
from reinspect.comparing.followthrough.terms import find_abbreviations
from reinspect.comparing.followthrough.tone_model import judge_polarity, tone_weights
from reinspect.model import Improvement, Inspection, ItemRole, Status, numbered
from reinspect.phrases.vectors import word_vectors

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]


class Thread(msgspec.Struct, frozen=True, kw_only=True):
    """One improvement or priority action, followed through later inspections: one step for each whose report is stored.

    `role` says which of the two lists of the inspection it is in.
    """

    inspection: Inspection
    improvement: Improvement
    role: ItemRole = "improvement"
    steps: tuple[Step, ...] = ()

    @property
    def number(self) -> str:
        """The printed number, else the position in the list: "3", or "priority action 3"."""
        return numbered(self.role, self.improvement)


# The texts whose steps are remembered, about those of ten authorities.
_MOST_TEXTS = 80


class KnownSteps:
    """Steps that were worked out before, so that a new report costs only its own steps.

    A step depends on the improvement, with the abbreviations of its report, and on the later text and its grades; if
    either changes it is worked out again. With `disk`, steps are also kept between two runs of the program.
    """

    def __init__(self, disk: StepsOnDisk | None = None) -> None:
        self._disk = disk
        self._texts: dict[str, tuple[LaterText, dict[str, Step]]] = {}

    def of(self, later: LaterText) -> dict[str, Step]:
        """Return the known steps in a later text by `question_key`, to read only; none if the text has changed."""
        known = self._texts.get(later.inspection.id)
        if known is None or known[0] != later:
            data = self._disk.kept_steps(later.inspection.id) if self._disk else None
            return self._remember(later, decode_steps(data, later) if data else {})
        return known[1]

    def add(self, later: LaterText, steps: Mapping[str, Step]) -> dict[str, Step]:
        """Add steps in a later text, by `question_key`; return all that are known then."""
        together = self._remember(later, {**self.of(later), **steps})
        if self._disk:
            self._disk.keep_steps(later.inspection.id, encode_steps(later, together))
        return together

    def _remember(self, later: LaterText, steps: dict[str, Step]) -> dict[str, Step]:
        self._texts.pop(later.inspection.id, None)
        self._texts[later.inspection.id] = (later, steps)
        # The texts that were asked about first are forgotten first.
        for oldest in list(self._texts)[:-_MOST_TEXTS]:
            self._texts.pop(oldest, None)
        return steps


class _Question(msgspec.Struct, frozen=True):
    """An improvement and the abbreviations of its report, with their key."""

    key: str
    improvement: str
    abbreviations: dict[str, str]


def follow(texts: Sequence[LaterText], known: KnownSteps | None = None) -> tuple[Thread, ...]:
    """Follow every priority action and improvement of one authority through its later inspections.

    `texts` are all inspections of the authority, oldest first. Steps in `known` are not worked out again.

    Raises:
        ReinspectError: a shipped file of weights is damaged or of another version.
    """
    known = known or KnownSteps()
    questions: list[_Question] = []
    prepared: dict[str, Asked] = {}
    threads: list[Thread] = []
    followed: list[list[Step]] = []
    for text in texts:
        if text.passages and questions:
            steps = known.of(text)
            new = list({question.key: question for question in questions if question.key not in steps}.values())
            if new:
                found = find_steps(_prepare_once(new, prepared), cut_sentences(text.passages), text.inspection)
                steps = known.add(text, dict(zip((question.key for question in new), found, strict=True)))
            for question, own in zip(questions, followed, strict=True):
                own.append(steps[question.key])
        if asked_for := _asked_for(text.inspection):
            abbreviations = find_abbreviations(passage.text for passage in text.passages)
            for thread in asked_for:
                words = thread.improvement.text
                questions.append(_Question(question_key(words, abbreviations), words, abbreviations))
            threads += asked_for
            followed += ([] for _ in asked_for)
    return tuple(replace(thread, steps=tuple(steps)) for thread, steps in zip(threads, followed, strict=True))


def _asked_for(inspection: Inspection) -> list[Thread]:
    """Return a thread without steps for each item that an inspection asks for: the most urgent first."""
    lists: tuple[tuple[ItemRole, tuple[Improvement, ...]], ...] = (
        ("priority action", inspection.priority_actions),
        ("improvement", inspection.improvements),
    )
    return [Thread(inspection=inspection, improvement=item, role=role) for role, items in lists for item in items]


def _prepare_once(questions: Sequence[_Question], prepared: dict[str, Asked]) -> list[Asked]:
    """Prepare the improvements that are not in `prepared` yet, and add them to it."""
    vectors = word_vectors()
    for question in questions:
        if question.key not in prepared:
            prepared[question.key] = prepare(question.improvement, question.abbreviations, vectors)
    return [prepared[question.key] for question in questions]


def find_steps(asked: Sequence[Asked], later: SentenceList, inspection: Inspection) -> list[Step]:
    """Return what one later text says about each of these improvements."""
    if not later.sentences:
        # A text without a sentence to read proves nothing.
        return [Step(inspection=inspection, status="undecided", likely="not mentioned", confidence=0.0) for _ in asked]
    vectors, weights = word_vectors(), status_weights()
    text = SentenceArrays.of(later.sentences, vectors)
    ranked = rank_sentences(asked, text, vectors, ranking_weights())
    chances = ranked.chances
    polarity = judge_polarity(later.sentences, tone_weights())
    measures = measure_statuses([len(one.text) for one in asked], ranked, polarity, text, inspection)
    likelihoods = status_chances(measures, weights)
    pages = [sentence.page for sentence in later.sentences]
    lists = [place for place, sentence in enumerate(later.sentences) if sentence.is_listed]
    listed_chances = _chances_without_openings(asked, text, chances) if lists else chances

    def show(one: Asked, chance: float, place: int) -> ShownPassage:
        praise, criticism = polarity.praise[place], polarity.criticism[place]
        return show_passage(later.sentences[place], one.subject, float(chance), float(praise), float(criticism))

    steps = []
    for row, one in enumerate(asked):
        likelihood: dict[Status, float] = dict(zip(STATUSES, likelihoods[row].tolist(), strict=True))
        passages = tuple(show(one, chances[row, place], place) for place in choose_sentences(chances[row], pages))
        likely = max(STATUSES, key=lambda status: likelihood[status])
        listed = lists[int(listed_chances[row, lists].argmax())] if lists else None
        steps.append(
            Step(
                inspection=inspection,
                status=say_status(likelihood, weights.firm if one.words else {}),
                likely=likely,
                confidence=round(likelihood[likely], 2),
                passages=passages,
                listed=None if listed is None else show(one, listed_chances[row, listed], listed),
            )
        )
    return steps


def _chances_without_openings(asked: Sequence[Asked], text: SentenceArrays, chances: Array) -> Array:
    """Return the chances of listed items, for which it does not count that two improvements open alike.

    "The force should count its bicycles" and "The force should answer letters" have nothing in common.
    """
    bare = {row: one.bare for row, one in enumerate(asked) if one.bare is not None}
    if not bare:
        return chances
    again = rank_sentences(list(bare.values()), text, word_vectors(), ranking_weights()).chances
    chances = chances.copy()
    chances[list(bare)] = again
    return chances
