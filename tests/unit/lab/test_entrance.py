"""The link that the browser is opened with works once, and not for long."""

from workbook.lab.entrance import LIFETIME, PATH, Entrance


def once(link):
    """The secret part of a link."""
    path, _, secret = link.partition("?once=")
    assert path == PATH
    return secret


def test_a_link_admits_once():
    """Whoever reads it from the list of processes afterwards comes too late."""
    entrance = Entrance()
    first, second = once(entrance.link()), once(entrance.link())
    assert [entrance.admit(first), entrance.admit(first)] == [True, False]
    assert entrance.admit(second)


def test_a_link_that_nobody_gave_out_admits_nobody():
    """Nor does an empty one."""
    entrance = Entrance()
    entrance.link()
    assert not any(map(entrance.admit, ("", "invented")))


def test_an_old_link_admits_nobody():
    """It lives two minutes."""
    now = [0.0]
    entrance = Entrance(lambda: now[0])
    fresh, old = once(entrance.link()), once(entrance.link())
    now[0] = LIFETIME - 1
    assert entrance.admit(fresh)
    now[0] = LIFETIME
    assert not entrance.admit(old)
