"""Markdown becomes plain data; nothing of it can reach the template as markup."""

from __future__ import annotations

from workbook.report.markdown import tree


def test_blocks_of_a_page():
    """Headings, lists, quotes, tables and rules are told apart."""
    found = tree("# A\n\nb *c* **d** `e`\n\n- f\n- g\n\n1. h\n\n> q\n\n| x | y |\n|--|--|\n| 1 | 2 |\n\n---\n")
    assert [one[0] for one in found] == ["h", "p", "ul", "ol", "quote", "table", "rule"]
    assert found[1][1] == ["b ", {"i": ["c"]}, " ", {"b": ["d"]}, " ", {"m": ["e"]}]
    assert found[5] == ["table", [["x"], ["y"]], [[["1"], ["2"]]]]


def test_html_is_left_out_and_its_words_stay():
    """A script is dropped; words in tags are kept."""
    assert tree("<div>kept <b>words</b></div>") == [["p", ["kept words"]]]
    assert tree("<script>alert(1)</script>\n") == []


def test_only_web_mail_and_telephone_links_are_links():
    """Paper shows the address; a link between pages, to a file or to a script is words only."""
    (_, inline), *_ = tree("[call](tel:988) [page](log.ipynb) [x](javascript:alert(1)) [f](file:///etc/passwd)")
    assert [one["to"] for one in inline if isinstance(one, dict)] == ["tel:988"]
    assert " (988)" in inline


def test_pictures_are_never_fetched():
    """A picture is named by its words."""
    assert tree("![a tree](file:///etc/passwd)") == [["p", ["[picture: a tree]"]]]


def test_very_deep_nesting_ends():
    """A thousand nested quotes neither crash nor lose the word."""
    assert "word" in str(tree(">" * 1000 + " word"))
