"""Find the section of a document that each block (heading, paragraph or list item) is in.

    blocks                                         section of the block
    "What needs to improve?"                       improvement
    "• The speed of plans"                         improvement
    "The experiences of care leavers: good"        finding, strand leavers, graded heading
    "12. Staff know the care leavers well."        finding, strand leavers
    "Yours sincerely"                              background

A section has a role ("finding"), a strand (the area judged) and the body that it is about. The headings are those of
the framework file. An unlisted heading ("Plans for health") keeps the role of its section.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from reinspect.frameworks import Framework
from reinspect.model import Owner, Role
from reinspect.reading.fields.templates import TemplateSentences
from reinspect.reading.layout.blocks import NUMBER_GAP, Block
from reinspect.reading.layout.lines import ANY_LETTER, SENTENCE_END, PrintedLine, join_lines
from reinspect.reading.layout.words import find_first_word, fold_words, normalise_words

_HEADING_LINES = 6
"""Number of lines over which a heading with its grade may wrap."""
_HEADING_CHARACTERS = 300
"""Number of characters of the longest line of a heading."""
_SHORT_HEADING = 2
"""Number of words of a heading that may also open a sentence: "Care leavers", "Recommendations"."""
_LIST_ROLES = ("improvement", "priority action")
_WHOLE_AUTHORITY = (None, "overall")
"""The strands of sections about the authority as a whole."""
_BEFORE_GRADE = ("is", "are", "that", "it", "they", "judged", "for", "grade")
_BOX = ("key", "judgement", "judgement", "grade")
"""The head of the box that opened each strand of the reports of 2014 to 2016."""
_SECTION = re.compile(r"section\s+\d+\s*[:.–-]?\s*", re.IGNORECASE)
_NUMBER_OR_MARK = re.compile(r"[#*_]*\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?(?=[^\W\d_])")
"""Print allowed before a heading in plain text: Markdown marks, the number of the section."""
_CLOSINGS = (
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
"""The first words of the parts that are not about the authority."""
_CLOSING_STARTS = {closing[:5] for closing in _CLOSINGS}
_FOOTNOTE_MARK = re.compile(r"(?:(?<=[a-z)])|(?<=[?:])\s?)\d{1,2}(?=[?:.]?$)")
"""The footnote mark glued to the last word of a heading."""
_ABOUT_FINDINGS = re.compile(r"\b(?:findings|strengths|judge?ments?)\b", re.IGNORECASE)
"""Wording of an unlisted heading that ends a list of items to improve."""


class SectionHeading(msgspec.Struct, frozen=True):
    """A recognised heading: the role of its section, and the strand (judged area) and owner if the heading names them.

    `graded` is true if the heading includes a grade: "The experiences of care leavers: good".
    """

    role: Role
    strand: str | None = None
    whose: Owner | None = None
    graded: bool = False


class SectionPlace(msgspec.Struct, frozen=True):
    """The section of a document that a paragraph is in.

    `role` is the purpose of the section, such as "finding". `strand` is the area that is judged, and `whose` the body
    that the section is about. `heading` is the printed heading above the paragraph.
    """

    role: Role
    strand: str | None
    whose: Owner
    heading: str | None


class FrameworkHeadings:
    """A callable that recognises the section headings of one framework in printed lines."""

    def __init__(self, framework: Framework) -> None:
        """Collect the section headings of a framework."""
        self._known = dict(_listed_headings(framework))
        self._first_words = {words[0] for words in self._known} | {"section", "key"}
        self._beginnings = {words[:length] for words in (*self._known, _BOX) for length in range(len(words))}
        self._longest = max(map(len, self._known), default=0)
        grade_words = {word for form, _ in framework.grade_forms() for word in form}
        self._grade_or_joining = set(normalise_words((*_BEFORE_GRADE, *grade_words)))
        self._joining = set(normalise_words(_BEFORE_GRADE)) - grade_words
        self._grade_sentences = {
            strand.key: TemplateSentences(strand.prose, framework) for strand in framework.strands if strand.prose
        }
        self._board_title = next((words for words, known in self._known.items() if known.strand == "lscb"), None)

    def __call__(self, lines: Sequence[PrintedLine], index: int) -> tuple[SectionHeading, int] | None:
        """Return (heading, number of lines) for the heading that begins at the line with this index, or None."""
        first = lines[index].text
        if first[:5].lower() in _CLOSING_STARTS:
            two_lines = join_lines(line.text[:_HEADING_CHARACTERS] for line in lines[index : index + 2])
            if " ".join(fold_words(two_lines)).startswith(_CLOSINGS):
                return SectionHeading("background"), 1
        mark = _NUMBER_OR_MARK.match(first)
        if mark is None or not first[mark.end()].isupper():
            return None
        if mark.end() > 0:
            return self._find_marked(lines, index)
        return self._find_listed(lines, index) or self._find_graded(lines, index)

    def _find_marked(self, lines: Sequence[PrintedLine], index: int) -> tuple[SectionHeading, int] | None:
        """Read a heading that follows a printed number or a Markdown mark.

        Returns the heading and the number of lines it fills, or None if it is the start of a numbered paragraph.
        """
        found = self._find_listed(lines, index)
        if found is None:
            return None
        # A numbered paragraph may open with the words of a heading.
        end = index + found[1]
        continues = lines[end - 1].text.endswith(".") or (end < len(lines) and lines[end].text[0].islower())
        return None if continues else found

    def _find_graded(self, lines: Sequence[PrintedLine], index: int) -> tuple[SectionHeading, int] | None:
        """Return (heading, number of lines) for a line that only states the grade of a judged area, or None."""
        for strand, sentences in self._grade_sentences.items():
            count = sentences.count_lines(lines, index)
            if count is not None:
                return SectionHeading("finding", strand, _owner(strand), graded=True), count
        return None

    def _find_listed(self, lines: Sequence[PrintedLine], index: int) -> tuple[SectionHeading, int] | None:
        """Return (heading, number of lines) for the longest known heading that begins at this line, or None."""
        if find_first_word(_NUMBER_OR_MARK.sub("", lines[index].text, count=1)) not in self._first_words:
            return None
        longest = None
        for count in range(1, min(_HEADING_LINES, len(lines) - index) + 1):
            last = lines[index + count - 1].text
            if len(last) > _HEADING_CHARACTERS or not ANY_LETTER.search(last):
                break
            text = join_lines(line.text for line in lines[index : index + count])
            numbered_section = _SECTION.match(text) is not None
            words = _heading_words(_NUMBER_OR_MARK.sub("", text, count=1))
            known = self._find_heading(words, numbered_section)
            if known is None and count == 1:
                known = self._find_second(text)
            complete = known is not None and not self._awaits_grade(words, known)
            if known is not None and complete and not _in_sentence(lines, index, count, known, text):
                longest = (known, count)
            if known is None and not numbered_section and words not in self._beginnings:
                break
        return longest

    def _awaits_grade(self, words: tuple[str, ...], known: SectionHeading) -> bool:
        """Return whether a heading ends with a word such as "is", so that its grade must follow on the next line."""
        return known.graded and words[-1] in self._joining

    def _find_heading(self, words: tuple[str, ...], numbered_section: bool) -> SectionHeading | None:
        """Return the known heading that these words spell, with or without a grade at the end, or None."""
        for length in range(min(len(words), self._longest), 0, -1):
            known = self._known.get(words[:length])
            if known is not None and self._only_grades(words[length:]):
                graded = length < len(words)
                # "The local authority is good" is not a heading
                allowed = known.strand or not graded or "grade" in words[length:]
                return msgspec.structs.replace(known, graded=graded) if allowed else None
        if numbered_section and self._board_title and _similar(words, self._board_title):
            return SectionHeading("finding", "lscb", "lscb")  # the title of section 2 is often misprinted
        return None

    def _find_second(self, text: str) -> SectionHeading | None:
        """Return the second heading on a line with two known headings, or None. The first must be a question.

        "What needs to improve? Priority and immediate action" is printed on two lines, which some programs join.
        """
        first, _, second = text.partition("? ")
        if not second or self._find_heading(_heading_words(first), numbered_section=False) is None:
            return None
        return self._find_heading(_heading_words(second), numbered_section=False)

    def _only_grades(self, words: tuple[str, ...]) -> bool:
        """Return whether the words after a heading only state a grade: "is good", "Grade 4 (inadequate)"."""
        return all(
            word in self._grade_or_joining or (word.isdigit() and words[i - 1 : i] == ("grade",))
            for i, word in enumerate(words)
        )

    def is_known(self, text: str) -> bool:
        """Return whether a whole line is one of the framework's headings."""
        if len(text) > _HEADING_CHARACTERS or find_first_word(text) not in self._first_words:
            return False
        return self._find_heading(_heading_words(text), numbered_section=False) is not None


