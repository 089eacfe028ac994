"""A table shows what is in view, and that there is more to the side."""

from textual.app import App, ComposeResult
from textual.content import Content

from tui.widgets.table import Column, Row, Table


class Tall(App[None]):
    """A table with more rows and columns than there is room for."""

    def compose(self) -> ComposeResult:
        yield Table("cell")

    def on_mount(self) -> None:
        columns = [Column(str(number), Content(f"column {number}"), 12) for number in range(6)]
        self.query_one(Table).fill(columns, [Row(str(row), [Content(f"cell {row}")] * 6) for row in range(40)])


async def test_more_columns_are_signed_beside_the_scroll_bar_and_not_below_it() -> None:
    app = Tall()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        heading = app.query_one(Table).render_line(0).text
        assert heading.endswith("›")
        assert len(heading) == app.query_one(Table).scrollable_content_region.width < 40


async def test_the_last_column_leaves_whole_ones_before_it() -> None:
    app = Tall()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("end")
        heading = app.query_one(Table).render_line(0).text
        assert heading.split("‹")[1].split() in (["column", "5"], ["column", "4", "column", "5"])
