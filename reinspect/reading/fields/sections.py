"""Which part of a document a block stands in: its strand, its role, whose it is. Headings come from the framework."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

import msgspec

from reinspect.frameworks import Framework
from reinspect.model import Owner, Role
from reinspect.reading.fields.templates import TemplateSentences
from reinspect.reading.layout.blocks import Block
from reinspect.reading.layout.lines import SENTENCE_END, PrintedLine, join_lines
from reinspect.reading.layout.words import fold_words, likened, opens_with

_LONGEST = 6
"""Lines over which a heading with its grade may wrap."""
_SHORT = 2
"""Words of a heading that may as well open a sentence ("Care leavers", "Recommendations")."""
_LONGEST_LINE = 300
"""Characters of the longest line of a heading."""
_LISTS = ("improvement", "priority action")
_WHOLE = (None, "overall")
"""The strands of what is said of the authority as a whole."""
_TAIL = {"is", "are", "that", "it", "they", "judged", "for", "grade"}
_BOX = ("key", "judgement", "judgement", "grade")
"""The head of the box that opened each strand of the reports of 2014 to 2016."""
_SECTION = re.compile(r"section\s+\d+\s*[:.–-]?\s*", re.IGNORECASE)
_ORDER = re.compile(r"[#*_]*\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?(?=[^\W\d_])")
"""What may stand before a heading in plain text: the marks of Markdown, the number of its section."""
_CLOSERS = (
    "the office for standards in education children's services and skills ofsted regulates",
    "the office for standards in education children's services and skills ofsted is",
    "ofsted will take the findings",
    "ofsted is proud to use recycled paper",
    "any complaints about the inspection or the report",
    "if you would like a copy of this document in a different format",
    "you may reuse this information",
    "you may copy all or parts of this document",
    "yours sincerely",
    "your sincerely",
)
"""How the parts begin that say nothing about the authority (domain.md 3, "Page furniture to strip")."""
_CLOSER_OPENINGS = tuple({closer[:5] for closer in _CLOSERS})


_MARK = re.compile(r"(?:(?<=[a-z)])|(?<=[?:])\s?)\d{1,2}(?=[?:.]?$)")
"""The number of a note, glued to a heading's last word."""
_LETTER = re.compile(r"[^\W\d_]")
_OF_FINDINGS = re.compile(r"\b(?:findings|strengths|judge?ments?)\b", re.IGNORECASE)
"""What a heading speaks of that no list of things to improve stands under."""


class SectionHeading(msgspec.Struct, frozen=True):
    """What a known heading opens: a role, and where it says so a strand and an owner."""

    role: Role
    strand: str | None = None
    whose: Owner | None = None
    graded: bool = False
    """Whether the heading as printed goes on with a grade."""


class SectionPlace(msgspec.Struct, frozen=True):
    """Where in its document a block stands."""

    role: Role
    strand: str | None
    whose: Owner
    heading: str | None


