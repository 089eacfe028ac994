"""Learn the weights of follow-through from labelled cells, print how they did, and write the files that ship.

    python -m benchmarks.training.follow_weights [--shared ../shared] [--folds N] [--dry]

Three models are learned in turn, and each file can be opened and read:

- `tone.json`: the second opinion on praise, from the grades of strands; then praise and criticism, from the marks;
- `ranking.json`: whether a sentence is on the matter asked, from the marks;
- `statuses.json`: the status of a cell, from the cells; and the probability from which each status is firm.

Every figure is of authorities that the models behind it did not see: the marked authorities are split into `--folds`
parts (by default one for each authority), and each part is judged by models learned from the others. The probabilities
from which a status is firm are the exception: they are chosen on the same cells on which they are measured, so the
share of firm statuses that is right comes out a little too high there. The older labels, of authorities without marks,
help to learn the statuses; their own figures come from a model without them, and no such limit was chosen on them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

from benchmarks.follow_cells import Cell, inspection_of, load_cells, read_cells, sentence_key
from benchmarks.follow_figures import print_figures
from benchmarks.material import SHARED, folder
from reinspect.comparing.followthrough.asked import Asked, prepare
from reinspect.comparing.followthrough.later_arrays import SentenceArrays
from reinspect.comparing.followthrough.likeness import measure
from reinspect.comparing.followthrough.qualities import find_qualities
from reinspect.comparing.followthrough.ranking import KEPT, RANKING_FILE, ItemWeights, Ranked, RankingWeights
from reinspect.comparing.followthrough.sentences import Sentence, SentenceList, cut_sentences
from reinspect.comparing.followthrough.shown_passages import choose_sentences
from reinspect.comparing.followthrough.statuses import (
    STATUSES,
    STATUSES_FILE,
    StatusWeights,
    measure_statuses,
    say_status,
)
from reinspect.comparing.followthrough.stems import is_subject_name, stem
from reinspect.comparing.followthrough.tone import judge_tone
from reinspect.comparing.followthrough.tone_model import (
    TONE_FILE,
    GramWeights,
    Polarity,
    ToneWeights,
    find_grams,
    measure_tone,
)
from reinspect.model import Reading, Status
from reinspect.phrases.vectors import WordVectors, word_vectors
from reinspect.phrases.words import fold, lexicon
from reinspect.weights import VERSION, Measure

Array = numpy.ndarray[Any, Any]

# How strongly the weights are held near zero (a smaller number holds more), chosen by leaving authorities out.
_RANKING_C, _TONE_C, _OPINION_C, _STATUS_C = 0.04, 0.3, 1.0, 0.003
# An item or a gram is weighed from this many rows on; a gram of a mark counts double against the measures.
_ITEM_ROWS, _OPINION_GRAMS, _MARK_GRAMS, _GRAM_SCALE = 5, 10, 6, 2.0
# The share of sentences without a mark that are taken as not on the matter.
_UNMARKED = 0.1
# Weights smaller than this are left out of the files.
_SMALLEST = 0.01
# The share of firm answers that is to be right for each status, on authorities that were left out.
_WANTED: dict[Status, float] = {"raised again": 0.885, "reported better": 0.86, "not mentioned": 0.885}
_ON_MATTER = ("+", "-", "~", "o")


def main() -> None:
    """Learn, print the figures, and write the three files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=folder, default=SHARED)
    parser.add_argument("--folds", type=int, default=0, help="parts; 0 for one for each authority")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args()
    cells = load_cells(Path(options.shared))
    material = Material(cells, read_cells(cells, Path(options.shared) / "corpus"))
    folds = material.folds(options.folds)
    tone = learn_tone(material, folds)
    ranking, chances = learn_ranking(material, folds)
    statuses = learn_statuses(material, folds, tone.polarities, chances)
    if not options.dry:
        for path, weights in ((TONE_FILE, tone.weights), (RANKING_FILE, ranking), (STATUSES_FILE, statuses)):
            path.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
            print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB")


