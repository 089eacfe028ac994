"""Find a council by any name that a page prints or a person types.

Printed names are never guessed, typed names are:

    find("London Borough of Camden")   Camden: the words around the name are taken off, then the name is looked up
    find("Camdem")                     None: a name on a page is never guessed
    suggest("Camdem")                  Camden first: typed names may have mistakes
    find_in("Camden Council acts.")    Camden: the council that a running text names most
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, cached_property

from reinspect.model import Authority

# Words before or after the name itself on title pages and letterheads, without punctuation.
_BEFORE = re.compile(
    r"^(?:the )?(?:council of(?: the)?|(?:london|royal|metropolitan)? ?(?:borough|district) of(?: the)?|royal"
    r"|(?:city|county) of(?: the)?|the) "
)
_AFTER = re.compile(
    r" (?:local authority|childrens (?:social care )?services"
    r"|(?:(?:metropolitan )?(?:city|county|borough|district) )?council|(?:metropolitan )?borough|city|mbc|mdc)$"
)

# After a name, a sign that it is part of an address: "Bristol Avenue", "Manchester M1 2WD".
_ADDRESS = re.compile(
    r"[’']?\s+(?:[A-Z]{1,2}\d|(?:Road|Rd|Street|Avenue|Lane|Way|House|Square|Place|Gardens|Terrace|Walk|Park|Hall)\b)"
)
_COUNCIL_BEFORE = re.compile(r"(?:Borough|City|County|Council) of(?: the)?\s+$|(?:Inspection of|visit to)(?: the)?\s+$")
_COUNCIL_AFTER = re.compile(
    r"[’']?s?\s+(?:(?:City|County|Borough|Metropolitan|District)\s+)*"
    r"(?:Council|local authority|children[’']s services)",
    re.IGNORECASE,
)
_COUNCIL_WEIGHT = 3

# Words that may stand directly before or after a name without being part of a longer one.
_TITLES = {
    *("london", "royal", "borough", "city", "county", "metropolitan", "district", "council", "of", "the", "and"),
    *("unitary", "authority", "local"),
}
_ORGANISATIONS = {
    *_TITLES,
    *(
        "children",
        "childrens",
        "child",
        "young",
        "people",
        "families",
        "family",
        "adults",
        "social",
        "care",
        "services",
    ),
    *(
        "service",
        "safeguarding",
        "board",
        "partnership",
        "partners",
        "trust",
        "first",
        "together",
        "education",
        "early",
    ),
    *("help", "youth", "inspection", "inspections", "area", "send", "integrated", "health", "nhs", "police", "fire"),
    *("schools", "school", "academy", "virtual", "adoption", "fostering", "mash", "lscb", "lscp", "lado", "ofsted"),
    *("director", "leader", "leaders", "chief", "members", "member", "councillors", "scrutiny", "committee", "cabinet"),
    *("labour", "conservative", "liberal", "green", "mp", "mps", "corporate", "parenting", "housing", "mbc", "mdc"),
    *("judgement", "report", "published", "page", "age", "group", "lead", "inspector", "dates", "overall", "good"),
    *("outstanding", "requires", "inadequate", "january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
}
# Words that may stand before a name in a sentence with capitals.
_ORDINARY = {
    *("in", "at", "for", "from", "to", "with", "by", "on", "as", "while", "when", "both", "since", "under", "across"),
    *(
        "within",
        "outside",
        "near",
        "that",
        "which",
        "how",
        "why",
        "where",
        "after",
        "before",
        "dear",
        "visited",
        "into",
    ),
    *("about", "around", "through", "between", "cllr", "mr", "mrs", "ms", "dr", "visit", "inspected", "focused"),
}
# Words that, before a name, make it the name of another place, even at the start of a sentence.
_PLACES_BEFORE = {
    *("north", "south", "east", "west", "northern", "southern", "eastern", "western", "north-east", "north-west"),
    *(
        "south-east",
        "south-west",
        "mid",
        "central",
        "upper",
        "lower",
        "greater",
        "great",
        "inner",
        "outer",
        "new",
        "old",
    ),
    *("little", "royal", "saint", "st", "port", "isle", "fort", "lake", "mount", "vale", "nether", "over", "high"),
}
_WORD_BEFORE = re.compile(r"([^\W\d_][\w’'-]*|\bSt\.?)[ \t\xa0]*(\n?)[ \t\xa0]*$")
_WORD_AFTER = re.compile(r"[ \t\xa0]+([^\W\d_][\w’'-]*)")
_SENTENCE_BEFORE = re.compile(r"(?:\A|[.!?:;“”\"(\n•*-])\s*$")
_LINE_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_HEADLINE_WORDS = 4
"""Least number of words of a headline."""
_CAPITAL_LETTERS = 4
"""Least number of letters of the words that all have a capital in a headline with capitals."""
_HEADLINE_CHARACTERS = 200
"""Number of characters of the longest headline."""
EXAMPLESHIRE = Authority(
    slug="exampleshire", name="Exampleshire (invented)", urn="", la_code="", aliases=("Exampleshire",)
)
"""The council of `reinspect.example`. Its name says everywhere, also in an export, that it does not exist."""

_NAME_CHARACTERS = 40
_NAME_WORDS = 4


class Authorities:
    """All councils of the record, abolished ones included, to look up by name or code.

    `invented` is a council that does not exist, for trying things out. It is found by its name, but it is not one of
    `all()`, so that no figure counts it.
    """

    def __init__(self, authorities: tuple[Authority, ...], invented: Authority | None = None) -> None:
        self._all = authorities
        self.invented = invented
        known = self.with_invented()
        self._by_slug = {authority.slug: authority for authority in known}
        self._by_code = {code: authority for authority in authorities for code in _codes(authority)}
        self._by_name = {_plain(name): authority for authority in known for name in _names(authority)}

    def all(self) -> tuple[Authority, ...]:
        """Return every authority, abolished ones included, sorted by slug."""
        return self._all

    def with_invented(self) -> tuple[Authority, ...]:
        """Return every authority, and the invented one."""
        return (*self._all, *([self.invented] if self.invented else []))

    def by_slug(self, slug: str) -> Authority | None:
        """Return the authority with this slug, or None."""
        return self._by_slug.get(slug)

    def name_of(self, slug: str) -> str:
        """Return the name of the authority with this slug, or the slug if there is none."""
        return self.with_slug(slug).name

    def with_slug(self, slug: str) -> Authority:
        """Return the authority with this slug. For an unknown slug, the name is the slug."""
        return self._by_slug.get(slug) or Authority(slug=slug, name=slug, urn="", la_code="")

    def by_la_code(self, la_code: str) -> Authority | None:
        """Return the authority with this three-digit LA code, or None."""
        found = self._by_code.get(la_code)
        return found if found and found.la_code == la_code else None

    def neighbours(self, authority: Authority) -> tuple[Authority, ...]:
        """Return the ten authorities most similar to this one, nearest first; none for an abolished one."""
        return tuple(found for code in authority.neighbours if (found := self.by_la_code(code)))

    def find(self, printed: str) -> Authority | None:
        """Return the authority with this name, slug or code, or None. "London Borough of Camden" finds Camden."""
        name = _plain(printed)
        found = self._by_code.get(name) or self._by_name.get(name)
        while not found and (shorter := _shorter(name)) != name:
            name = shorter
            found = self._by_name.get(name)
        return found

    def find_in(self, text: str) -> Authority | None:
        """Return the authority that a text is mainly about, or None if that is not clear."""
        # Addresses do not count. A name with the word for a council ("Camden Council") counts three times.
        # A name within a longer one is that of another place ("East Surrey", "Derbyshire Dales").
        counts: Counter[str] = Counter()
        for match in self._pattern.finditer(text):
            if not _ADDRESS.match(text, match.end()) and not _is_part_of_name(text, match.start(), match.end()):
                authority = self._by_name[_plain(match.group())]
                counts[authority.slug] += _weight(text, match.start(), match.end())
        ranked = counts.most_common(2)
        # It must be named at least twice as often as the next.
        if not ranked or (len(ranked) == 2 and ranked[0][1] < 2 * ranked[1][1]):
            return None
        return self._by_slug[ranked[0][0]]

    def is_only_part_of(self, authority: Authority, printed: str) -> bool:
        """Return whether a printed name holds the authority's name only as a part: "East Surrey" for Surrey."""
        for match in self._pattern.finditer(printed):
            if self._by_name[_plain(match.group())] == authority:
                others = _plain(f"{printed[: match.start()]} {printed[match.end() :]}").split()
                unknown = [word for word in others if word not in _ORGANISATIONS | _ORDINARY]
                # In a long text other words say nothing; in a name they make it the name of another place.
                return _is_part_of_name(printed, match.start(), match.end()) or 0 < len(unknown) <= _NAME_WORDS
        return False

    def suggest(self, typed: str, limit: int = 5) -> tuple[Authority, ...]:
        """Return at most `limit` authorities with names similar to the typed text.

        Those whose name begins with the text come first, then the most similar.
        """
        from rapidfuzz import fuzz, process

        name = _plain(typed)
        if not name:
            return ()
        completions = [key for key in self._by_name if key.startswith(name)]
        # Do not suggest the invented council.
        real = [key for key, authority in self._by_name.items() if authority is not self.invented]
        similar = process.extract(name, real, scorer=fuzz.WRatio, score_cutoff=70, limit=4 * limit)
        found = {self._by_name[key].slug: self._by_name[key] for key in [*completions, *(key for key, _, _ in similar)]}
        return tuple(found.values())[:limit]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # Case counts: "Reading" is a council, "reading" is not. In capitals only "READING COUNCIL" is.
        names = {name for authority in self._by_slug.values() for name in _names(authority)}
        # The longest name wins where names overlap ("Central Bedfordshire").
        longest_first = sorted(names, key=len, reverse=True)
        usual = "|".join(map(_name_pattern, longest_first))
        capitals = "|".join(_name_pattern(name.upper()) for name in longest_first)
        return re.compile(rf"(?<![\w-])(?:(?:{usual})(?![\w-])|(?:{capitals})(?i:(?={_COUNCIL_AFTER.pattern}\b)))")


