"""Words and blocks that all pages share: grades, recommendations, documents, dates and the licence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reinspect.comparing.crosswalk import crosswalk, ordered_caveats
from reinspect.exporting.abbreviations import NO_SUCH_STRAND
from reinspect.exporting.citation import citation, day, event, origin_of, other_sources, source_name
from reinspect.exporting.sheet import Listing, Paragraph, SheetCell, SheetItem, SheetSection, SheetTable, Tone
from reinspect.frameworks import Framework, frameworks
from reinspect.model import Authority, Document, Improvement, Inspection, Judgement

LICENCE = (
    "Grades, dates and judgements are Ofsted's. Contains public sector information licensed under the Open Government "
    "Licence v3.0; if a report of 2013 to 2017 prints other terms (non-commercial use, unaltered, with source and "
    "date), those terms apply to quotations from it."
)
_INVENTED = "Exampleshire is invented: what is said of it is made up, and none of it is Ofsted's."
_NO_LIST = "Documents of this kind have no list that reinspect reads. What is asked for is in the text."
_PERCENT = 100
IMPROVEMENT_LISTS = (
    ("improvements", "To improve"),
    ("priority_actions", "Priority actions"),
    ("lscb_improvements", "For the LSCB to improve"),
)
_RUNGS: tuple[Tone, ...] = ("", "rung-1", "rung-2", "rung-3", "rung-4")


def authority_name(inspection: Inspection, authority: Authority | None) -> str:
    """Return the name of the inspected authority, or its slug if the authority is not known."""
    return authority.name if authority else inspection.authority


def credits_of(named: Iterable[str], keys: Iterable[str | None] = ()) -> tuple[str, ...]:
    """Return the lines that say whose grades and words a page has.

    `named` are the names or citations on it: Ofsted is not credited with what is said of the invented council. `keys`
    are the frameworks of the page, if known: Ofsted is not credited with what others say either, and each framework
    with a line of its own in its file, or of another inspectorate, gets that line.
    """
    from reinspect.authorities import EXAMPLESHIRE

    distinct = tuple(dict.fromkeys(keys))
    invented = {EXAMPLESHIRE.name in name for name in named}
    is_invented_alone = invented == {True}
    is_ofsteds = not distinct or any(map(_is_ofsteds, distinct))
    lines = (LICENCE if is_ofsteds and not is_invented_alone else "", _INVENTED if True in invented else "")
    return tuple(dict.fromkeys(filter(None, (*lines, *map(_credit, distinct)))))


def _is_ofsteds(key: str | None) -> bool:
    known = frameworks().get(key or "")
    return "Ofsted" in known.inspector if known else key is None


def _credit(key: str | None) -> str:
    """Return the line on rights of a framework; "" for those of Ofsted alone that have none."""
    known = frameworks().get(key or "")
    if known is None:
        return f"{key}: its framework file is not loaded, so whose judgements these are is not known." if key else ""
    if known.licence:
        return f"{known.short}: {known.licence}"
    return "" if _is_ofsteds(key) else f"{known.short}: Grades, dates and judgements are those of {known.inspector}."


def counted(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun: "1 pair", "3 pairs". `nouns` is an irregular plural."""
    return f"{number} {noun if number == 1 else nouns or f'{noun}s'}"


