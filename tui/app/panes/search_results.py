"""The sentences that a search found, as lines for the Phrases pane, with counts by year and authority."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from reinspect.comparing.followthrough.tone import judge_tone
from reinspect.exporting.sheets.labels import counted
from reinspect.exporting.sheets.phrases import sentences_found, words_alone
from reinspect.exporting.sparkline import years_in_words, years_row
from reinspect.phrases.query import Hit, reason_to_find_nothing, what_is_cut
from tui.app.panes.phrase_table import MATCHED, TONE_STYLES, sentence_line
from tui.app.widgets.drawing import in_lines
from tui.app.widgets.grades import QUIET, STRONG, quiet
from tui.app.widgets.line_list import ListLine

if TYPE_CHECKING:
    from reinspect.answers.search import SearchAnswer


_PAGE = re.compile(r", p\. \d+")
_LONGEST_BAR = 8
_TONE = "Tone  "
_MOST_TONES = 4096


def search_headline(answer: SearchAnswer, whose: str) -> tuple[tuple[str, str], ...]:
    """Return the numbers of sentences and texts found, as styled parts; `whose` describes the texts."""
    others = f"; of these, {answer.tally.told_of_others}" if answer.tally.others else ""
    cut = f"  {what_is_cut(answer.query)}".rstrip()
    return (sentences_found(answer.found), STRONG), (f" in {_where(answer, whose)}{others}", QUIET), (cut, STRONG)


def tally_line(answer: SearchAnswer, room: int, tones: Tones) -> Content:
    """Return the counts of inspections by year and of sentences by authority, as many as fit into `room` cells."""
    years, by_authority = answer.tally.by_year, answer.tally.by_authority
    lines = [_by_year(years, room)] if years else []
    ranked = sorted(by_authority.items(), key=lambda item: (-item[1][0], item[0]))
    if len(ranked) > 1:
        parts = [f"{name} {sentences} in {inspections}" for name, (sentences, inspections) in ranked]
        lines.append(_by_authority(parts, room))
    tone = [tone_line(answer, tones, room)] if tones.knows(answer.found.hits) else []
    return Content("\n").join([*map(quiet, lines), *tone])


def search_lines(answer: SearchAnswer, tones: Tones) -> Iterator[ListLine]:
    """Return the lines of a search: the sentences it found, or a line that says that nothing was found."""
    if answer.found.hits:
        yield from _sentences(answer, tones)
        yield from _alone(answer)
    elif not (answer.documents or answer.peers):
        yield ListLine(Content.styled("There is no text to search.", STRONG))
    elif reason := reason_to_find_nothing(answer.query):
        yield ListLine(Content.styled(reason, STRONG))
    else:
        yield ListLine(Content.styled("Nothing was found.", STRONG))
        yield from _alone(answer)
        yield ListLine(quiet("/ changes the words: fewer words find more. Esc goes back to the recurring phrases."))


def _alone(answer: SearchAnswer) -> Iterator[ListLine]:
    """Return the line that says how much each word finds alone, if all of them together find little."""
    if words := words_alone(answer.alone):
        yield ListLine(quiet(words))


def passage_in_full(answer: SearchAnswer, line: ListLine) -> Content | None:
    """Return the whole passage of a sentence found, the sentence in bold, with its citation; None if there is none."""
    for hit, citation in zip(answer.found.hits, answer.citations, strict=True):
        # A passage may have several sentences that were found.
        if (hit.evidence, hit.sentence, hit.phrase) == (line.evidence, line.quote, line.found):
            text = Content(hit.passage.text).stylize(STRONG, *hit.context)
            for start, end in hit.spans:
                text = text.stylize(MATCHED, start, end)
            return Content.assemble((f"{citation}\n\n", QUIET), text)
    return None


def _where(answer: SearchAnswer, whose: str) -> str:
    by_document = answer.found.by_document
    own = len([document for document in answer.documents if document in by_document])
    if answer.peers_description:
        others = len(by_document) - own
        return f"{own} of {whose}, compared with {others} of {answer.peers_description}"
    total, shown = answer.found.total, len(answer.found.hits)
    best = f", the best {shown} below" if total > shown else ""
    return f"{own} of {whose}{best}"


def _sentences(answer: SearchAnswer, tones: Tones) -> Iterator[ListLine]:
    """Return the sentences; with peers, each group under its own heading."""
    cited = tuple(zip(answer.found.hits, answer.citations, strict=True))
    if not answer.peers_description:
        yield from _by_document(cited, tones)
        return
    peers = frozenset(answer.peers)
    for name, of_peers in ((answer.description, False), (answer.peers_description, True)):
        total = sum(count for document, count in answer.found.by_document.items() if (document in peers) == of_peers)
        shown = [pair for pair in cited if (pair[0].document in peers) == of_peers]
        best = f", the best {len(shown)} below" if total > len(shown) else ""
        yield ListLine(Content.styled(f"{counted(total, 'sentence')} in {name}{best}", STRONG), heading=True)
        yield from _by_document(shown, tones)


def _by_document(cited: Sequence[tuple[Hit, str]], tones: Tones) -> Iterator[ListLine]:
    """Return the sentences document by document; a document with several has a heading, and each only its page."""
    groups: dict[str, list[tuple[Hit, str]]] = {}
    for hit, citation in cited:
        groups.setdefault(hit.document, []).append((hit, citation))
    for group in groups.values():
        if len(group) == 1:
            yield sentence_line(*group[0], tone=tones.of(group[0][0]))
            continue
        source = _PAGE.split(group[0][1])[0]
        yield ListLine(Content.assemble((source, "bold $primary"), (f" ({len(group)})", STRONG)), heading=True)
        for hit, citation in group:
            page = citation.removeprefix(source).removeprefix(", ")
            yield sentence_line(hit, page, tone=tones.of(hit), in_line=True)


class Tones:
    """The tones of sentences that were judged already. Judging a hundred takes as long as a search."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def judge(self, hits: Sequence[Hit]) -> None:
        """Judge the sentences that are not known yet; may run in a thread."""
        known = self._known if len(self._known) < _MOST_TONES else {}
        self._known = known | {hit.sentence: judge_tone(hit.sentence).tone for hit in hits if hit.sentence not in known}

    def of(self, hit: Hit) -> str:
        """Return "critical", "mixed", "good" or "neutral"; "" if the sentence was not judged yet."""
        return self._known.get(hit.sentence, "")

    def knows(self, hits: Sequence[Hit]) -> bool:
        """Return whether all these sentences were judged."""
        return all(hit.sentence in self._known for hit in hits)