class Material:
    """The cells with their texts, prepared once: the sentences of each file, and a row for each cell and sentence."""

    def __init__(self, cells: Sequence[Cell], readings: Mapping[str, Reading]) -> None:
        self.cells, self.readings = cells, readings
        self.vectors: WordVectors = word_vectors()
        self.lists: dict[str, SentenceList] = {file: cut_sentences(one.passages) for file, one in readings.items()}
        files = dict.fromkeys(cell.file for cell in cells)
        self.arrays = {file: SentenceArrays.of(self.lists[file].sentences, self.vectors) for file in files}
        # The first sentence of each file among all sentences, and the first row of each cell among all rows.
        sizes = {file: len(self.lists[file].sentences) for file in files}
        self.first = dict(zip(files, numpy.cumsum([0, *sizes.values()]).tolist(), strict=False))
        self.sentences: list[Sentence] = [one for file in files for one in self.lists[file].sentences]
        self.starts = numpy.cumsum([0, *(sizes[cell.file] for cell in cells)]).tolist()
        self.asked = {
            (cell.origin, cell.index): self._prepare(cell)
            for cell in {(cell.origin, cell.index): cell for cell in cells}.values()
        }
        self.measures, self.names = self._measure()
        self.sentence_of = numpy.concatenate([self.first[cell.file] + numpy.arange(sizes[cell.file]) for cell in cells])
        self.cell_of = numpy.concatenate([numpy.full(sizes[cell.file], place) for place, cell in enumerate(cells)])
        keys = [sentence_key(sentence.text) for sentence in self.sentences]
        self.marks = numpy.array(
            [
                cells[cell].marks.get(keys[sentence], "")
                for cell, sentence in zip(self.cell_of.tolist(), self.sentence_of.tolist(), strict=True)
            ]
        )

    def folds(self, number: int) -> dict[str, int]:
        """Return the part of each marked authority; authorities without marks are in part -1."""
        marked = sorted({cell.authority for cell in self.cells if cell.is_marked})
        order = numpy.random.RandomState(0).permutation(len(marked)).tolist()
        parts = {marked[place]: turn % (number or len(marked)) for turn, place in enumerate(order)}
        return {cell.authority: parts.get(cell.authority, -1) for cell in self.cells}

    def _prepare(self, cell: Cell) -> Asked:
        improvements = {one.index: one.text for one in self.readings[cell.origin].facts.improvements}
        return prepare(improvements[cell.index], self.lists[cell.origin].abbreviations, self.vectors)

    def _measure(self) -> tuple[Array, list[str]]:
        """Return the measures of every row, and their names."""
        parts: list[Array] = [numpy.zeros((0, 0))] * len(self.cells)
        names: list[str] = []
        for file, text in self.arrays.items():
            places = [place for place, cell in enumerate(self.cells) if cell.file == file]
            asked = [self.asked[self.cells[place].origin, self.cells[place].index] for place in places]
            found = measure(asked, text, self.vectors)
            names = list(found)
            for row, place in enumerate(places):
                parts[place] = numpy.stack([found[name][row] for name in names], axis=1).astype(numpy.float32)
        return numpy.concatenate(parts), names


class Tone(msgspec.Struct):
    """The weights of tone, and the polarity of every sentence by models that did not see its authority."""

    weights: ToneWeights
    polarities: dict[str, Polarity]


def learn_tone(material: Material, folds: Mapping[str, int]) -> Tone:
    """Learn the second opinion, praise and criticism."""
    fold_of = numpy.concatenate(
        [
            numpy.full(len(text.sentences), folds[authority])
            for file, text in material.arrays.items()
            for authority in [next(cell.authority for cell in material.cells if cell.file == file)]
        ]
    )
    own = [find_grams(sentence.text) for sentence in material.sentences]
    opinions, opinion = _learn_opinion(material, folds, own, fold_of)
    tones = [judge_tone(sentence.text) for sentence in material.sentences]
    measured = [measure_tone(material.sentences, tones, place, value) for place, value in enumerate(opinions.tolist())]
    scales, dense = _scaled(measured)
    on_matter = numpy.flatnonzero(numpy.isin(material.marks, _ON_MATTER))
    row_fold = numpy.array([folds[material.cells[cell].authority] for cell in material.cell_of])
    columns = _columns(
        (own[place] for place in sorted(set(material.sentence_of[on_matter].tolist()))), _MARK_GRAMS, known_only=True
    )
    features = csr_matrix(hstack([csr_matrix(dense), _GRAM_SCALE * _gram_matrix(own, columns)]))
    chances, models = {}, {}
    for name, marks in (("praise", ("+", "~")), ("criticism", ("-", "~"))):
        right = numpy.isin(material.marks, marks).astype(int)
        chance = numpy.zeros(len(own))
        for part, rows in _parts(row_fold, on_matter):
            model = _logistic(features[material.sentence_of[rows]], right[rows], _TONE_C)
            chance[fold_of == part] = model.predict_proba(features[fold_of == part])[:, 1]
        model = _logistic(features[material.sentence_of[on_matter]], right[on_matter], _TONE_C)
        models[name] = _gram_weights(model, scales, columns)
        chances[name] = chance
    clear = on_matter[numpy.isin(material.marks[on_matter], ("+", "-"))]
    places = material.sentence_of[clear]
    unlisted = numpy.array([not material.sentences[place].is_listed for place in places])
    score = (chances["praise"] - chances["criticism"])[places]
    print(
        f"praise or criticism, {len(clear)} marks: area {roc_auc_score(material.marks[clear] == '+', score):.3f}, "
        f"unlisted {roc_auc_score((material.marks[clear] == '+')[unlisted], score[unlisted]):.3f}"
    )
    polarities = {}
    for file, text in material.arrays.items():
        part = slice(material.first[file], material.first[file] + len(text.sentences))
        polarities[file] = Polarity(
            chances["praise"][part], chances["criticism"][part], opinions[part], tuple(tones[part])
        )
    weights = ToneWeights(version=VERSION, opinion=opinion, praise=models["praise"], criticism=models["criticism"])
    return Tone(weights, polarities)


