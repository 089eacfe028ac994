"""Find letters that a file shows but does not give as text, and fill them in where only one word fits.

    page    "The signi�cant e�ectiveness of the x�y plan"
    result  "The significant effectiveness of the x�y plan"; 3 letters lost, 2 filled in

A PDF draws the pairs "ff", "fi", "fl" and the like as one glyph. Where the file does not say which letters these
are, the text has a sign in their place (a replacement or private character, or a wrong sign), or nothing at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

import msgspec

from reinspect.reading.vocabulary import is_word, known_words

LOST = "\N{REPLACEMENT CHARACTER}"
"""The sign for a letter that could not be read."""
_LIGATURES = ("fi", "ff", "fl", "ffi", "ffl", "ti", "tt", "ft", "tti", "th", "ct", "st", "fj", "tf", "ffh", "fb", "fh")
"""Letters that are drawn as one glyph, the most frequent first."""
_COMMON = _LIGATURES[:5]
_RARE = ("ti", "tt", "ft", "tti", "th")
"""Other ligatures that a font may lose without a trace; each is looked for alone."""
_TWO_PARTS = 2
_LONGEST_WORD = 40
"""Number of letters that no known word exceeds. A longer run of letters is not looked through, place by place."""
_MISSING = "\0\ufffd\ue000-\uefff\uf100-\uf8ff"
"""Signs in place of letters that a file does not name. (U+F000 to U+F0FF are symbols of a symbol font.)"""
_MISSING_SIGN = re.compile(f"[{_MISSING}]")
_WITH_SIGN = re.compile(rf"(?<![^\W\d_])[^\W\d_]*[{_MISSING}][^\W\d_]*(?:[{_MISSING}][^\W\d_]*)*")
_SIGN = r"[^\w\s.,;:?()\[\]'’‘\"“”/&@+=|–—-]"
_SIGN_BETWEEN_LETTERS = re.compile(rf"{_SIGN}(?<=[^\W\d_].)(?=[^\W\d_])")
_WRONG_SIGN = re.compile(rf"(?<![\w'’./@&#+-])([^\W\d_]+)({_SIGN})([^\W\d_]+)(?![\w'’/@&#+-])")
"""A word with one sign inside, such as "signi®cant" or "e!ective"."""
_WORD = re.compile(r"(?<![\w'’./@&\uFFFD-])[a-z]{3,}(?![\w'’/@&\uFFFD-])")
_ANY_WORD = re.compile(_WORD.pattern, re.IGNORECASE)
_WORD_OR_DIGIT = re.compile(r"(?<![\w'’./@&\uFFFD-])[a-z](?=[a-z\d]{3})[a-z]*(?:\d[a-z]*)?(?![\w'’/@&\uFFFD-])")
_ANY_WORD_OR_DIGIT = re.compile(_WORD_OR_DIGIT.pattern, re.IGNORECASE)
_SPLIT_WORD = re.compile(r"(?<![\w'’-])([^\W\d_]{1,9}) ([a-z]{2,12})(?![\w'’-])")
_DIGIT_BEFORE_S = re.compile(r"\ds(?![^\W_])")
_WORD_AT_END = re.compile(r"(?<![^\W_])[^\W\d_]{3,}$")
"""The word before a digit that stands where others have an apostrophe: "children9s"."""
_FEWEST_GAPS = 3
"""Number of different words without their ligature from which a text counts as having lost them."""
_MOST_FILLED = 3
"""Greatest number of lost letters in one word that are filled in."""


_LONGEST_PART = 12
"""Greatest number of letters of each of two parts of a word with a space between them."""
_TWO_WORDS = re.compile(rf"(?<![\w'’-])([^\W\d_]{{1,{_LONGEST_PART}}})(?= ([a-z]{{2,{_LONGEST_PART}}})(?![\w'’-]))")
_WORD_BEFORE = re.compile(rf"[^\W\d_]{{1,{_LONGEST_PART}}} $")


class MendedPage(msgspec.Struct, frozen=True):
    """The text of a page with lost letters filled in, and how many were lost and filled in."""

    text: str
    lost: int
    filled: int

    @property
    def doubtful(self) -> bool:
        """True if some letters could not be filled in."""
        return self.filled < self.lost


def mend_pages(pages: Sequence[str]) -> list[MendedPage]:
    """Fill in the lost letters of all pages where one word fits; other lost letters become U+FFFD."""
    evidence = _count_evidence(pages)
    mended = _restore_apostrophes([_mend_page(page, evidence) for page in pages])
    unknown = _unknown_words(page.text for page in mended)
    if wrong := _find_wrong_letters(unknown):
        mended = [_correct_letters(page, wrong) for page in mended]
        unknown = _unknown_words(page.text for page in mended)
    lost = _find_lost_ligatures((page.text for page in mended), unknown)
    return [_close_gaps(page, lost) for page in mended] if lost else mended


def _restore_apostrophes(pages: list[MendedPage]) -> list[MendedPage]:
    """Return the pages with their apostrophes, if the file names a digit for them: "children9s", "parents9 views"."""
    owners: dict[str, set[str]] = {}
    for page in pages:
        for match in _DIGIT_BEFORE_S.finditer(page.text):
            word = _WORD_AT_END.search(page.text[max(match.start() - _LONGEST_WORD, 0) : match.start()])
            if word and is_word(word[0].lower()):
                owners.setdefault(match[0][0], set()).add(word[0].lower())
    digits = "".join(digit for digit, words in owners.items() if len(words) >= _FEWEST_GAPS)
    if not digits:
        return pages
    sign = re.compile(rf"(?<=[^\W\d_]{{2}})[{digits}](?=[st](?![^\W_]))|(?<=[^\W\d_]s)[{digits}](?![^\W_])")
    restored = [(*sign.subn("\N{RIGHT SINGLE QUOTATION MARK}", page.text), page) for page in pages]
    return [MendedPage(text, page.lost + count, page.filled + count) for text, count, page in restored]


def _count_evidence(pages: Sequence[str]) -> Counter[str]:
    """Return for each ligature the number of words with a sign that only this ligature completes."""
    evidence: Counter[str] = Counter()
    for page in pages:
        if not _MISSING_SIGN.search(page):
            continue
        for match in _WITH_SIGN.finditer(page):
            parts = re.split(f"[{_MISSING}]", match[0])
            if len(parts) == _TWO_PARTS and any(parts):
                fitting = [ligature for ligature in _LIGATURES if is_word(parts[0] + ligature + parts[1])]
                evidence.update(fitting if len(fitting) == 1 else ())
    return evidence


def _mend_page(page: str, evidence: Counter[str]) -> MendedPage:
    """Fill in the letters that left a sign; `evidence` counts the ligatures that the document has lost."""
    lost = filled = 0

    def fill(match: re.Match[str]) -> str:
        nonlocal lost, filled
        signs = len(re.findall(f"[{_MISSING}]", match[0]))
        lost += signs
        word = _fill_signs(match[0], evidence)
        filled += signs if word else 0
        return word or re.sub(f"[{_MISSING}]", LOST, match[0])

    def correct(match: re.Match[str]) -> str:
        nonlocal lost, filled
        word = _only_word(match[1], match[3], _COMMON)
        if word is None:
            return match[0]
        lost += 1
        filled += 1
        return word

    text = _WITH_SIGN.sub(fill, page) if _MISSING_SIGN.search(page) else page
    if _SIGN_BETWEEN_LETTERS.search(text):  # a quick look: most pages have none
        text = _WRONG_SIGN.sub(correct, text)
    return MendedPage(text, lost, filled)


def _fill_signs(printed: str, evidence: Counter[str]) -> str | None:
    """Return a word with its lost letters filled in, or None if no word or several words fit.

    Of several words the one is taken whose ligature other words of the document have lost too.
    """
    parts = re.split(f"[{_MISSING}]", printed)
    if len(parts) - 1 > _MOST_FILLED or not any(parts):
        return None
    if len(parts) == _TWO_PARTS:
        fitting = [ligature for ligature in _LIGATURES if is_word(parts[0] + ligature + parts[1])]
        proven = [ligature for ligature in fitting if evidence[ligature]]
        if proven and len(fitting) > 1:
            best, *others = sorted(proven, key=lambda ligature: -evidence[ligature])
            sure = not others or evidence[best] > evidence[others[0]]
            return parts[0] + best + parts[1] if sure else None
        return _only_word(parts[0], parts[1], _LIGATURES)
    fitting = [parts[0]]
    for part in parts[1:]:
        fitting = [start + ligature + part for start in fitting for ligature in _COMMON]
    words = [word for word in fitting if is_word(word)]
    return words[0] if len(words) == 1 else None


def _only_word(before: str, after: str, ligatures: Sequence[str]) -> str | None:
    """Return the word that a ligature makes of its two parts; a frequent ligature goes before a rare one.

    Returns None if no ligature makes a word, or if two equally frequent ones do.
    """
    for group in (ligatures[: len(_COMMON)], ligatures[len(_COMMON) :]):
        words = [word for ligature in group if is_word(word := before + ligature + after)]
        if words:
            return words[0] if len(words) == 1 else None
    return None


def _unknown_words(pages: Iterator[str]) -> list[tuple[str, set[str]]]:
    """Return each page with the words in small letters that are not known, digits within a word included."""
    found = []
    for page in pages:
        # Most words are known as they are printed, and only what is left is looked at closely.
        printed = " ".join(set(page.split()) - known_words())
        found.append(
            (page, {word for word in set(_WORD_OR_DIGIT.findall(printed)) - known_words() if not is_word(word)})
        )
    return found


def _find_wrong_letters(pages: Sequence[tuple[str, set[str]]]) -> set[str]:
    """Return the letters and digits that stand for a ligature: "signi2cant", "ofcer".

    A sign counts if at least so many different words show it; of digits, any may.
    """
    shown: dict[str, set[str]] = {}
    for word in set().union(*(unknown for _, unknown in pages)):
        for letter, _ in _readings_with_ligature(word):
            shown.setdefault("digit" if letter.isdigit() else letter, set()).add(word)
    return {letter for letter, words in shown.items() if len(words) >= _FEWEST_GAPS}


def _readings_with_ligature(word: str) -> list[tuple[str, str]]:
    """Return (letter, whole word) for each letter of a word in whose place a ligature makes a known word."""
    if len(word) > _LONGEST_WORD:
        return []
    return [
        (letter, whole)
        for place, letter in enumerate(word)
        for ligature in _COMMON
        if is_word(whole := word[:place] + ligature + word[place + 1 :])
    ]


def _correct_letters(page: MendedPage, wrong: Set[str]) -> MendedPage:
    """Put the ligatures in the places of the signs that stand for them, where one word fits."""
    lost = filled = 0

    def correct(match: re.Match[str]) -> str:
        nonlocal lost, filled
        word = match[0]
        if is_word(word) or is_word(word.rstrip("0123456789")):
            return word
        readings = _readings_with_ligature(word)
        words = {whole for letter, whole in readings if ("digit" if letter.isdigit() else letter) in wrong}
        lost += bool(readings)
        filled += len(words) == 1
        return words.pop() if len(words) == 1 else word

    text = _ANY_WORD_OR_DIGIT.sub(correct, page.text)
    return MendedPage(text, page.lost + lost, page.filled + filled)


def _find_lost_ligatures(pages: Iterator[str], unknown: Sequence[tuple[str, set[str]]]) -> tuple[str, ...]:
    """Return the ligatures that several words of a text have lost without a trace."""
    common: set[str] = set()
    rare: dict[str, set[str]] = {ligature: set() for ligature in _RARE}
    for page, (_, words) in zip(pages, unknown, strict=True):
        letters = [word for word in words if word.isalpha()]
        common |= {word for word in letters if _fill_gap(word, _COMMON) is not None}
        pairs = {pair for word in letters for pair in _neighbours(page, word)}
        common |= {joined for pair in pairs if (joined := _fill_space(*pair))}
        for ligature, filled in rare.items():
            filled |= {word for word in letters if _fill_gap(word, (ligature,)) is not None}
    found = tuple(ligature for ligature, words in rare.items() if len(words) >= _FEWEST_GAPS)
    return (*(_COMMON if len(common) >= _FEWEST_GAPS else ()), *found)


def _neighbours(page: str, word: str) -> Iterator[tuple[str, str]]:
    """Yield a word with the one after it, and with the one before it, where one space divides them on a page."""
    place = page.find(word)
    while place >= 0:
        before = _WORD_BEFORE.search(page, max(0, place - _LONGEST_PART - 1), place)
        for start in (place, before.start() if before else place):
            pair = _TWO_WORDS.match(page, start)
            if pair and word in pair.groups():
                yield pair[1], pair[2]
        place = page.find(word, place + 1)


def _close_gaps(page: MendedPage, ligatures: Sequence[str]) -> MendedPage:
    """Fill in the ligatures that were lost without a trace, or that left a space."""
    lost = 0
    pieces: list[str] = []
    text, start = page.text, 0
    while pair := _SPLIT_WORD.search(text, start):
        word = _fill_space(pair[1], pair[2])
        pieces += (text[start : pair.start()], word or pair[1])
        start = pair.end() if word else pair.end(1)
        lost += word is not None
    text = "".join((*pieces, text[start:]))

    def fill(match: re.Match[str]) -> str:
        nonlocal lost
        word = None if is_word(match[0]) else _fill_gap(match[0], ligatures)
        lost += word is not None
        return word or match[0]

    return MendedPage(_ANY_WORD.sub(fill, text), page.lost + lost, page.filled + lost)


def _fill_space(before: str, after: str) -> str | None:
    """Return the only word that a ligature makes of two parts with a space between them, or None."""
    if not before or not after or (is_word(before) and is_word(after)):
        return None
    return _only_word(before, after, _COMMON)


def _fill_gap(printed: str, ligatures: Sequence[str]) -> str | None:
    """Return the only word that one of the ligatures makes of a text at any place, or None."""
    if len(printed) > _LONGEST_WORD:
        return None
    words = {
        word
        for place in range(len(printed) + 1)
        for ligature in ligatures
        if is_word(word := printed[:place] + ligature + printed[place:])
    }
    return words.pop() if len(words) == 1 else None
