"""The table: scrolling sideways, signs for hidden columns, and the cursor."""

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Region

from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.widgets.table import Table, TableColumn, TableLine


class Tall(App[None]):
    """A table with more rows and columns than there is room for."""

    def compose(self) -> ComposeResult:
        yield Table("cell")

    def on_mount(self) -> None:
        columns = [TableColumn(str(number), Content(f"column {number}"), 12) for number in range(6)]
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
            TableColumn("name", Content("name"), 8),
            TableColumn("year", Content("year"), 4),
            TableColumn("where", Content("where")),
        ]
        rows = [TableLine("a", [Content("Camden"), Content("2022"), Content("in the north of London")])]
        self.query_one(Table).fill(columns, rows)


async def test_a_cell_cut_by_the_edge_of_the_window_ends_in_an_ellipsis() -> None:
    app = Wide()
    async with app.run_test(size=(30, 5)) as pilot:
        await pilot.pause()
        assert app.query_one(Table).render_line(1).text.rstrip().endswith("in the north…")


async def test_a_column_of_which_too_little_is_seen_is_left_out() -> None:
    app = Wide()
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        table = app.query_one(Table)
        assert table.render_line(1).text.split() == ["Camden", "2022"]
        assert table.render_line(0).text.split() == ["name", "year", "›"]


async def test_a_table_of_rows_scrolls_by_whole_columns() -> None:
    app = Wide()
    async with app.run_test(size=(34, 5)) as pilot:
        await pilot.press("right")
        assert app.query_one(Table).render_line(1).text.split() == ["Camden", "in", "the", "north", "of", "London"]
        await pilot.press("right", "right")
        assert app.query_one(Table).render_line(1).text.split() == ["Camden", "in", "the", "north", "of", "London"]
        await pilot.press("left")
        assert app.query_one(Table).render_line(1).text.split()[:2] == ["Camden", "2022"]


async def test_the_cursor_is_a_tint_that_leaves_the_colours_of_grades_standing(app: ReinspectApp) -> None:
    def drawn() -> list[Segment]:
        return [part for part in app.screen.query_one(Table).render_lines(Region(0, 0, 80, 6))[3] if part.style]

    async with person_at(app) as person:
        under_cursor = next(part for part in reversed(drawn()) if part.text.startswith("● G"))
        good, tint = app.theme_variables["grade-good"], app.theme_variables["cursor-tint"]
        assert under_cursor.style is not None
        assert under_cursor.style.color is not None
        assert under_cursor.style.bgcolor is not None
        assert under_cursor.style.color.get_truecolor().hex == good
        assert under_cursor.style.bgcolor.get_truecolor().hex == tint
        await person.presses("tab")
        blurred = next(part for part in reversed(drawn()) if part.text.startswith("● G"))
        assert blurred.style is not None
        assert blurred.style.bgcolor != under_cursor.style.bgcolor


async def test_the_cursor_does_not_enter_the_columns_after_the_cells() -> None:
    class WithNotes(App[None]):
        def compose(self) -> ComposeResult:
            yield Table("cell", columns_after=1)

        def on_mount(self) -> None:
            columns = [TableColumn(name, Content(name)) for name in ("row", "one", "two", "note")]
            self.query_one(Table).fill(
                columns, [TableLine("a", [Content("a"), Content("1"), Content("2"), Content("!")])]
            )

    app = WithNotes()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("end", "right", "right")
        assert app.query_one(Table).column == 2
