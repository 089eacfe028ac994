"""Make reports and letters for tests: in the form of the real ones, with sentences of our own."""

from __future__ import annotations

from collections.abc import Sequence

from reinspect.model import Reading
from reinspect.reading.documents import read_pages


def read(pages: Sequence[Sequence[str]]) -> Reading:
    """Return the Reading of pages that are given as lists of lines."""
    texts = ["\n".join(page) for page in pages]
    return read_pages(texts, sha256="0" * 64, title="a report", file="report.pdf")


LABELS = {
    "leaders": ["The impact of leaders on social work", "practice with children and families"],
    "help": ["The experiences and progress of", "children who need help and protection"],
    "care": ["The experiences and progress of", "children in care"],
    "care_and_leavers": ["The experiences and progress of children in care and", "care leavers"],
    "leavers": ["The experiences and progress of care", "leavers"],
    "overall": ["Overall effectiveness"],
}
"""The printed labels of an ILACS table, wrapped as in its cells."""
RI = "Requires improvement to be good"
GRADES = {"leaders": "Outstanding", "help": "Good", "care": RI, "leavers": "Good", "overall": "Good"}
TITLE = ["services for children in need of help and", "protection, children looked after and care leavers"]


def rows(**grades: str) -> list[str]:
    """Return the lines of an ILACS table: each label, wrapped as in its cell, then its grade."""
    return [line for strand, grade in grades.items() for line in (*LABELS[strand], grade)]


def ilacs_front(
    table: Sequence[str], dates: str = "Inspection dates: 4 to 8 March 2024", council: str = "Camden"
) -> list[str]:
    """Return the first page of an ILACS report with this table."""
    return [
        f"Inspection of {council} local authority",
        "children’s services",
        dates,
        "Lead inspector: Ada Lovelace, His Majesty’s Inspector",
        "Judgement Grade",
        *table,
        "Leaders know their streets and their schools, and most plans are good.",
    ]


def section(strand: str, grade: str) -> str:
    """Return a section heading that repeats the grade."""
    return " ".join(LABELS[strand]) + ": " + grade.lower()


def ilacs_body(**grades: str) -> list[str]:
    """Return the second page of an ILACS report, with these grades in its section headings."""
    return [
        "What needs to improve?1",
        "◼ The speed of plans for children who wait a long time, and the notes",
        "that managers keep of them. (Principle 1)",
        "◼ How well visits are written down (outcome 4, national framework).",
        section("help", grades["help"]),
        "1. Most families are met early, and the notes of visits are full. Workers",
        "know why they call, and they write multi-",
        "agency plans that children can read.",
        "2. A few plans drift, and nobody asks why.",
        section("care", grades["care"]),
        "3. Many children move too often.",
        section("leavers", grades["leavers"]),
        "4. Young adults keep in touch with the people who know them.",
        section("leaders", grades["leaders"]),
        "5. Leaders read what workers write.",
    ]


def ilacs_2023() -> list[list[str]]:
    """Return the two pages of an ILACS report in the form of 2023 to 2026."""
    return [ilacs_front(rows(**GRADES)), ilacs_body(**GRADES)]


def sif_front() -> list[str]:
    """Return the cover of a single inspection report: wrapped rows, a strand that was not judged, a footnote."""
    board = "Review of the effectiveness of the board1"
    table = {
        "1. Children who need help and protection": "Requires\nimprovement",
        "2. Children looked after and achieving\npermanence": "\nGood",
        "2.1 Adoption performance": "Not judged",
        "2.2 Experiences and progress of care leavers": "Requires improvement",
        "3. Leadership, management and governance": "Outstanding",
    }
    return [
        "1",
        "London Borough of Camden",
        "Inspection of " + TITLE[0],
        TITLE[1],
        "and",
        board,
        "Inspection date: 4 September 2016 – 28 September 2016",
        "Report published: 24 November 2016",
        "Children’s services in Camden require improvement to be good",
        *[line for label, grade in table.items() for line in f"{label} {grade}".split("\n")],
        "1 A note at the foot says by which powers two reports were bound",
        "together, and goes on over a line.",
    ]


def sif() -> list[list[str]]:
    """Return a single inspection report with a board review; the recommendations and paragraphs share one numbering."""
    board = "The Local Safeguarding Children Board"
    return [
        sif_front(),
        [
            "2",
            "Executive summary",
            "Much is well done, and the previous overall judgement is not forgotten. Leaders",
            "listen.",
            "Recommendations",
            "1. Write down who decided what, and when.",
            "2. See that every child who wants a visitor has one:",
            "▪ in term time",
            "▪ in the holidays.",
            "Summary for children and young people",
            "◼ Grown-ups help you early.",
        ],
        [
            "3",
            *LABELS["help"],
            "Requires improvement",
            "Summary",
            "Help comes in time for most.",
            "3. The hub answers on the day. (Recommendation)",
            "4. Some strategy meetings lack a partner, which is a pity for the",
        ],
        [
            "4",
            "child.",
            "Leadership, management and",
            "governance Outstanding",
            "5. Leaders are bold.",
            f"{board} (LSCB)",
            f"{board} is inadequate",
            "Recommendations",
            "6. Ask partners what they changed.",
            f"Inspection findings – {board[0].lower()}{board[1:]}",
            "7. The board met twice.",
            "Information about this inspection",
            "Inspectors read files and sat in on meetings.",
            "Lead inspector: Mary Seacole",
        ],
    ]


IMPROVE_HEADING = ["What needs to improve in this area of social work practice"]


def letter(
    improve: Sequence[str] = ("◼ The timing of visits to children.", "◼ The notes of supervision"),
    visit: str = "the 15 and 16 of May 2018",
    written: str = "8 June 2018",
    subject: Sequence[str] = ("Focused visit to Camden children’s services",),
) -> list[list[str]]:
    """Return a focused-visit letter of one page."""
    return [
        [
            "Ofsted",
            "Piccadilly Gate",
            "T 0300 123 1231",
            written,
            "Ms Director",
            "Dear Ms Director",
            *subject,
            f"This letter summarises what was found at a visit to Camden children’s services on {visit}. The",
            "inspectors were Ada Lovelace and Mary Seacole.",
            "Inspectors looked at the front door and at early help, and at:",
            "◼ how cases step up and down.",
            "Overview",
            "The hub is quick.",
            *IMPROVE_HEADING,
            *improve,
            "Findings",
            "◼ Contacts are read on the day.",
            "◼ Plans are short and clear.",
            "Ofsted will take the findings from this focused visit into account when planning your next",
            "inspection or visit.",
            "Yours sincerely",
            "Ada Lovelace",
            "Her Majesty’s Inspector",
        ]
    ]