def _learn_opinion(
    material: Material, folds: Mapping[str, int], own: Sequence[Sequence[str]], fold_of: Array
) -> tuple[Array, GramWeights]:
    """Learn which grams stand in strands judged good or outstanding; return the opinion on every sentence."""
    texts, good, parts = [], [], []
    authority_of = {file: cell.authority for cell in material.cells for file in (cell.origin, cell.file)}
    for file, sentences in material.lists.items():
        grades = {one.strand: one.grade for one in material.readings[file].facts.judgements if one.grade}
        for sentence in sentences.sentences:
            grade = grades.get(sentence.passage.strand or "")
            if grade and not sentence.is_listed and sentence.passage.role == "finding":
                texts.append(find_grams(sentence.text))
                good.append(int(grade in {"good", "outstanding"}))
                parts.append(folds[authority_of[file]])
    columns = _columns(texts, _OPINION_GRAMS, known_only=True)
    features, right = _gram_matrix(texts, columns), numpy.array(good)
    wanted = _gram_matrix(own, columns)
    opinions = numpy.zeros(len(own))
    for part, rows in _parts(numpy.array(parts), numpy.arange(len(right))):
        model = _logistic(features[rows], right[rows], _OPINION_C)
        opinions[fold_of == part] = model.decision_function(wanted[fold_of == part])
    print(f"second opinion: {len(right)} sentences of graded strands, {len(columns)} words and pairs")
    return opinions, _gram_weights(_logistic(features, right, _OPINION_C), {}, columns, scale=1.0)


def learn_ranking(material: Material, folds: Mapping[str, int]) -> tuple[RankingWeights, Array]:
    """Learn the ranking; return its weights, and the chance of every row by a model without its authority."""
    marked = material.marks != ""
    right = numpy.isin(material.marks, _ON_MATTER).astype(int)
    means, spreads = material.measures[marked].mean(axis=0), material.measures[marked].std(axis=0) + 1e-6
    dense = (material.measures - means) / spreads
    items, columns = _item_matrix(material, marked)
    features = csr_matrix(hstack([csr_matrix(dense), items]))
    fold_of = numpy.array([folds[material.cells[cell].authority] for cell in material.cell_of])
    rest = ~marked & (fold_of >= 0) & (numpy.random.RandomState(0).random_sample(len(marked)) < _UNMARKED)
    learned = numpy.flatnonzero(marked | rest)
    chances = numpy.zeros(len(marked))
    for part, rows in _parts(fold_of, learned):
        model = _logistic(features[rows], right[rows], _RANKING_C)
        chances[fold_of == part] = model.predict_proba(features[fold_of == part])[:, 1]
    print(
        f"on the matter, {marked.sum()} marks: area {roc_auc_score(right[marked], chances[marked]):.4f}, "
        f"average precision {average_precision_score(right[marked], chances[marked]):.4f}; {len(columns)} items"
    )
    print_places(material, chances)
    model = _logistic(features[learned], right[learned], _RANKING_C)
    weights = model.coef_[0]
    measures = {
        name: _measure_weight(weights[place], means[place], spreads[place]) for place, name in enumerate(material.names)
    }
    listed: dict[str, dict[str, dict[str, float]]] = {}
    for (kind, how, item), column in columns.items():
        weight = float(weights[len(measures) + column])
        if abs(weight) >= _SMALLEST:
            listed.setdefault(kind, {}).setdefault(how, {})[item] = round(weight, 3)
    ranking = RankingWeights(
        version=VERSION,
        start=round(float(model.intercept_[0]), 4),
        measures=measures,
        **{kind: ItemWeights(**listed[kind]) for kind in ("terms", "leading_stems", "qualities", "leading_qualities")},
    )
    return ranking, chances


