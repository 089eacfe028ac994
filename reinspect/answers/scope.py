"""Choose the stored texts that a question about phrases looks at.

Scope(authorities=("camden",), since="2017")       Camden's texts of inspections from 2017 on
Scope(cohort="region:London", improvements=True)   only the recommendations to London's authorities
Scope(authorities=("camden",), peers="neighbours:camden")
                                                   Camden's texts, compared with those of its neighbours

Each inspection is represented by one text, its primary text. Press coverage can be searched, and is never counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from reinspect.errors import NotFoundError, ReinspectError
from reinspect.frameworks import band_of, frameworks
from reinspect.frameworks.bands import SOCIAL_CARE, band_order

if TYPE_CHECKING:
    from reinspect.answers.holdings import HasInspections, Holdings
    from reinspect.comparing.cohorts.cohort import Cohort
    from reinspect.model import Inspection, StoredDocument
    from reinspect.phrases.query import SearchScope

_MOST_LISTED = 24


class ScopeError(ReinspectError):
    """A scope with a limit that the question cannot honour; the message names it."""

    exit_code = 2


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """The texts and passages that a question looks at: all by default, fewer with each field set.

    - `authorities`: slugs. `cohort`: a group of authorities such as "region:London".
    - `peers`: another group, whose texts are compared with the chosen texts.
    - `since`, `until`: a year, a month or a day: "2017", "2017-04".
    - `kinds`: "report", "letter", "digest" or "coverage" (press articles).
    - `strands`: only passages on these graded subjects. `improvements`: only recommendations. Both are limits of a
      search: a question that counts whole texts refuses them.
    """

    authorities: tuple[str, ...] = ()
    cohort: str | None = None
    peers: str | None = None
    since: str | None = None
    until: str | None = None
    kinds: tuple[str, ...] = ()
    framework: str | None = None
    strands: tuple[str, ...] = ()
    improvements: bool = False

    @property
    def of_whole_texts(self) -> Scope:
        """The same texts without limits on passages."""
        return msgspec.structs.replace(self, strands=(), improvements=False)

    def passage_limits(self) -> Iterator[str]:
        """Yield the limits on passages in words: "only what is to improve", "on leaders"."""
        if self.improvements:
            yield "only what is to improve"
        if self.strands:
            names = strand_names()
            yield f"on {' and '.join(names.get(strand, strand).lower() for strand in self.strands)}"

    def search_scope(self, documents: tuple[str, ...]) -> SearchScope:
        """Return the limits for a search in these documents (sha256), whose order decides which hits come first."""
        from reinspect.phrases.query import SearchScope

        return SearchScope(
            documents=frozenset(documents),
            strands=frozenset(self.strands) if self.strands else None,
            roles=frozenset({"improvement", "priority action"}) if self.improvements else None,
            first=documents,
        )


_KINDS = {"report": "reports", "letter": "letters", "digest": "digests", "coverage": "press articles"}


class ScopedTexts(NamedTuple):
    """The texts that a question looks at (`own`), and the texts they are compared with (`peers`), both by sha256.

    Descriptions are in words: "5 texts of Camden since 2017, of 2017 to 2025".
    """

    own: dict[str, StoredDocument]
    peers: dict[str, StoredDocument]
    description: str
    peers_description: str = ""
    peer_group: Cohort | None = None

    @property
    def all(self) -> dict[str, StoredDocument]:
        """All texts by sha256: `own`, then `peers`."""
        return self.own | self.peers


class FilterValues(NamedTuple):
    """The years, frameworks and regions that a user can filter texts by."""

    years: tuple[int, ...]
    frameworks: tuple[str, ...]
    regions: tuple[str, ...]


def find_cohort(holdings: HasInspections, expression: str) -> Cohort:
    """Return the group of authorities that an expression such as "neighbours:camden" names.

    Raises:
        CohortError: the expression cannot be understood, or no authority matches.
    """
    from reinspect.authorities import authorities
    from reinspect.comparing.cohorts.expressions import cohort

    return cohort(expression, authorities(), holdings.inspections())


def find_texts(holdings: Holdings, scope: Scope, *, count_only: bool = False) -> ScopedTexts:
    """Return the texts that a scope selects, and the texts of its comparison group.

    `count_only` leaves out press articles and documents without an inspection.

    Raises:
        CohortError: a group in the scope cannot be understood.
        ScopeError: the scope limits passages, and `count_only` is set.
    """
    if count_only and scope != scope.of_whole_texts:
        raise ScopeError("a count looks at whole texts: strands and improvements limit a search alone")
    cohort = find_cohort(holdings, scope.cohort) if scope.cohort else None
    peers = find_cohort(holdings, scope.peers) if scope.peers else None
    for slug in scope.authorities if peers else ():
        peers = peers.without(slug) if peers else None
    of_any_time = _select(holdings, scope, scope.authorities, cohort, count_only)
    own = _within_time(of_any_time, scope)
    chosen = _by_sha256(own)
    everyone = _within_time(_select(holdings, scope, (), peers, count_only), scope) if peers else []
    others = [(text, day) for text, day in everyone if text.document.sha256 not in chosen]
    description = _describe_texts(own, scope, scope.authorities, cohort)
    of_others = "" if own or not count_only else _describe_other_bands(holdings, scope, cohort)
    return ScopedTexts(
        own=chosen,
        peers=_by_sha256(others),
        description=description + _describe_undated(of_any_time, scope) + of_others,
        peers_description=_describe_texts(others, scope, (), peers) if peers else "",
        peer_group=peers,
    )


def name_texts(holdings: Holdings, scope: Scope) -> str:
    """Return the texts of a scope in words, uncounted: "Camden; under SIF; since 2014", or "all authorities".

    Raises:
        CohortError: a group in the scope cannot be understood.
    """
    framework = frameworks().get(scope.framework or "")
    parts = [
        ", ".join(_names(scope.authorities)),
        find_cohort(holdings, scope.cohort).words if scope.cohort else "",
        f"of kind {' or '.join(scope.kinds)}" if scope.kinds else "",
        f"under {framework.short if framework else scope.framework}" if scope.framework else "",
        f"since {scope.since}" if scope.since else "",
        f"until {scope.until}" if scope.until else "",
    ]
    return "; ".join(filter(None, parts)) or "all authorities"


def _names(slugs: Collection[str]) -> list[str]:
    from reinspect.authorities import authorities

    known = authorities()
    return [authority.name for slug in sorted(slugs) if (authority := known.by_slug(slug))]


def _describe_texts(
    texts: Collection[tuple[StoredDocument, str]], scope: Scope, authorities: Collection[str], cohort: Cohort | None
) -> str:
    """Return a description of texts with their dates: "5 texts of Camden since 2017, of 2017 to 2025".

    For a group it says how many of its authorities have any: "11 texts of 2 of 11 authorities (region London)".
    """
    count, years = len(texts), sorted(day[:4] for _, day in texts if day)
    names = _names(authorities)
    parts = [
        f"{count} text{'' if count == 1 else 's'}",
        f"of {', '.join(names)}" if names else "",
        _describe_owners(texts, cohort) if cohort and not names else "",
        f"since {scope.since}" if scope.since else "",
        f"until {scope.until}" if scope.until else "",
        f"({cohort.words})" if cohort else "",
    ]
    span = " to ".join(dict.fromkeys((years[0], years[-1]))) if years else ""
    limits = [f"{' and '.join(_KINDS.get(kind, kind) for kind in scope.kinds)} alone"] if scope.kinds else []
    if scope.framework:
        framework = frameworks().get(scope.framework)
        limits.append(f"under {framework.short if framework else scope.framework}")
    return ", ".join([" ".join(filter(None, parts)), *limits, *([f"of {span}"] if span else [])])


def _describe_owners(texts: Iterable[tuple[StoredDocument, str]], cohort: Cohort) -> str:
    """Return how many authorities of a group have texts: "of 2 of 11 authorities", "of all 11 authorities"."""
    owners, members = len({text.authority for text, _ in texts}), len(cohort.authorities)
    if members < 2:
        return ""
    return f"of all {members} authorities" if owners == members else f"of {owners} of {members} authorities"


def list_texts(holdings: Holdings, texts: Collection[StoredDocument]) -> tuple[str, ...]:
    """Return one line for each text, or nothing if there are more than 24 texts."""
    from reinspect.answers.names import authority_of
    from reinspect.exporting.citation import event

    if len(texts) > _MOST_LISTED:
        return ()
    lines = []
    for text in texts:
        name = f'{text.document.kind} "{text.document.shown_title}" ({text.document.sha256[:8]})'
        inspection = holdings.inspection(text.inspection) if text.inspection else None
        owner = event(inspection, authority_of(inspection).name) if inspection else "belongs to no inspection"
        lines.append(f"{owner}: {name}")
    return tuple(lines)


def find_filter_values(holdings: Holdings) -> FilterValues:
    """Return the years, frameworks and regions that a user can filter texts by."""
    from reinspect.authorities import authorities

    inspections = [holdings.inspection(identifier) for identifier in holdings.primary_texts()]
    known = (authorities().by_slug(inspection.authority) for inspection in inspections)
    return FilterValues(
        years=tuple(sorted({inspection.year for inspection in inspections if inspection.year is not None})),
        frameworks=tuple(sorted({inspection.framework for inspection in inspections})),
        regions=tuple(sorted({authority.region for authority in known if authority and authority.region})),
    )


def strand_names() -> dict[str, str]:
    """Return a dict from key to name of every strand (a graded subject): {"help": "Help and protection"}."""
    names: dict[str, str] = {}
    newest = sorted(frameworks().values(), key=lambda framework: framework.first or date.min, reverse=True)
    # The name of a strand of social care stays, whatever another band calls a strand with its key.
    for framework in sorted(newest, key=lambda framework: band_order(framework.band)):
        names |= {strand.key: strand.name for strand in framework.strands if strand.key not in names}
    return names


def is_counted(text: StoredDocument, primary: Collection[str]) -> bool:
    """Return True if counts by inspection include a text: one of the `primary` texts, so each inspection counts once.

    Press, documents of no known type or inspection, and further texts of an inspection are not counted.
    """
    return text.document.sha256 in primary


def _select(
    holdings: Holdings, scope: Scope, authorities: Collection[str], cohort: Cohort | None, count_only: bool
) -> list[tuple[StoredDocument, str]]:
    """Return the searchable texts in a scope but of any time, each with its date: the latest first, press last."""
    searchable = holdings.searchable()
    primary = frozenset(holdings.primary_texts().values())
    bands = bands_asked(scope, cohort)
    documents = holdings.stored_documents()
    inspections = _inspections_of(holdings, documents)

    def is_wanted(text: StoredDocument) -> bool:
        if text.document.sha256 not in searchable or (authorities and text.authority not in authorities):
            return False
        if count_only and not is_counted(text, primary):
            return False
        if count_only and band_of(inspections[text.inspection or ""].framework) not in bands:
            return False
        return _is_in_scope(text, inspections.get(text.inspection or ""), scope, cohort)

    dated = [(text, _date_of(text, inspections.get(text.inspection or ""))) for text in filter(is_wanted, documents)]
    dated.sort(key=lambda pair: pair[1], reverse=True)
    return sorted(dated, key=lambda pair: pair[0].document.kind == "coverage")


def _inspections_of(holdings: Holdings, texts: Iterable[StoredDocument]) -> dict[str, Inspection]:
    """Return the inspections that texts belong to, by id; most inspections have no text."""
    found = {}
    for identifier in {text.inspection for text in texts if text.inspection}:
        with suppress(NotFoundError):
            found[identifier] = holdings.inspection(identifier)
    return found


def _within_time(texts: Iterable[tuple[StoredDocument, str]], scope: Scope) -> list[tuple[StoredDocument, str]]:
    """Return the texts within the time of a scope, with their dates."""
    from reinspect.comparing.cohorts.cohort import is_within

    return [(text, day) for text, day in texts if is_within(day, scope.since, scope.until)]


def _by_sha256(texts: Iterable[tuple[StoredDocument, str]]) -> dict[str, StoredDocument]:
    return {text.document.sha256: text for text, _ in texts}


def bands_asked(scope: Scope, cohort: Cohort | None = None) -> frozenset[str]:
    """Return the bands whose texts a count looks at: social care, unless frameworks of other bands are named."""
    named = [scope.framework] if scope.framework else [*(cohort.frameworks if cohort else ())]
    return frozenset(map(band_of, named)) or frozenset({SOCIAL_CARE})


def _is_in_scope(text: StoredDocument, inspection: Inspection | None, scope: Scope, cohort: Cohort | None) -> bool:
    if cohort and not (cohort.holds(inspection) if inspection else cohort.holds_all_of(text.authority)):
        return False
    if scope.kinds and text.document.kind not in scope.kinds:
        return False
    return not scope.framework or (inspection is not None and inspection.framework == scope.framework)


def _date_of(text: StoredDocument, inspection: Inspection | None) -> str:
    """Return the date of a text's inspection or, without one, the date that the text prints; "" if not known."""
    if inspection is not None:
        return inspection.when
    facts = text.facts
    if facts.windows:
        return facts.windows[0].start.isoformat()
    return facts.partial_date or (facts.published.isoformat() if facts.published else "")


def _describe_other_bands(holdings: Holdings, scope: Scope, cohort: Cohort | None) -> str:
    """Return how many texts are of bands that are not counted, in words, and how to ask for them; "" if none is."""
    owners = _inspections_of(holdings, holdings.stored_documents())
    selected = _within_time(_select(holdings, scope, scope.authorities, cohort, count_only=False), scope)
    inspections = [owners[text.inspection] for text, _ in selected if text.inspection in owners]
    keys = [each.framework for each in inspections if band_of(each.framework) not in bands_asked(scope, cohort)]
    if not keys:
        return ""
    bands = " and ".join(dict.fromkeys(map(band_of, keys)))
    verb = "is" if len(keys) == 1 else "are"
    return f" ({len(keys)} on {bands} {verb} counted only if the framework is named: framework:{keys[0]})"


def _describe_undated(texts: Iterable[tuple[StoredDocument, str]], scope: Scope) -> str:
    """Return how many texts a limit on time leaves out because their date is not known, in words, or ""."""
    count = sum(not day for _, day in texts) if scope.since or scope.until else 0
    return f" ({count} without a date {'is' if count == 1 else 'are'} left out)" if count else ""
