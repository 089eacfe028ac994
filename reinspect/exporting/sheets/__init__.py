"""What each comparison looks like as a sheet. Commands and app print the same ones."""

from reinspect.exporting.sheets.basket import basket_sheet
from reinspect.exporting.sheets.cohort import cohort_sheet, cohort_table
from reinspect.exporting.sheets.comparison import comparison_sheet
from reinspect.exporting.sheets.following import following_sheet
from reinspect.exporting.sheets.inspection import inspection_sheet, reading_sheet
from reinspect.exporting.sheets.inspections import inspections_sheet, record_table
from reinspect.exporting.sheets.phrases import phrases_sheet, search_sheet
from reinspect.exporting.sheets.timeline import timeline_sheet

__all__ = [
    "basket_sheet",
    "cohort_sheet",
    "cohort_table",
    "comparison_sheet",
    "following_sheet",
    "inspection_sheet",
    "inspections_sheet",
    "phrases_sheet",
    "reading_sheet",
    "record_table",
    "search_sheet",
    "timeline_sheet",
]