def print_places(material: Material, chances: Array) -> None:
    """Print how often a page, paragraph and marked sentence of the reader is among the three shown."""
    for name, is_marked in (("marked cells", True), ("older cells", False)):
        hits: dict[str, list[bool]] = {"page": [], "paragraph": [], "sentence": []}
        for place, cell in enumerate(material.cells):
            if cell.is_marked is not is_marked or not cell.pages:
                continue
            start, end = material.starts[place], material.starts[place + 1]
            sentences = material.lists[cell.file].sentences
            shown = choose_sentences(chances[start:end], [sentence.page for sentence in sentences])
            hits["page"].append(any(sentences[one].page in cell.pages for one in shown))
            if cell.paragraphs:
                hits["paragraph"].append(any(sentences[one].passage.paragraph in cell.paragraphs for one in shown))
            if is_marked:
                hits["sentence"].append(any(material.marks[start + one] in _ON_MATTER for one in shown))
        shares = (f"{kind} {numpy.mean(found):.1%} of {len(found)}" for kind, found in hits.items() if found)
        print(f"among the three shown, {name}: {', '.join(shares)}")


Item = tuple[str, str, str]


def _item_matrix(material: Material, marked: Array) -> tuple[csr_matrix, dict[Item, int]]:
    """Return which items each row shares, misses and adds, and the column of each item."""
    rows = list(zip(material.cell_of.tolist(), material.sentence_of.tolist(), strict=True))
    spoken_of = [find_qualities(sentence.text) for sentence in material.sentences]
    asked = [material.asked[cell.origin, cell.index] for cell in material.cells]
    own = [frozenset(one.subject.terms) for one in asked]

    def items(cell: int, sentence: int) -> Iterator[Item]:
        terms, qualities, one = material.sentences[sentence].terms, spoken_of[sentence], asked[cell]
        for kind, left, there, adds in (
            ("terms", own[cell], terms, True),
            ("leading_stems", one.leading_stems, terms, False),
            ("qualities", one.qualities, qualities, True),
            ("leading_qualities", one.leading_qualities, qualities, False),
        ):
            yield from ((kind, "shared", item) for item in left & there)
            yield from ((kind, "missing", item) for item in left - there)
            if adds:
                yield from ((kind, "added", item) for item in there - left)

    counts: Counter[Item] = Counter()
    for place in numpy.flatnonzero(marked).tolist():
        counts.update(items(*rows[place]))
    # A word that is not known, such as the name of a place, is not weighed.
    known = {stem(word) for word in material.vectors.places}
    kept = (
        item
        for item, count in counts.items()
        if count >= _ITEM_ROWS and ("qualities" in item[0] or is_subject_name(item[2]) or item[2] in known)
    )
    columns = {item: column for column, item in enumerate(sorted(kept))}
    indices, starts = [], [0]
    for row in rows:
        indices.extend(sorted(columns[item] for item in items(*row) if item in columns))
        starts.append(len(indices))
    ones = numpy.ones(len(indices), numpy.float32)
    return csr_matrix((ones, indices, starts), shape=(len(rows), len(columns))), columns


def learn_statuses(
    material: Material, folds: Mapping[str, int], polarities: Mapping[str, Polarity], chances: Array
) -> StatusWeights:
    """Learn the statuses and from which probability each is firm, and print the figures."""
    found: list[dict[str, float]] = []
    for place, cell in enumerate(material.cells):
        rows = slice(material.starts[place], material.starts[place + 1])
        likeness = {name: material.measures[rows, material.names.index(name)][None, :] for name in KEPT}
        measures = measure_statuses(
            [len(material.asked[cell.origin, cell.index].text)],
            Ranked(chances[rows][None, :], likeness),
            polarities[cell.file],
            material.arrays[cell.file],
            inspection_of(cell.file, material.readings[cell.file]),
        )
        found.append({name: float(value[0]) for name, value in measures.items()})
    scales, features = _scaled(found)
    right = numpy.array([STATUSES.index(cell.status) for cell in material.cells])
    fold_of = numpy.array([folds[cell.authority] for cell in material.cells])
    likelihoods = numpy.zeros((len(right), len(STATUSES)))
    for part in sorted(set(fold_of.tolist())):
        rows = fold_of != part
        likelihoods[fold_of == part] = _logistic(features[rows], right[rows], _STATUS_C).predict_proba(
            features[fold_of == part]
        )
    marked = fold_of >= 0
    firm: dict[Status, float] = {
        status: _least_probability(status, wanted, likelihoods[marked], right[marked])
        for status, wanted in _WANTED.items()
    }
    print(f"firm from: {firm}")
    for name, rows in (("Marked authorities, each left out", marked), ("Older labels, all left out", ~marked)):
        chosen = [cell for cell, is_in in zip(material.cells, rows.tolist(), strict=True) if is_in]
        said = [say_status(dict(zip(STATUSES, row, strict=True)), firm) for row in likelihoods[rows].tolist()]
        print_figures(name, chosen, likelihoods[rows], said)
    model = _logistic(features, right, _STATUS_C)
    return StatusWeights(
        version=VERSION,
        scales=scales,
        starts={status: round(float(model.intercept_[place]), 4) for place, status in enumerate(STATUSES)},
        weights={
            status: {name: round(float(weight), 4) for name, weight in zip(scales, model.coef_[place], strict=True)}
            for place, status in enumerate(STATUSES)
        },
        firm=firm,
    )


