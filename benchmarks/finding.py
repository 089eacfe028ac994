"""What an answer to a search and the mining of recurring phrases cost, beside their peers (see `phrase_search`,
`phrase_mining`, which tell how well they find as well as how fast).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.figures import Apart, Row, apart
from benchmarks.phrase_corpus import sentences, texts
from benchmarks.phrase_mining import measured, ways
from benchmarks.phrase_search import HERE, LIMIT, brute, keystrokes, least, lines, sqlite, tantivy
from reinspect.phrases import Index, Searcher

_SCAN = "str.count of the words"
_BRUTE = "RapidFuzz, every sentence"


def rows(folder: Path) -> Iterator[Row]:
    """The rows of search and of mining."""
    yield from _searching(folder)
    yield from _mining(folder)


def _searching(folder: Path) -> Iterator[Row]:
    index = Index.build((text.sha256, text.passages) for text in texts(folder))
    searcher, written = Searcher(index), sentences(index)
    whole = "\n".join(written)
    queries = lines(HERE / "phrase_queries.jsonl")
    engines = {
        "ours": lambda query: searcher.search(query, limit=LIMIT).total,
        _BRUTE: lambda query: len(brute(written, query)),
        _SCAN: whole.count,
        **sqlite(written),
        **tantivy(written),
    }
    times: dict[str, list[float]] = {name: [] for name in engines}
    for query in queries:
        for name, engine in engines.items():
            times[name].append(least(engine, query["query"]))
    times["typed"] = keystrokes(index, [query["intended"] for query in queries])
    of = f"{len(written):,} sentences"
    for peer in [name for name in engines if name not in {"ours", _SCAN}]:
        yield _found(f"median of {len(queries)} queries, {of}, beside {peer}", 50, times, "ours", peer)
        yield _found(f"95 % of them, beside {peer}", 95, times, "ours", peer)
    yield _found("every key from the third on, median", 50, times, "typed")
    yield _found("every key from the third on, 95 %", 95, times, "typed")


def _found(what: str, share: int, times: dict[str, list[float]], ours: str, peer: str = "") -> Row:
    return Row(
        part="search",
        what=what,
        unit="ms",
        ours=_at(times[ours], share),
        peer=peer,
        theirs=_at(times[peer], share) if peer else None,
        floor=_SCAN,
        least=_at(times[_SCAN], share),
        wanted="50 ms" if share == 95 else "",
    )


def _at(times: Sequence[float], share: int) -> float:
    return float(np.percentile(times, share)) if share != 50 else median(times)


def mined(way: str, folder: Path) -> dict[str, float]:
    """What a way of mining costs; in a process of its own, as its memory is told too."""
    return measured(way, texts(folder))


def _mining(folder: Path) -> Iterator[Row]:
    known = ways(texts(folder))
    found: dict[str, Apart] = {
        way: apart(mined, way, folder) for way, (needs, _) in known.items() if not needs or find_spec(needs)
    }
    floor = next((way for way in found if way.startswith("floor")), "")
    peers = [way for way, (needs, _) in known.items() if needs and way in found]
    own = [way for way, (needs, _) in known.items() if not needs and way != floor]
    for place, way in enumerate(own):
        for peer in (peers if place == 0 else [""]) or [""]:
            yield Row(
                part="mining",
                what=way + (f", beside {peer}" if peer else ""),
                unit="ms",
                ours=1000 * found[way].gave["seconds"],
                peer=peer,
                theirs=1000 * found[peer].gave["seconds"] if peer else None,
                floor=floor.removeprefix("floor: "),
                least=1000 * found[floor].gave["seconds"] if floor else None,
            )
    for peer in peers:
        yield Row(
            part="mining",
            what=f"memory more than the index, beside {peer}",
            unit="MB",
            ours=_more(found[own[0]]),
            peer=peer,
            theirs=_more(found[peer]),
        )


def _more(each: Apart) -> float:
    return float(each.gave["peak"] - each.gave["before"])
