"""Ask questions about stored inspections: each question is a method that returns a typed answer.

    from store import Store
    from reinspect.answers import Library

    library = Library(Store.open_default())
    library.follow("camden").records()                       # plain data: a list of dictionaries
    library.timeline("camden", cohort="neighbours:camden")   # typed fields; .sheet() prints in any format

The commands, the panes of the app, the text mode and a notebook all ask here, so each answer is computed in one place.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from typing import TYPE_CHECKING

import msgspec

from reinspect.answers.names import (
    authority_with_slug,
    find_authority,
    find_inspection,
    find_inspection_or_latest,
    latest_graded_inspection,
)
from reinspect.errors import NotFoundError

if TYPE_CHECKING:
    from reinspect.answers.basket import BasketAnswer
    from reinspect.answers.briefing import BriefingAnswer
    from reinspect.answers.cohort import CohortAnswer
    from reinspect.answers.comparison import ComparisonAnswer
    from reinspect.answers.contrast import ContrastAnswer
    from reinspect.answers.data_export import DataExport
    from reinspect.answers.follow_through import FollowThroughAnswer
    from reinspect.answers.followed_themes import FollowedThemes
    from reinspect.answers.holdings import Holdings
    from reinspect.answers.inspections import InspectionAnswer, InspectionList
    from reinspect.answers.latest_grades import LatestGradesAnswer
    from reinspect.answers.meaning import MeaningAnswer
    from reinspect.answers.movers import MoversAnswer
    from reinspect.answers.open_document import OpenDocument
    from reinspect.answers.phrase_usage import UsageAnswer
    from reinspect.answers.recurring import RecurringAnswer
    from reinspect.answers.scope import FilterValues, Scope
    from reinspect.answers.search import SearchAnswer
    from reinspect.answers.sentences import CitedSentences, SurfaceForm
    from reinspect.answers.solved_themes import SolvedAnswer
    from reinspect.answers.theme_times import ThemeTimesAnswer
    from reinspect.answers.themes import ThemesAnswer
    from reinspect.answers.timeline import TimelineAnswer
    from reinspect.answers.unattached import UnattachedList
    from reinspect.answers.verdict_labels import VerdictLabelsAnswer
    from reinspect.comparing.cohorts.cohort import Cohort
    from reinspect.comparing.followthrough.threads import KnownSteps
    from reinspect.comparing.themes.following import FollowedImprovement
    from reinspect.comparing.themes.groups import Grouping
    from reinspect.model import Authority, Evidence, Inspection, Pin
    from reinspect.phrases.mining.counting import CountingResources
    from reinspect.phrases.query import Hit, PhraseSearch
    from reinspect.phrases.search.meaning import MeaningSearch
    from reinspect.phrases.search.searcher import Searcher
    from reinspect.phrases.types import Order

_MOST_KEPT = 8
# Sentences alike in meaning that are offered where words find nothing.
_MOST_ALIKE = 5


class Library:
    """Answers questions about the inspections in one store. The methods may be called from any thread.

    - An authority is a name, a slug or a number.
    - An inspection is an id, or authority and year: "camden:2017".
    - A cohort is a group of authorities: "neighbours:camden", "region:London", "grade:leaders=outstanding".

    Any method may raise NotFoundError for an unknown name, and CohortError for a cohort that cannot be understood.
    """

    def __init__(self, holdings: Holdings) -> None:
        self.holdings = holdings
        self._searcher: Searcher | None = None
        self._lock = threading.Lock()
        self._recurring: dict[Hashable, RecurringAnswer] = {}
        self._steps: KnownSteps | None = None
        self._meaning: MeaningSearch | None = None
        self._themes: FollowedThemes | None = None

    # Inspections and grades

    def inspections(self, authority: str | None = None, cohort: str | None = None) -> InspectionList:
        """Return the stored inspections of one authority, of a cohort, or all, sorted by authority and date."""
        from reinspect.answers.inspections import list_inspections

        return list_inspections(self.holdings, find_authority(authority) if authority else None, cohort)

    def unattached(self, authority: str | None = None) -> UnattachedList:
        """Return the documents that belong to no inspection, and why: those about one authority, or all."""
        from reinspect.answers.unattached import list_unattached

        return list_unattached(self.holdings, self._authority(authority) if authority else None)

    def show(self, inspection: str) -> InspectionAnswer:
        """Return one inspection with all its facts: by its id, by authority and year, or the latest of an authority."""
        from reinspect.answers.inspections import show_inspection

        return show_inspection(self.holdings, find_inspection_or_latest(self.holdings, inspection))

    def timeline(self, *authorities: str, cohort: str | None = None) -> TimelineAnswer:
        """Return all inspections of each authority through time. With `cohort`, add the latest grades of that group."""
        from reinspect.answers.timeline import find_timelines

        return find_timelines(self.holdings, [self._authority(typed) for typed in authorities], cohort)

    def compare(self, a: str, b: str, cohort: str | None = None, *, full: bool = False) -> ComparisonAnswer:
        """Compare the grades, recommendations and passages of two inspections.

        With `cohort`, also compare `b` with that group of authorities. With `full`, the page has the passages too.
        """
        from reinspect.answers.comparison import compare_inspections

        inspections = find_inspection(self.holdings, a), find_inspection(self.holdings, b)
        return compare_inspections(self.holdings, *inspections, cohort, self._known_steps(), full=full)

    def compare_with_cohort(self, cohort: str, inspection: str | None = None) -> CohortAnswer:
        """Return the grades and grade changes of a group, compared with one inspection if given.

        For an authority's name, its latest inspection is compared.
        """
        from reinspect.answers.cohort import describe_cohort

        own = find_inspection_or_latest(self.holdings, inspection) if inspection else None
        return describe_cohort(self.holdings, cohort, own)

    def latest_grades(self, cohort: str | None = None) -> LatestGradesAnswer:
        """Return the latest grades of all authorities, or of a cohort."""
        from reinspect.answers.latest_grades import find_latest_grades

        return find_latest_grades(self.holdings, cohort)

    def movers(
        self,
        strand: str = "overall",
        earlier: str = "inadequate",
        later: str = "good",
        *,
        since: str | None = None,
        until: str | None = None,
        cohort: str | None = None,
    ) -> MoversAnswer:
        """Return the authorities that ever moved from one grade to another or beyond it, directly or by way of others.

        `since` and `until` limit the date on which the other grade was reached ("2018" or "2018-05"), `cohort` the
        authorities.

        Raises:
            CohortError: a strand, a grade or the cohort is not known, or no authority made the move.
        """
        from reinspect.answers.movers import find_movers

        limits = (f"since:{since}" if since else "", f"until:{until}" if until else "", cohort or "")
        return find_movers(self.holdings, " + ".join(filter(None, (f"moved:{strand}={earlier}>{later}", *limits))))

    def movers_as_typed(self, expression: str) -> MoversAnswer:
        """Return who made a move that is typed as a cohort: "moved:overall=ri>good since:2018 region:London"."""
        from reinspect.answers.movers import find_movers

        return find_movers(self.holdings, expression)

    def brief(self, authority: str, group: str | None = None) -> BriefingAnswer:
        """Return one page on an authority, compared with a group; by default its statistical neighbours."""
        from reinspect.answers.briefing import brief

        return brief(self.holdings, self._authority(authority), group, self._known_steps())

    def export(self, cohort: str | None = None, report: Callable[[int, int], None] | None = None) -> DataExport:
        """Return all data about the inspections of a cohort, or about all, as tables.

        `report` is called with the number of authorities that were followed and the number of all.
        """
        from reinspect.answers.data_export import export_data

        return export_data(self.holdings, cohort, report)

    # Texts

    def follow(
        self, authority: str, *, across: bool = False, full: bool = False, now: bool = False
    ) -> FollowThroughAnswer:
        """Follow each recommendation to an authority through its later reports.

        With `across`, also into the reports of other bands: from social care into SEND, and the reverse. With `full`,
        the page has the passages of every later text, and with `now` only what the latest text raises again.
        """
        from reinspect.answers.follow_through import follow_improvements

        return follow_improvements(
            self.holdings, self._authority(authority), self._known_steps(), across=across, full=full, now=now
        )

    def themes(
        self,
        authority: str | None = None,
        cohort: str | None = None,
        theme: str | None = None,
        *,
        by: Grouping = "year",
    ) -> ThemesAnswer:
        """Group what the inspections of an authority, of a cohort or of everybody ask to improve.

        With both, the authority is compared with the cohort. `theme` limits the answer to one theme (a key, or part of
        a name). `by` chooses the columns of the page: "year", "framework", "region" or "grade".
        """
        from reinspect.answers.themes import find_themes

        return find_themes(self.holdings, self._authority(authority) if authority else None, cohort, theme, by)

    def theme_times(
        self, theme: str | None = None, cohort: str | None = None, report: Callable[[int, int], None] | None = None
    ) -> ThemeTimesAnswer:
        """Return how long it takes until a later text firmly reports an improvement better, by theme, region and grade.

        `theme` and `cohort` limit the improvements. Everything is followed, which takes a while in a large store:
        `report` is called with the number of authorities that were followed and the number of all.
        """
        from reinspect.answers.theme_times import ThemeTimesAnswer
        from reinspect.answers.themes import find_theme, social_care
        from reinspect.comparing.themes.groups import grades_when_asked
        from reinspect.comparing.themes.time_to_better import group_times

        key, group = find_theme(theme) if theme else None, self.cohort(cohort) if cohort else None
        return ThemeTimesAnswer(
            groups=group_times(self._followed(key, group, report), grades_when_asked(social_care(self.holdings)), key),
            description=group.words if group else "all authorities",
            theme=key,
        )

    def solved(
        self,
        theme: str,
        authority: str | None = None,
        cohort: str | None = None,
        report: Callable[[int, int], None] | None = None,
    ) -> SolvedAnswer:
        """Return the authorities that were asked to improve a theme and were later firmly reported better.

        The nearest to `authority` come first: its statistical neighbours, its region, then others. `cohort` limits
        them. `report` is called with the number of authorities that were followed and the number of all.
        """
        from reinspect.answers.solved_themes import answer_solved
        from reinspect.answers.themes import find_theme

        key, asking = find_theme(theme), self._authority(authority) if authority else None
        group = self.cohort(cohort) if cohort else None
        followed = self._followed(key, group, report)
        return answer_solved(followed, key, asking, group.words if group else "all authorities")

    def _followed(
        self, theme: str | None, group: Cohort | None, report: Callable[[int, int], None] | None
    ) -> list[FollowedImprovement]:
        """Return the improvements of a group or of everybody, followed; only of authorities asked for the theme."""
        from reinspect.answers.followed_themes import FollowedThemes, authorities_asked
        from reinspect.comparing.themes.corrections import Corrections

        if self._themes is None:
            self._themes = FollowedThemes()
        inspections = [each for each in self.holdings.inspections() if group is None or group.holds(each)]
        chosen = {each.id for each in inspections}
        slugs = authorities_asked(inspections, Corrections(self.holdings.theme_corrections()), theme)
        followed = self._themes.of(self.holdings, slugs, self._known_steps(), report)
        return [one for one in followed if one.inspection.id in chosen]

    def verdict_labels(self, authority: str | None = None) -> VerdictLabelsAnswer:
        """Return people's verdicts on the recommendations to one authority, or to all, as labels to share."""
        from reinspect.answers.verdict_labels import list_verdict_labels

        return list_verdict_labels(self.holdings, self._authority(authority) if authority else None)

    def search(
        self,
        query: str,
        scope: Scope | None = None,
        limit: int = 20,
        *,
        typing: bool = False,
        searcher: PhraseSearch | None = None,
    ) -> SearchAnswer:
        """Search for a phrase, spelling mistakes allowed. Return the best `limit` sentences and the total number.

        With `typing`, the last word may be incomplete. `searcher` searches the store's texts elsewhere, such as on the
        workers of a cluster.
        """
        from reinspect.answers.scope import Scope
        from reinspect.answers.search import search

        searcher = searcher or self.searcher
        answer = search(self.holdings, searcher, query, scope or Scope(), limit, typing=typing)
        if answer.found.total or typing or limit <= 0:
            return answer
        alike = self.search_by_meaning(query, scope, min(limit, _MOST_ALIKE))
        return msgspec.structs.replace(answer, alike=alike if alike.hits else None)

    def search_by_meaning(self, asked: str, scope: Scope | None = None, limit: int = 20) -> MeaningAnswer:
        """Find the sentences most alike in meaning to a text, in whatever words; none counts as a match of words."""
        from reinspect.answers.meaning import search_by_meaning
        from reinspect.answers.scope import Scope

        return search_by_meaning(self.holdings, self.meaning, asked, scope or Scope(), limit)

    def recurring(
        self,
        scope: Scope | None = None,
        *,
        order: Order = "issues",
        minimum: int = 2,
        limit: int = 40,
        resources: CountingResources | None = None,
    ) -> RecurringAnswer:
        """Find the phrases that at least `minimum` inspections use.

        `order` sorts the phrases: "issues" (criticised most), "themes" (used most widely) or "distinctive" (more common
        than in other texts).
        """
        from reinspect.answers.recurring import find_recurring
        from reinspect.answers.scope import Scope

        # Mining a large store takes seconds, so the last few answers are kept until the store changes.
        scope = scope or Scope()
        question = (self.holdings.revision, scope, order, minimum, limit)
        answer = self._recurring.get(question)
        if answer is None:
            answer = find_recurring(
                self.holdings, scope, order=order, minimum=minimum, limit=limit, resources=resources
            )
            kept = list(self._recurring.items())[1 - _MOST_KEPT :]
            self._recurring = {**dict(kept), question: answer}
        return answer

    def usage(
        self, *phrases: str, scope: Scope | None = None, limit: int | None = None, cited: int = 100
    ) -> UsageAnswer:
        """Count who uses a phrase, by year, grade, framework and authority.

        Several `phrases` are counted together, as wordings of one phrase. `limit` bounds the sentences returned,
        `cited` the sentences that get a citation.
        """
        from reinspect.answers.phrase_usage import find_usage
        from reinspect.answers.scope import Scope

        return find_usage(self.holdings, self.searcher, phrases, scope or Scope(), limit=limit, cited=cited)

    def contrast(self, a: Scope, b: Scope, *, minimum: int = 2, limit: int = 40) -> ContrastAnswer:
        """Find the phrases that are more common in the texts of `a` than of `b`, and the reverse."""
        from reinspect.answers.contrast import find_contrast

        return find_contrast(self.holdings, a, b, minimum=minimum, limit=limit)

    def contrast_with_others(self, cohort: str, *, minimum: int = 2, limit: int = 40) -> ContrastAnswer:
        """Find the phrases that are more common in the texts of a group than in all others, and the reverse."""
        from reinspect.answers.contrast import find_contrast_with_others

        return find_contrast_with_others(self.holdings, cohort, minimum=minimum, limit=limit)

    def contrast_moves(
        self, expression: str, authorities: Collection[str] = (), *, minimum: int = 2, limit: int = 40
    ) -> ContrastAnswer:
        """Find the phrases that are more common before than after "moved:overall=inadequate>good", and the reverse.

        With `authorities` (slugs), only their moves count.
        """
        from reinspect.answers.contrast import find_contrast_of_moves

        return find_contrast_of_moves(self.holdings, expression, authorities, minimum=minimum, limit=limit)

    def sentences(self, phrases: Sequence[str], documents: Sequence[str]) -> CitedSentences:
        """Return the first sentences that contain one of the phrases, with citations. `documents` are sha256."""
        from reinspect.answers.sentences import find_sentences

        return self.cite_sentences(find_sentences(self.holdings, phrases, documents))

    def sentences_with_form(self, words: str, documents: Sequence[str]) -> CitedSentences:
        """Return the first sentences that contain exactly these words, with citations. `documents` are sha256."""
        from reinspect.answers.sentences import find_printed_form

        return self.cite_sentences(find_printed_form(self.holdings, words, documents))

    def cite_sentences(self, hits: Sequence[Hit]) -> CitedSentences:
        """Return the first 50 sentences with their citations."""
        from reinspect.answers.sentences import cite_sentences

        return cite_sentences(self.holdings, hits)

    def forms(self, phrases: Sequence[str], documents: Sequence[str]) -> tuple[SurfaceForm, ...]:
        """Count how often each wording of a phrase is printed. `documents` are sha256."""
        from reinspect.answers.sentences import count_forms

        return count_forms(self.holdings, phrases, documents)

    def filter_values(self) -> FilterValues:
        """Return the years, frameworks and regions of all stored texts."""
        from reinspect.answers.scope import find_filter_values

        return find_filter_values(self.holdings)

    def open_document(self, evidence: Evidence) -> OpenDocument:
        """Open a document for reading, at the position of the evidence."""
        from reinspect.answers.open_document import open_document

        return open_document(self.holdings, evidence)

    # The basket

    def basket(self) -> BasketAnswer:
        """Return the quotes, table rows and phrases saved in the basket."""
        from reinspect.answers.basket import open_basket

        return open_basket(self.holdings)

    def cite(self, pin: Pin) -> Pin:
        """Return a saved quote with its citation filled in, if the citation was missing."""
        from reinspect.answers.citations import cite_pin

        return cite_pin(self.holdings, pin)

    def quote(self, place: str, words: str = "", note: str = "") -> Pin:
        """Return a passage as a quote to save in the basket.

        `place` is INSPECTION:PAGE:PARAGRAPH, such as "camden:2022:7:41". `words` choose one of several passages.
        """
        from reinspect.answers.citations import quote_passage

        return quote_passage(self.holdings, place, words, note)

    # Names

    def authority(self, slug: str) -> Authority:
        """Return the authority with this slug. For an unknown slug, the name is the slug."""
        return authority_with_slug(slug)

    def inspection(self, identifier: str) -> Inspection | None:
        """Return the inspection with this id, or None if it is not stored."""
        try:
            return self.holdings.inspection(identifier)
        except NotFoundError:
            return None

    def latest_graded(self, slug: str) -> Inspection | None:
        """Return the latest graded inspection of an authority, or None."""
        return latest_graded_inspection(self.holdings, slug)

    def cohort(self, expression: str) -> Cohort:
        """Return the group of authorities that an expression such as "region:London" names."""
        from reinspect.answers.scope import find_cohort

        return find_cohort(self.holdings, expression)

    def first_authority(self) -> str | None:
        """Return the slug of the authority with most stored documents, else of the first known authority."""
        from reinspect.authorities import authorities

        counts = Counter(document.authority for document in self.holdings.stored_documents() if document.authority)
        if counts:
            return max(sorted(counts), key=lambda slug: counts[slug])
        everyone = authorities().all()
        return everyone[0].slug if everyone else None

    @property
    def searcher(self) -> Searcher:
        """The search engine over the store's current index."""
        from reinspect.phrases.search.searcher import Searcher

        index = self.holdings.index()
        with self._lock:
            if self._searcher is None or self._searcher.index is not index:
                self._searcher = Searcher(index)
            return self._searcher

    def prepare_searches(self) -> None:
        """Make what the first search needs: the index, and the tables of its words.

        Call it in a thread while a person does something else. `Store.index_work` hears how the index goes on.
        """
        _ = self.searcher.similar_words

    @property
    def meaning(self) -> MeaningSearch:
        """The search by meaning over the store's current index."""
        from reinspect.phrases.search.meaning import MeaningSearch

        index = self.holdings.index()
        with self._lock:
            if self._meaning is None or self._meaning.index is not index:
                self._meaning = MeaningSearch(index)
            return self._meaning

    def _known_steps(self) -> KnownSteps:
        """Return the steps of follow-through that were worked out before."""
        if self._steps is None:
            from reinspect.comparing.followthrough.threads import KnownSteps

            self._steps = KnownSteps(self.holdings)
        return self._steps

    def _authority(self, typed: str) -> Authority:
        """Return the authority with this name, slug or number, even if only stored inspections know its slug."""
        try:
            return find_authority(typed)
        except NotFoundError:
            if self.holdings.inspections(typed):
                return authority_with_slug(typed)
            raise
