"""Reports and letters written for the tests: the form of the real ones, sentences of our own."""

from __future__ import annotations

from collections.abc import Sequence

from reinspect.model import Reading
from reinspect.reading.documents import read_pages

FOOT = ["Inspection of Camden local authority children’s services", "3 to 7 March 2025 {page}"]


def read(pages: Sequence[Sequence[str]]) -> Reading:
    """What is read from pages given as lines."""
    texts = ["\n".join(page) for page in pages]
    return read_pages(texts, sha256="0" * 64, title="a report", file="report.pdf")


def ilacs_front(
    rows: Sequence[str], dates: str = "Inspection dates: 3 to 7 March 2025", council: str = "Camden"
) -> list[str]:
    """The first page of an ILACS report with these table rows."""
    return [
        f"Inspection of {council} local authority",
        "children’s services",
        dates,
        "Lead inspector: Ada Lovelace, His Majesty’s Inspector",
        "Judgement Grade",
        *rows,
        "Leaders know their streets and their schools, and most plans are good.",
    ]


SPLIT_ROWS = [
    "The impact of leaders on social work",
    "practice with children and families",
    "Outstanding",
    "The experiences and progress of",
    "children who need help and protection",
    "Good",
    "The experiences and progress of",
    "children in care",
    "Requires improvement to be good",
    "The experiences and progress of care",
    "leavers",
    "Good",
]

ILACS_BODY = [
    "What needs to improve?1",
    "◼ The speed of plans for children who wait a long time, and the notes",
    "that managers keep of them. (Principle 1)",
    "◼ How well visits are written down (outcome 4, national framework).",
    "The experiences and progress of children who need help and",
    "protection: good",
    "1. Most families are met early, and the notes of visits are full. Workers",
    "know why they call, and they write multi-",
    "agency plans that children can read.",
    "2. A few plans drift, and nobody asks why.",
    "The experiences and progress of children in care: requires improvement to be good",
    "3. Many children move too often.",
    "The experiences and progress of care leavers: good",
    "4. Young adults keep in touch with the people who know them.",
    "The impact of leaders on social work practice with children and",
    "families: outstanding",
    "5. Leaders read what workers write.",
]


def ilacs_2023() -> list[list[str]]:
    """An ILACS report of the shape of 2023 to 2026, two pages."""
    return [ilacs_front([*SPLIT_ROWS, "Overall effectiveness Good"]), ILACS_BODY]


def sif() -> list[list[str]]:
    """A single inspection report with the review of the board, with recommendations that the numbering runs on from."""
    return [
        [
            "1",
            "London Borough of Camden",
            "Inspection of services for children in need of help and",
            "protection, children looked after and care leavers",
            "and",
            "Review of the effectiveness of the Local Safeguarding Children",
            "Board1",
            "Inspection date: 11 September 2017 – 5 October 2017",
            "Report published: 24 November 2017",
            "Children’s services in Camden require improvement to be good",
            "1. Children who need help and protection Requires",
            "improvement",
            "2. Children looked after and achieving",
            "permanence",
            "Good",
            "2.1 Adoption performance Not judged",
            "2.2 Experiences and progress of care leavers Good",
            "3. Leadership, management and governance Outstanding",
            "1 A note at the foot says by which powers two reports were bound",
            "together, and goes on over a line.",
        ],
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
            "The experiences and progress of",
            "children who need help and",
            "protection",
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
            "The Local Safeguarding Children Board (LSCB)",
            "The Local Safeguarding Children Board is inadequate",
            "Recommendations",
            "6. Ask partners what they changed.",
            "Inspection findings – the Local Safeguarding Children Board",
            "7. The board met twice.",
            "Information about this inspection",
            "Inspectors read files and sat in on meetings.",
            "Lead inspector: Mary Seacole",
        ],
    ]


def letter(
    improve: Sequence[str] = ("◼ The timing of visits to children.", "◼ The notes of supervision"),
    visit: str = "the 15 and 16 of May 2018",
    written: str = "8 June 2018",
    subject: Sequence[str] = ("Focused visit to Camden children’s services",),
) -> list[list[str]]:
    """A focused-visit letter, one page."""
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
            "What needs to improve in this area of social work practice",
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