def _least_probability(status: Status, wanted: float, likelihoods: Array, right: Array) -> float:
    """Return the least probability from which the wanted share of a status is right."""
    place = STATUSES.index(status)
    rows = likelihoods.argmax(axis=1) == place
    chances, is_right = likelihoods[rows, place], right[rows] == place
    order = numpy.argsort(-chances, kind="stable")
    shares = numpy.cumsum(is_right[order]) / numpy.arange(1, len(order) + 1)
    enough = numpy.flatnonzero(shares >= wanted)
    return round(float(chances[order[enough[-1]]]), 3) if len(enough) else 1.0


def _parts(fold_of: Array, rows: Array) -> Iterator[tuple[int, Array]]:
    """Yield each part with the rows outside it."""
    for part in sorted({-1, *fold_of.tolist()}):
        yield part, rows[fold_of[rows] != part]


def _logistic(features: Any, right: Array, strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=1000).fit(features, right)


def _scaled(found: Sequence[Mapping[str, float]]) -> tuple[dict[str, Measure], Array]:
    """Return the mean and spread of each measure, and an array of the scaled measures."""
    names = list(found[0])
    array = numpy.array([[one[name] for name in names] for one in found])
    means, spreads = array.mean(axis=0), array.std(axis=0) + 1e-6
    scales = {
        name: _measure_weight(0.0, mean, spread) for name, mean, spread in zip(names, means, spreads, strict=True)
    }
    return scales, (array - means) / spreads


def _measure_weight(weight: float, mean: float, spread: float) -> Measure:
    return Measure(round(float(weight), 5), round(float(mean), 6), max(round(float(spread), 6), 1e-6))


def _columns(texts: Iterable[Sequence[str]], least: int, known_only: bool) -> dict[str, int]:
    """Return a column for each gram that is common enough and has no name in it."""
    known, lists = word_vectors().places, lexicon()

    def is_known(word: str) -> bool:
        return word == "0" or word in lists.stop or fold(word, lists) in known

    counts = Counter(gram for text in texts for gram in text)
    kept = (
        gram
        for gram, count in counts.items()
        if count >= least and (not known_only or all(map(is_known, gram.split(" "))))
    )
    return {gram: column for column, gram in enumerate(sorted(kept))}


def _gram_matrix(texts: Sequence[Sequence[str]], columns: Mapping[str, int]) -> csr_matrix:
    rows, places, values = [], [], []
    for row, text in enumerate(texts):
        for gram in text:
            if gram in columns:
                rows.append(row)
                places.append(columns[gram])
                values.append(1 / numpy.sqrt(len(text)))
    return csr_matrix((values, (rows, places)), shape=(len(texts), len(columns)))


def _gram_weights(
    model: LogisticRegression, scales: Mapping[str, Measure], columns: Mapping[str, int], scale: float = _GRAM_SCALE
) -> GramWeights:
    weights = model.coef_[0]
    return GramWeights(
        start=round(float(model.intercept_[0]), 4),
        measures={
            name: Measure(round(float(weights[place]), 5), one.mean, one.spread)
            for place, (name, one) in enumerate(scales.items())
        },
        grams={
            gram: round(float(weights[len(scales) + column]) * scale, 3)
            for gram, column in columns.items()
            if abs(weights[len(scales) + column]) * scale >= 3 * _SMALLEST
        },
    )


if __name__ == "__main__":
    main()
