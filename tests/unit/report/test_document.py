"""A notebook becomes blocks in its own order, and nothing that is left out goes unsaid."""

from __future__ import annotations

from workbook.report.document import Call, Prose, read

OPEN = {"cell_type": "code", "source": "from workbook import open_page\npage = open_page()"}


def code(*sources: str):
    return {"cells": [OPEN, *({"cell_type": "code", "source": one} for one in sources)]}


def test_markdown_and_calls_keep_the_notebooks_order():
    """What stands first prints first."""
    found = read({"cells": [{"cell_type": "markdown", "source": ["# A", "\n"]}, *code('page.form("x")')["cells"],
                            {"cell_type": "markdown", "source": "end"}]})  # fmt: skip
    assert found.blocks == (Prose("# A\n"), Call("form", ("x",)), Prose("end"))
    assert found.not_printed == ()


def test_several_calls_in_one_cell_all_print():
    """A counselor may write two calls in one cell."""
    calls = read(code('page.form("a"); page.more("b", "c")\npage.chart(chart_id="urges")')).blocks
    assert [(one.name, one.ids()) for one in calls] == [("form", ("a",)), ("more", ("b", "c")), ("chart", ("urges",))]


def test_another_name_for_the_page_works():
    """`mine = open_page()` is a page too."""
    assert read(code("mine = workbook.open_page()\nmine.daily()")).blocks == (Call("daily"),)


def test_figures_are_counted_in_their_order():
    """page.show takes a figure, found again by its number."""
    shows = read(code("page.show(draw(1))", 'page.show(fig, alt="x")')).blocks
    assert [one.number for one in shows] == [1, 2]


def test_other_code_is_listed_with_its_cell():
    """Computed arguments, loops, magics and half-written code are named, not dropped."""
    found = read(code("x = 1 + 1", "page.form(name)", "for f in ids:\n    page.form(f)", "%matplotlib inline", "def ("))
    assert found.blocks == ()
    assert [line.split(":")[0] for line in found.not_printed] == [f"Cell {n}" for n in (2, 3, 4, 5, 6)]
    assert "beginning ‘for f in ids:’" in found.not_printed[2]
    assert "2 lines" in found.not_printed[2]


def test_a_tool_of_the_screen_is_not_missed():
    """The importer belongs on the screen alone."""
    assert read(code("page.importer()")).not_printed == ()


def test_code_is_never_run(tmp_path):
    """Printing reads a page, it does not run it."""
    read(code(f"open({str(tmp_path / 'ran')!r}, 'w').close()", f"page.form(open({str(tmp_path / 'ran')!r}, 'w'))"))
    assert not (tmp_path / "ran").exists()


def test_deeply_nested_code_is_listed():
    """Code that the parser refuses is listed like any other."""
    assert len(read(code("page.form(" + "(" * 500 + ")" * 500 + ")")).not_printed) == 1