class Headings:
    """The headings of a framework, ready to be recognised (`reinspect.reading.layout.blocks.Recogniser`)."""

    def __init__(self, framework: Framework) -> None:
        """Collects the framework's headings; a longer one wins over its own beginning."""
        self._known: dict[tuple[str, ...], SectionHeading] = {}
        for strand in framework.strands:
            whose: Owner = "lscb" if strand.key == "lscb" else "authority"
            for label in (*strand.labels, *strand.headings):
                self._known[likened(fold_words(label))] = SectionHeading("finding", strand.key, whose)
        listed: tuple[tuple[Role, tuple[str, ...]], ...] = (
            ("improvement", framework.improvement_headings),
            ("priority action", framework.priority_headings),
            ("summary", framework.summary_headings),
            ("finding", framework.finding_headings),
            ("background", framework.background_headings),
        )
        for role, titles in listed:
            for title in titles:
                whose_own: Owner | None = "lscb" if "LSCB need" in title else None
                self._known[likened(fold_words(title))] = SectionHeading(role, None, whose_own)
        self._openings = {words[0] for words in self._known} | {"section", "key"}
        self._beginnings = {words[:length] for words in (*self._known, _BOX) for length in range(len(words))}
        self._longest = max(map(len, self._known), default=0)
        graded = {word for form, _ in framework.grade_forms() for word in form}
        self._tail = set(likened(("", *_TAIL, *graded)))
        self._joining = set(likened(("", *_TAIL))) - graded
        self._judging = {
            strand.key: TemplateSentences(strand.prose, framework) for strand in framework.strands if strand.prose
        }
        self._lscb = next((words for words, known in self._known.items() if known.strand == "lscb"), None)

    def __call__(self, lines: Sequence[PrintedLine], at: int) -> tuple[SectionHeading, int] | None:
        """What heading begins at a line and over how many lines it goes, grade included; or None."""
        first = lines[at].text
        if first[:5].lower().startswith(_CLOSER_OPENINGS):
            opening = " ".join(fold_words(join_lines(line.text[:_LONGEST_LINE] for line in lines[at : at + 2])))
            if opening.startswith(_CLOSERS):
                return SectionHeading("background"), 1
        order = _ORDER.match(first)
        if order is None or not first[order.end()].isupper():
            return None
        if order.end() > 0:
            return self._ordered(lines, at)
        return self._listed(lines, at) or self._graded(lines, at)

    def _ordered(self, lines: Sequence[PrintedLine], at: int) -> tuple[SectionHeading, int] | None:
        """A heading behind a mark or a number; a numbered paragraph may open with the same words, and goes on."""
        found = self._listed(lines, at)
        if found is None:
            return None
        end = at + found[1]
        goes_on = lines[end - 1].text.endswith(".") or (end < len(lines) and lines[end].text[0].islower())
        return None if goes_on else found

    def _graded(self, lines: Sequence[PrintedLine], at: int) -> tuple[SectionHeading, int] | None:
        """A line of its own that gives a strand's grade opens its section."""
        for strand, sentences in self._judging.items():
            count = sentences.fill(lines, at)
            if count is not None:
                return SectionHeading(
                    "finding", strand, "lscb" if strand == "lscb" else "authority", graded=True
                ), count
        return None

    def _listed(self, lines: Sequence[PrintedLine], at: int) -> tuple[SectionHeading, int] | None:
        if opens_with(_ORDER.sub("", lines[at].text, count=1)) not in self._openings:
            return None
        best = None
        for count in range(1, min(_LONGEST, len(lines) - at) + 1):
            last = lines[at + count - 1].text
            if len(last) > _LONGEST_LINE or not _LETTER.search(last):
                break
            text = join_lines(line.text for line in lines[at : at + count])
            section = _SECTION.match(text) is not None
            words = _title(_ORDER.sub("", text, count=1))
            known = self._heading(words, section)
            whole = known is not None and not self._awaits_grade(words, known)
            if known is not None and whole and not _in_sentence(lines, at, count, known, text):
                best = (known, count)
            if known is None and not section and words not in self._beginnings:
                break
        return best

    def _awaits_grade(self, words: tuple[str, ...], known: SectionHeading) -> bool:
        """Whether a heading as printed ends on "is" or the like: its grade must follow, or it is a sentence."""
        return known.graded and words[-1] in self._joining

    def _heading(self, words: tuple[str, ...], numbered_section: bool) -> SectionHeading | None:
        for length in range(min(len(words), self._longest), 0, -1):
            known = self._known.get(words[:length])
            if known is not None and self._is_tail(words[length:]):
                graded = length < len(words)
                may_be = (
                    known.strand or not graded or "grade" in words[length:]
                )  # "The local authority is good" is none
                return msgspec.structs.replace(known, graded=graded) if may_be else None
        if numbered_section and self._lscb and difflib.SequenceMatcher(None, words, self._lscb).ratio() > 0.7:
            return SectionHeading("finding", "lscb", "lscb")  # slips in the title of section 2 are frequent
        return None

    def _is_tail(self, words: tuple[str, ...]) -> bool:
        """Whether words behind a heading only grade it ("is good", "Grade 4 (inadequate)")."""
        return all(
            word in self._tail or (word.isdigit() and words[i - 1 : i] == ("grade",)) for i, word in enumerate(words)
        )

    def is_known(self, text: str) -> bool:
        """Whether a line, whole, is a heading: such a line is never page furniture."""
        if len(text) > _LONGEST_LINE or opens_with(text) not in self._openings:
            return False
        return self._heading(_title(text), numbered_section=False) is not None


