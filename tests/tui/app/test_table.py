"""The table: scrolling sideways, signs for hidden columns, and the cursor."""

from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Region

from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.widgets.table import Column, Table, TableLine


class Tall(App[None]):
    """A table with more rows and columns than there is room for."""

    def compose(self) -> ComposeResult:
        yield Table("cell")

    def on_mount(self) -> None:
        columns = [Column(str(number), Content(f"column {number}"), 12) for number in range(6)]
        self.query_one(Table).fill(columns, [TableLine(str(row), [Content(f"cell {row}")] * 6) for row in range(40)])


async def test_the_sign_for_more_columns_is_not_covered_by_the_scroll_bar() -> None:
    app = Tall()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        heading = app.query_one(Table).render_line(0).text
        assert heading.endswith("›")
        assert len(heading) == app.query_one(Table).scrollable_content_region.width < 40


async def test_scrolling_to_the_last_column_cuts_no_column() -> None:
    app = Tall()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("end")
        heading = app.query_one(Table).render_line(0).text
        assert heading.split("‹")[1].split() in (["column", "5"], ["column", "4", "column", "5"])


class Wide(App[None]):
    """A table of rows whose last column is wider than the room for it."""

    def compose(self) -> ComposeResult:
        yield Table()

    def on_mount(self) -> None:
        columns = [
            Column("name", Content("name"), 8),
            Column("year", Content("year"), 4),
            Column("where", Content("where")),
        ]
        rows = [TableLine("a", [Content("Camden"), Content("2022"), Content("in the north of London")])]
        self.query_one(Table).fill(columns, rows)


async def test_a_cell_cut_by_the_edge_of_the_window_ends_in_an_ellipsis() -> None:
    app = Wide()
    async with app.run_test(size=(30, 5)) as pilot:
        await pilot.pause()
        assert app.query_one(Table).render_line(1).text.rstrip().endswith("in the north…")


async def test_a_table_of_rows_scrolls_by_whole_columns() -> None:
    app = Wide()
    async with app.run_test(size=(34, 5)) as pilot:
        await pilot.press("right")
        assert app.query_one(Table).render_line(1).text.split() == ["Camden", "in", "the", "north", "of", "London"]
        await pilot.press("right", "right")
        assert app.query_one(Table).render_line(1).text.split() == ["Camden", "in", "the", "north", "of", "London"]
        await pilot.press("left")
        assert app.query_one(Table).render_line(1).text.split()[:2] == ["Camden", "2022"]


async def test_the_cursor_of_the_focused_table_is_underlined_and_bold(app: ReinspectApp) -> None:
    def marked() -> set[tuple[bool, bool]]:
        """The underlined parts of the first row, as (underlined, bold)."""
        styles = [part.style for part in app.screen.query_one(Table).render_lines(Region(0, 0, 80, 6))[2] if part.style]
        return {(True, bool(style.bold)) for style in styles if style.underline}

    async with person_at(app) as person:
        assert marked() == {(True, True)}
        await person.presses("tab")
        assert marked() == {(True, False)}
