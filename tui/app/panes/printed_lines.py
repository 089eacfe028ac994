"""Lines with the printed words behind a grade: the paragraphs on its strand, the summary, or a whole letter."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from reinspect.frameworks import strand_name
from reinspect.model import Inspection, Passage
from tui.app.digest_marks import has_only_digest, printed_at
from tui.app.widgets.grades import QUIET
from tui.app.widgets.line_list import ListLine

_BULLET = "- "


def printed_lines(
    passages: Sequence[Passage], inspection: Inspection, strand: str | None
) -> tuple[str, list[ListLine]]:
    """Return a title, "2022 report · Care leavers (15)", and a line for each paragraph on a strand.

    A strand that no section is about has the summary instead, and a visit, which has no strands, its whole letter.
    """
    told = [passage for passage in passages if passage.role in ("summary", "finding")]
    own = [passage for passage in told if strand and passage.strand == strand]
    summary = [passage for passage in told if passage.role == "summary" and passage.strand is None]
    if own:
        about, shown = f" · {strand_name(strand or '', inspection.framework)}", own
    elif inspection.graded and summary:
        about, shown = " · summary", summary
    else:
        about, shown = "", told
    kind = "digest" if has_only_digest(inspection) else "report" if inspection.graded else "letter"
    title = f"{inspection.year or ''} {kind}{about} ({len(shown)})".strip()
    return title, [_line(passage, inspection) for passage in shown]


def _line(passage: Passage, inspection: Inspection) -> ListLine:
    where = printed_at(passage.evidence, inspection)
    words = Content.assemble((_BULLET, QUIET), passage.text, (where, QUIET))
    return ListLine(words, passage.evidence, quote=passage.text)
