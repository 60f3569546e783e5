"""The paper of a drawing: a counselor's own figure, and words that fit."""

from xml.etree import ElementTree

from matplotlib.figure import Figure

from workbook.charts.leaf import drawable, own_figure, shorten


def test_own_figure_is_an_svg_with_text() -> None:
    """Text stays text, nothing tells the hour, and twice gives the same."""
    figure = Figure()
    figure.subplots().set_title("Sleep <b> & mood")
    svg = own_figure(figure)
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert "Sleep &lt;b&gt; &amp; mood" in svg
    assert "dc:date" not in svg
    assert svg == own_figure(figure)


def test_labels_are_cut_and_drawable() -> None:
    """A long label is cut with a sign that says so; what the chart's font lacks has a visible stand-in."""
    assert shorten("abcdefgh", 5) == "abcd…"
    assert shorten("abc", 5) == "abc"
    assert drawable("Käse 漢 $x$ \u0007 →") == "Käse ▯ $x$ ▯ →"