def find_section_lines(
    lines: Sequence[PrintedLine],
    headings: FrameworkHeadings,
    role: str,
    ends: Callable[[Sequence[PrintedLine], int], bool],
) -> Iterator[PrintedLine]:
    """Yield the lines below the headings of a role, each up to the next known heading or a line that `ends` it."""
    current: str | None = None
    i = 0
    while i < len(lines):
        if found := headings(lines, i):
            # "Areas for priority action" is also the head of a column within its box.
            heading, count = found
            current = heading.role
            i += count
            continue
        if ends(lines, i):
            current = None
        if current == role:
            yield lines[i]
        i += 1


def _listed_headings(framework: Framework) -> Iterator[tuple[tuple[str, ...], SectionHeading]]:
    """Yield each heading in a framework file, as words for comparing, with the section that it opens."""
    for strand in framework.strands:
        for label in (*strand.labels, *strand.headings):
            yield normalise_words(fold_words(label)), SectionHeading("finding", strand.key, _owner(strand.key))
    for role, title in framework.headings():
        if role != "outcome":
            yield normalise_words(fold_words(title)), SectionHeading(role, None, _named_owner(title))


def _named_owner(title: str) -> Owner | None:
    """Return the body that a heading such as "What does the local authority need to improve" names, or None."""
    if "LSCB need" in title:
        return "lscb"
    return "authority" if "local authority need" in title else None