def tone_line(answer: SearchAnswer, tones_known: Tones, room: int) -> Content:
    """Return how many of the sentences shown have each tone, for the own texts and for the group.

    A line is at most `room` cells, and a tone stays with its bar and its number.
    """
    peers = frozenset(answer.peers)
    parts = []
    for name, of_peers in (("here", False), ("group", True)):
        tones = Counter(tones_known.of(hit) for hit in answer.found.hits if (hit.document in peers) == of_peers)
        if tones:
            bars = [
                Content.assemble(
                    (f"{tone} ", style), ("▆" * _length(tones[tone], tones), style), (f" {tones[tone]}", STRONG)
                )
                for tone, style in TONE_STYLES.items()
                if tones[tone]
            ]
            lead = f"{name}: " if answer.peers else ""
            gap = len(_TONE) + len(lead)
            parts.append(Content.assemble((lead, QUIET), in_lines(bars, room - gap, gap)))
    shown = len(answer.found.hits)
    most = f"  (of the {shown} shown)" if answer.found.total > shown else ""
    return Content.assemble((_TONE, QUIET), Content(f"\n{' ' * len(_TONE)}").join(parts), (most, QUIET))


def _length(count: int, tones: Counter[str]) -> int:
    return max(1, round(count / max(tones.values()) * _LONGEST_BAR))


def _by_year(years: dict[int, int], room: int) -> str:
    """Return a bar for each year, with the number of each year if there is room, else the highest number."""
    first, last, most = min(years), max(years), max(years.values())
    if most == 1:
        return f"By year: {years_in_words(years)}, 1 inspection each"
    bars = f"By year {first} {years_row(years)} {last}" if first < last else "By year"
    full = f"{bars}: {', '.join(f'{year} {count}' for year, count in sorted(years.items()))}"
    if len(full) <= room:
        return full
    return f"{bars}, at most {most} inspections ({years_in_words(year for year in years if years[year] == most)})"


def _by_authority(ranked: Sequence[str], room: int) -> str:
    """Return as many authorities as fit, most sentences first."""
    line = f"By authority ({len(ranked)}): {ranked[0]}"
    for number, part in enumerate(ranked[1:], 1):
        rest = f", and {len(ranked) - number} more"
        if len(f"{line}, {part}{rest}") > room:
            return f"{line}{rest}"
        line = f"{line}, {part}"
    return line