@cache
def authorities() -> Authorities:
    """Return the authorities of the shipped record and the invented council of `reinspect example`, loaded once.

    Raises:
        ReinspectError: the file of the record is missing or damaged.
    """
    from reinspect.record import recorded_authorities

    return Authorities(recorded_authorities(), EXAMPLESHIRE)


def _names(authority: Authority) -> tuple[str, ...]:
    return (authority.name, *authority.aliases)


def _codes(authority: Authority) -> tuple[str, ...]:
    return tuple(filter(None, (authority.urn, authority.la_code, authority.ons_code.casefold())))


def _plain(name: str) -> str:
    """Normalise a name to lower-case words without punctuation: "St. Helens" -> "st helens"."""
    name = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    return " ".join(re.sub(r"[^\w\s]|_", " ", re.sub(r"[’'.]", "", name)).split())


def _shorter(name: str) -> str:
    """Remove one title from a normalised name: "city of york" -> "york"."""
    shorter = _AFTER.sub("", name)
    return shorter if shorter != name else _BEFORE.sub("", name)


def _name_pattern(name: str) -> str:
    """Return a regular expression for a name that also allows hyphens, line ends and "&" for "and"."""
    words = re.split(r"[\s-]+", name)
    return r"[\s-]+".join(
        "(?:and|AND|&)" if word.lower() in {"and", "&"} else re.escape(word).replace(r"\.", r"\.?") for word in words
    )


