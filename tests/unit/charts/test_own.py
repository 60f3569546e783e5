"""A counselor's own figure."""

from xml.etree import ElementTree

from matplotlib.figure import Figure

from workbook.charts.own import own_figure


def test_own_figure_is_an_svg_with_text() -> None:
    """Text stays text, nothing tells the hour, and twice gives the same."""
    figure = Figure()
    figure.subplots().set_title("Sleep <b> & mood")
    svg = own_figure(figure)
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert "Sleep &lt;b&gt; &amp; mood" in svg
    assert "dc:date" not in svg
    assert svg == own_figure(figure)
