"""Area SEND reports and joint letters for tests: the form of real ones, with invented bodies and our own sentences."""

from __future__ import annotations

from collections.abc import Sequence

POSITIVE = "The partnership's arrangements typically lead to positive experiences for children in Camden."
INCONSISTENT = "The partnership's arrangements lead to inconsistent experiences and outcomes for children."
FAILINGS = "There are widespread and/or systemic failings, which cause worry about the lives of children."


def send_front(
    outcome: str = INCONSISTENT,
    dates: str = "Inspection dates: 4 to 8 March 2024",
    previous: str = "Dates of previous inspection: 3 to 7 July 2017",
    title: Sequence[str] = ("Area SEND inspection of Camden Local", "Area Partnership"),
) -> list[str]:
    """Return the first page of an area SEND report."""
    return [
        "Local area partnership report",
        *title,
        dates,
        previous,
        "Inspection outcome",
        outcome,
        "The next full area inspection will be within about three years.",
        "Information about the local area partnership",
        "Camden Council and the NHS Riverside Integrated Care Board plan the services together.",
    ]


def send_lists(priority: str = "", improvements: str = "") -> str:
    """Return the page with the boxes; rows of a box have two blank lines between them, cells one."""
    priority_box = f"Areas for priority action\n\n\nResponsible body\n\nAreas for priority action\n\n\n{priority}\n\n\n"
    return (
        "What does the area partnership need to do better?\n"
        "▪ Letters to parents arrive late, and some of them do not arrive.\n"
        f"{priority_box if priority else ''}"
        f"Areas for improvement\n\n\nAreas for improvement\n\n\n{improvements}\n\n\n"
        "Local area partnership details\nLocal authority Integrated care board\nCamden Council"
    )


def joint_letter(
    subject: Sequence[str] = ("Joint targeted area inspection of Camden",),
    body: Sequence[str] = (),
    days: str = "This inspection took place from 8 to 12 January 2024.",
    salutation: str = "Dear Camden Safeguarding Children Partnership",
) -> list[str]:
    """Return the lines of a joint inspection letter to bodies of several areas."""
    return [
        "5 March 2024",
        "Ada Reed, Director of Children's Services, Barnet Council",
        "Ben Stone, Chief Constable, Riverside Police",
        "Cora Hill, Chief Executive, NHS Hackney and Barnet Board, and of the",
        "Barnet Hospitals Trust",
        salutation,
        *subject,
        "This letter tells of the multi-agency response to children who go missing in Camden.",
        days,
        *body,
    ]