def _owner(strand: str) -> Owner:
    return "lscb" if strand == "lscb" else "authority"


def _similar(words: tuple[str, ...], title: tuple[str, ...]) -> bool:
    return difflib.SequenceMatcher(None, words, title).ratio() > 0.7


def _heading_words(text: str) -> tuple[str, ...]:
    """Return the words of a heading for comparing, without its section number and footnote mark."""
    words = normalise_words(fold_words(_SECTION.sub("", _FOOTNOTE_MARK.sub("", text))))
    if words[: len(_BOX)] == _BOX:
        words = words[len(_BOX) + (words[len(_BOX) : len(_BOX) + 1] == ("the",)) :]
    return words


def _in_sentence(lines: Sequence[PrintedLine], index: int, count: int, known: SectionHeading, text: str) -> bool:
    """Return whether lines that look like a heading are only the start or the end of a sentence."""
    if known.graded:
        return False
    end = index + count
    opens_sentence = len(text.split()) <= _SHORT_HEADING and end < len(lines) and lines[end].text[0].islower()
    return opens_sentence or (text.endswith(".") and index > 0 and not SENTENCE_END.search(lines[index - 1].text))


def locate_blocks(blocks: Sequence[Block], opening: SectionPlace) -> list[SectionPlace]:
    """Return the section of each block of text; blocks before the first heading are in the section `opening`."""
    places: list[SectionPlace] = []
    place = opening
    before: Block | None = None
    last_number = 0
    of_board = [i for i, block in enumerate(blocks) if _strand(block) == "lscb"]
    for i, block in enumerate(blocks):
        follows = blocks[i + 1] if i + 1 < len(blocks) else None
        if place == opening and i in of_board[:-1] and _is_graded(block):
            pass  # the grade of the board beside the table of grades: the board's own section comes later
        elif place.role in _LIST_ROLES and _divides_list(block, before, follows, last_number):
            place = msgspec.structs.replace(place, strand=_strand(block), heading=block.text)
        elif place.role == "summary" and place.strand in _WHOLE_AUTHORITY and _divides_summary(block, follows):
            place = msgspec.structs.replace(place, heading=block.text)
        else:
            place = _next_place(place, block)
        last_number = block.number or last_number
        before = block
        places.append(place)
    return places


def _divides_list(block: Block, before: Block | None, follows: Block | None, last_number: int) -> bool:
    """Return whether a block is the name of a strand (judged area) in the middle of a numbered list."""
    # The name only divides a list that continues with the next number. The heading of a section of findings has its
    # grade, and a list with bullets has no numbers to continue.
    in_list = before is not None and before.shape in ("heading", "numbered")
    number = follows.number if follows else None
    return _names_strand(block) and in_list and number is not None and last_number < number <= last_number + NUMBER_GAP


def _divides_summary(block: Block, follows: Block | None) -> bool:
    """Return whether a block is the name of a strand (judged area) above bullets in a summary."""
    return _names_strand(block) and follows is not None and follows.shape == "bullet"


def _names_strand(block: Block) -> bool:
    """Return whether a block is the name of a strand (judged area) without its grade."""
    return isinstance(block.key, SectionHeading) and not block.key.graded and block.key.strand not in (None, "lscb")


def _is_graded(block: Block) -> bool:
    return isinstance(block.key, SectionHeading) and block.key.graded


def _strand(block: Block) -> str | None:
    return block.key.strand if isinstance(block.key, SectionHeading) else None


def _next_place(place: SectionPlace, block: Block) -> SectionPlace:
    """Return the section that a block of text opens, or the current section if the block opens none."""
    known = block.key
    if block.shape != "heading":
        return _leave_summary(place) if block.shape == "numbered" else place
    if not isinstance(known, SectionHeading):
        if place.role not in _LIST_ROLES:
            return msgspec.structs.replace(place, heading=block.text)
        role: Role = "finding" if _ABOUT_FINDINGS.search(block.text) else place.role
        return SectionPlace(role, "lscb" if place.whose == "lscb" else None, place.whose, block.text)
    whose = "authority" if known.role == "background" else known.whose or place.whose
    strand = known.strand
    if strand is None and (known.role in ("summary", "finding") and place.role in ("summary", "finding")):
        strand = place.strand  # the summary or the findings within the section of a strand
    elif strand is None and whose == "lscb":
        strand = "lscb"
    return SectionPlace(known.role, strand, whose, _FOOTNOTE_MARK.sub("", block.text))


def _leave_summary(place: SectionPlace) -> SectionPlace:
    """Return the section of a numbered paragraph; such a paragraph ends the summary of a strand (judged area)."""
    # The summary of a strand has no numbered paragraphs, so the first one opens the findings, even without a heading.
    in_strand_summary = place.role == "summary" and place.strand not in _WHOLE_AUTHORITY
    return msgspec.structs.replace(place, role="finding", heading=None) if in_strand_summary else place
