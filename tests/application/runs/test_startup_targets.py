"""What the command line names is on the server it names, or is refused with its remedy."""

import pytest

from heimdall_desktop import cli
from heimdall_desktop.application.runs.unattended import StartupTargets, links_on
from heimdall_desktop.domain.facts.errors import LinkError, together
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.presentation.error_text import cause, remedy
from heimdall_desktop.start import wanted_of

SERVER = server_url("https://heimdall.example")
SCAN = "3f2a9c1e-0000-4000-8000-000000000001"


def test_a_scan_that_is_named_twice_is_watched_once() -> None:
    links, mistakes = links_on(SERVER, [SCAN, f"{SCAN} {SCAN}"])

    assert [link.scan_id for link in links] == [SCAN]
    assert mistakes == ()


def test_a_link_to_another_server_is_refused_with_the_option_that_helps() -> None:
    _, [mistake] = links_on(SERVER, [f"https://other.example/scans/{SCAN}"])

    assert "other.example" in cause(mistake)
    assert "--server" in remedy(mistake)


def test_words_that_name_nothing_are_all_reported_and_stop_nothing() -> None:
    links, mistakes = links_on(SERVER, ["good morning", SCAN, ""])

    assert [link.scan_id for link in links] == [SCAN]
    reported = together(LinkError, mistakes)
    assert cause(reported) == (
        "No scan ID found in 'good'. No scan ID found in 'morning'. No scan found in this text."
    )
    assert remedy(reported) == "Use a scan ID or a link like https://server/scans/<id>."


@pytest.mark.parametrize("options", [["--quit-when-done"], []])
def test_without_a_window_or_a_scan_a_mistake_ends_it(options: list[str]) -> None:
    words = ["nothing"] if not options else ["nothing", SCAN]
    watched = [part for word in words for part in ("--watch", word)]
    with pytest.raises(LinkError):
        wanted_of(cli.options(["--server", SERVER, *watched, *options]))
    beside = cli.options(["--server", SERVER, "--watch", "nothing", "--watch", SCAN])
    assert [link.scan_id for link in wanted_of(beside).links] == [SCAN]


def test_links_alone_are_left_to_the_window_and_take_no_token_along() -> None:
    links = (f"heimdall://heimdall.example/scan/{SCAN}", f"{SERVER}/scans/{SCAN}")
    wanted = wanted_of(cli.options(links))
    assert (wanted.server, wanted.links_alone) == (None, links)
    with pytest.raises(LinkError):
        wanted_of(cli.options([*links, f"heimdall://heimdall.example/scan/{SCAN}?token=a"]))


def test_without_a_window_web_links_name_the_server() -> None:
    usual = ("--quit-when-done", "--watch")
    web = f"{SERVER}/scans/{SCAN}"
    wanted = wanted_of(cli.options([*usual, web]))
    assert (wanted.server, wanted.token) == (SERVER, None)
    assert [link.scan_id for link in wanted.links] == [SCAN]
    own = f"heimdall://heimdall.example/scan/{SCAN}"
    for unsure in ([own], [web, own], [web, f"https://other.example/scans/{SCAN}"]):
        with pytest.raises(LinkError) as reported:
            wanted_of(cli.options([*usual[:1], *unsure]))
        assert remedy(reported.value) == "Specify it with --server."


@pytest.mark.parametrize("options", [["--quit-when-done"], []])
def test_a_token_is_for_the_server_of_the_command_line_alone(options: list[str]) -> None:
    named = wanted_of(cli.options(["--server", SERVER, "--watch", SCAN, *options], "token"))
    assert (named.server, named.token) == (SERVER, "token")
    assert wanted_of(cli.options(["--demo", *options], "token")).token is None


def test_a_link_of_the_program_goes_with_the_server_that_is_given() -> None:
    links, mistakes = links_on(
        server_url("http://heimdall.example/below"), [f"heimdall://heimdall.example/scan/{SCAN}"]
    )
    assert ([link.scan_id for link in links], mistakes) == ([SCAN], ())
    _, [mistake] = links_on(SERVER, [f"heimdall://other.example/scan/{SCAN}"])
    assert "other.example" in cause(mistake)


def test_the_token_is_not_in_the_representation() -> None:
    assert "secret" not in repr(StartupTargets(SERVER, "secret", (), (), is_demo=False))