def _weight(text: str, start: int, end: int) -> int:
    """Return how much the name at `start` to `end` counts: 3 if the words around it name a council, else 1."""
    styled = _COUNCIL_AFTER.match(text, end) or _COUNCIL_BEFORE.search(text, max(0, start - 40), start)
    return _COUNCIL_WEIGHT if styled else 1


def _is_part_of_name(text: str, start: int, end: int) -> bool:
    """Return whether the words around a name make it a part of the name of another place."""
    before = _WORD_BEFORE.search(text, max(0, start - _NAME_CHARACTERS), start)
    if before is not None:
        word = before[1].lower().rstrip(".")
        if before[1][0].isupper() and word in _PLACES_BEFORE - _TITLES:
            return True
        opens_sentence = before[2] or _SENTENCE_BEFORE.search(text, max(0, before.start() - 5), before.start())
        known = not before[1][0].isupper() or word in _ORGANISATIONS or before[1].isupper()
        known = known or _is_council_in_headline(text, start, end)
        if not opens_sentence and not known and word not in _ORDINARY:
            return True
    after = _WORD_AFTER.match(text, end)
    if after is None or not after[1][0].isupper() or after[1].isupper():
        return False
    word = re.sub(r"[’']s?$", "", after[1].lower()).replace("’", "").replace("'", "")
    return word not in _ORGANISATIONS


def _is_council_in_headline(text: str, start: int, end: int) -> bool:
    """Return whether a name is followed by the word for a council in a line in which every longer word has a capital.

    "Inspectors Praise Camden Council": there the capital of the word before the name says nothing.
    """
    if not _COUNCIL_AFTER.match(text, end):
        return False
    # A text without line ends has a mention on every other word, so no more is looked at than a headline has.
    first, last = max(0, start - _HEADLINE_CHARACTERS), end + _HEADLINE_CHARACTERS
    before, after = text[first:start], text[end:last]
    if ("\n" not in before and first > 0) or ("\n" not in after and last < len(text)):
        return False
    words = _LINE_WORD.findall(before.rpartition("\n")[2] + text[start:end] + after.partition("\n")[0])
    return len(words) >= _HEADLINE_WORDS and all(word[0].isupper() or len(word) < _CAPITAL_LETTERS for word in words)