def month(when: str) -> str:
    """Return month and year of an ISO date: "2022-04-25" -> "Apr 2022", "2022" -> "2022"."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    parts = when.split("-")
    return f"{months[int(parts[1]) - 1]}\N{NO-BREAK SPACE}{parts[0]}" if len(parts) > 1 else parts[0]


def grade_cell(framework: str | None, judgement: Judgement | None, source: str | None = None) -> SheetCell:
    """Return a table cell with a grade as shape and word, or with "not judged", "not stored" or a dash."""
    if judgement is None:
        return SheetCell(text=NO_SUCH_STRAND, tone="quiet")
    if judgement.grade is None:
        return SheetCell(text="not judged" if judgement.not_judged else "not stored", tone="quiet", citation=source)
    known, evidence = frameworks().get(framework or ""), judgement.evidence
    grade = known.grade(judgement.grade) if known else None
    if grade is None:
        return SheetCell(text=judgement.grade, citation=source, evidence=evidence)
    return SheetCell(
        text=f"{grade.key}{_score(known, judgement)}",
        shape=grade.shape,
        tone=rung_tone(grade.rung),
        citation=source,
        evidence=evidence,
    )


def _score(framework: Framework | None, judgement: Judgement) -> str:
    """Return the score of a grade in words: " (24/36)", or "" without one."""
    strand = framework.strand(judgement.strand) if framework else None
    if judgement.score is None or strand is None:
        return ""
    return f" ({judgement.score} %)" if strand.score_of == _PERCENT else f" ({judgement.score}/{strand.score_of})"


def rung_tone(rung: int | None) -> Tone:
    """Return the colour class of a grade by its rung, or "" without one or outside the usual four."""
    return _RUNGS[rung] if rung is not None and 0 < rung < len(_RUNGS) else ""


def judgement_source(inspection: Inspection, name: str, judgement: Judgement | None) -> str | None:
    """Return the citation of a grade, or None without a grade."""
    if judgement is None:
        return None
    return citation(inspection, name, judgement.evidence, origin_of(inspection, f"judgement.{judgement.strand}"))


def head_line(inspection: Inspection, name: str) -> str:
    """Return an inspection in one line: name, dates and documents."""
    parts = [event(inspection, name)]
    if inspection.published and inspection.when != inspection.published.isoformat():
        parts.append(f"published {day(inspection.published)}")
    return f"{', '.join(parts)}. {documents_line(inspection)}"


def documents_line(inspection: Inspection) -> str:
    """Return the documents of an inspection as a sentence: `Documents: report "Camden 2017" (3f5a9c01).`"""
    if not inspection.documents:
        return f"No document in the store; facts from {other_sources([inspection])}."
    return f"Documents: {documents_in_words(inspection.documents)}."


def documents_in_words(documents: Sequence[Document]) -> str:
    """Return the documents of an inspection as text: `report "Camden 2017" (3f5a9c01); letter "..." (...)`."""
    return "; ".join(f'{d.kind} "{d.shown_title or source_name(d.source)}" ({d.sha256[:8]})' for d in documents)


def caveat_sections(keys: Iterable[str]) -> Iterator[SheetSection]:
    """Yield a section that explains the caveats with these keys, if there are any."""
    ordered = ordered_caveats(keys)
    if ordered:
        table = crosswalk()
        notes = tuple(Paragraph(text=table.notes[key]) for key in ordered if key in table.notes)
        items = tuple(SheetItem(marker=key, text=table.caveats[key]) for key in ordered)
        yield SheetSection(heading="Caveats", blocks=(Listing(items=items), *notes))


def improvement_sections(
    inspection: Inspection, name: str, suffix: str = "", *, listed: bool = True
) -> list[SheetSection]:
    """Return the sections with an inspection's recommendations and priority actions.

    `suffix` is added to the headings. Without recommendations, a sentence says so. If `listed` is False, they are
    elsewhere on the page, and only the other lists are returned.
    """
    sections = []
    if listed and not inspection.improvements:
        has_text = any(document.kind in ("report", "letter") for document in inspection.documents)
        known = frameworks().get(inspection.framework)
        # A letter on special needs of 2016 to 2022 asks for much, but not in a list.
        none = "None listed." if known is None or known.improvement_headings else _NO_LIST
        none = none if has_text else "Not in the store: add the report or letter to see the areas to improve."
        sections.append(SheetSection(heading=f"To improve{suffix}", blocks=(Paragraph(text=none),)))
    for field, heading in IMPROVEMENT_LISTS:
        improvements: tuple[Improvement, ...] = getattr(inspection, field)
        if improvements and (listed or field == "lscb_improvements"):
            origin = origin_of(inspection, field)
            citations = [citation(inspection, name, improvement.evidence, origin) for improvement in improvements]
            sections.append(SheetSection(heading=f"{heading}{suffix}", blocks=(listing(improvements, citations),)))
    return sections


def listing(listed: Sequence[Improvement], sources: Sequence[str | None]) -> Listing:
    """Return recommendations as a numbered list with sources."""
    items = (
        SheetItem(
            marker=f"{improvement.number or improvement.index}.",
            text=_with_tags(improvement),
            citation=source,
            evidence=improvement.evidence,
        )
        for improvement, source in zip(listed, sources, strict=True)
    )
    return Listing(items=tuple(items))


def _with_tags(improvement: Improvement) -> str:
    bodies = f"{'; '.join(improvement.bodies)}: " if improvement.bodies else ""
    tags = f" [{'; '.join(improvement.tags)}]" if improvement.tags else ""
    return f"{bodies}{improvement.text}{tags}"


def without_empty_columns(table: SheetTable) -> SheetTable:
    """Return the table without columns that are empty in every row; the first column stays."""
    kept = [index for index in range(len(table.columns)) if index == 0 or any(row[index].text for row in table.rows)]
    return SheetTable(
        columns=tuple(table.columns[index] for index in kept),
        rows=tuple(tuple(row[index] for index in kept) for row in table.rows),
        narrow=table.narrow,
    )