def _title(text: str) -> tuple[str, ...]:
    """The words of a heading, likened, without the number of its section, of a note, and the head of its box."""
    words = likened(fold_words(_SECTION.sub("", _MARK.sub("", text))))
    if words[: len(_BOX)] == _BOX:
        words = words[len(_BOX) + (words[len(_BOX) : len(_BOX) + 1] == ("the",)) :]
    return words


def _in_sentence(lines: Sequence[PrintedLine], at: int, count: int, known: SectionHeading, text: str) -> bool:
    """Whether words that make a heading are but the end of a sentence, or its beginning, that stands on a line."""
    if known.graded:
        return False
    begins = len(text.split()) <= _SHORT and at + count < len(lines) and lines[at + count].text[0].islower()
    return begins or (text.endswith(".") and at > 0 and not SENTENCE_END.search(lines[at - 1].text))


def places(blocks: Sequence[Block], opening: SectionPlace) -> list[SectionPlace]:
    """The place of each block, in order, from the headings before it."""
    found = []
    place = opening
    before: Block | None = None
    listed = 0
    for i, block in enumerate(blocks):
        follows = blocks[i + 1] if i + 1 < len(blocks) else None
        if place.role in _LISTS and _divides(block, before, follows, listed):
            place = msgspec.structs.replace(place, strand=_strand(block), heading=block.text)
        elif place.role == "summary" and place.strand in _WHOLE and _divides_summary(block, follows):
            place = msgspec.structs.replace(place, heading=block.text)
        else:
            place = _after(place, block)
        listed = block.number or listed
        before = block
        found.append(place)
    return found


def _divides(block: Block, before: Block | None, follows: Block | None, listed: int) -> bool:
    """Whether a strand's name only divides a numbered list, which goes on behind it with the next number.

    A section of findings opens with its grade; a list with bullets has no numbers to go on with.
    """
    in_list = before is not None and before.shape in ("heading", "numbered")
    number = follows.number if follows else None
    return _names_strand(block) and in_list and number is not None and listed < number <= listed + 3


def _divides_summary(block: Block, follows: Block | None) -> bool:
    """Whether a strand's name only divides the bullets of a summary of them all."""
    return _names_strand(block) and follows is not None and follows.shape == "bullet"


def _names_strand(block: Block) -> bool:
    """Whether a block is a strand's name without its grade."""
    return isinstance(block.key, SectionHeading) and not block.key.graded and block.key.strand not in (None, "lscb")


def _strand(block: Block) -> str | None:
    return block.key.strand if isinstance(block.key, SectionHeading) else None


def _after(place: SectionPlace, block: Block) -> SectionPlace:
    """The place that a block opens, or the one it goes on with."""
    known = block.key
    if block.shape != "heading":
        return _in_findings(place) if block.shape == "numbered" else place
    if not isinstance(known, SectionHeading):
        if place.role not in _LISTS:
            return msgspec.structs.replace(place, heading=block.text)
        role: Role = "finding" if _OF_FINDINGS.search(block.text) else place.role
        return SectionPlace(role, "lscb" if place.whose == "lscb" else None, place.whose, block.text)
    whose = "authority" if known.role == "background" else known.whose or place.whose
    strand = known.strand
    if strand is None and (known.role in ("summary", "finding") and place.role in ("summary", "finding")):
        strand = place.strand  # the summary or the findings of a strand's own section
    elif strand is None and whose == "lscb":
        strand = "lscb"
    return SectionPlace(known.role, strand, whose, _MARK.sub("", block.text))


def _in_findings(place: SectionPlace) -> SectionPlace:
    """The place of a numbered paragraph: a strand's summary has none, and its findings may have no heading."""
    in_strand = place.role == "summary" and place.strand not in _WHOLE
    return msgspec.structs.replace(place, role="finding", heading=None) if in_strand else place
