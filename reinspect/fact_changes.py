"""Say in words how the facts of a document differ from those that an earlier version read.

kind other, no authority      ->  kind report, authority "Leeds"
("kind: other, now report", "authority: none, now Leeds", "improvements: 0, now 3")
"""

from __future__ import annotations

from collections.abc import Iterator

from reinspect.model import Document, SourceFacts

_LISTS = ("improvements", "priority_actions", "lscb_improvements", "topics")


def describe_changes(before: tuple[Document, SourceFacts], after: tuple[Document, SourceFacts]) -> tuple[str, ...]:
    """Return what a new reading of a document changed, in words; () if nothing that a person uses has changed."""
    old, new = dict(_facts_in_words(*before)), dict(_facts_in_words(*after))
    changed = [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]
    words = [f"{name}: {old.get(name, 'none')}, now {new.get(name, 'none')}" for name in changed]
    wordings = [name for name in _LISTS if name not in changed and _texts(before[1], name) != _texts(after[1], name)]
    words += [f"{name.replace('_', ' ')}: other words" for name in wordings]
    added = [warning for warning in after[0].warnings if warning not in before[0].warnings]
    return (*words, *(f"new warning: {warning}" for warning in added))


def _facts_in_words(document: Document, facts: SourceFacts) -> Iterator[tuple[str, str]]:
    yield "kind", document.kind
    if facts.authority:
        yield "authority", facts.authority.printed
    if facts.framework:
        yield "framework", facts.framework
    if facts.windows:
        yield "days", ", ".join(f"{window.start} to {window.end}" for window in facts.windows)
    if facts.published:
        yield "published", facts.published.isoformat()
    for judgement in facts.judgements:
        yield f"grade of {judgement.strand.replace('_', ' ')}", judgement.grade or judgement.not_judged or "none"
    if facts.outcome:
        yield "outcome", facts.outcome.key
    for name in _LISTS:
        if number := len(getattr(facts, name)):
            yield name.replace("_", " "), str(number)


def _texts(facts: SourceFacts, name: str) -> list[str]:
    return [getattr(item, "text", item) for item in getattr(facts, name)]
