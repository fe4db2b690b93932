"""Addresses and commands to copy: they lead to the finding and never hold a token."""

import shlex

from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.presentation.detail.finding_markdown import finding_curl, finding_page
from tests.fakes.findings import finding_id
from tests.fakes.scan_links import scan_links

SERVER = ServerUrl("https://heimdall.example.org/below")


def test_the_page_can_be_pasted_into_this_program_again() -> None:
    address = finding_page(SERVER, finding_id(7))
    assert address == f"{SERVER}/findings/{finding_id(7)}"
    assert scan_links(address)[0].finding_id == finding_id(7)


def test_the_command_reads_the_finding_with_a_placeholder_for_the_token() -> None:
    command = finding_curl(SERVER, finding_id(7))
    assert shlex.split(command) == [
        "curl",
        "--header",
        "Authorization: Bearer $HEIMDALL_TOKEN",
        f"{SERVER}/api/findings/{finding_id(7)}",
    ]


def test_an_id_that_is_a_command_stays_one_part_of_the_address() -> None:
    hostile = FindingId("../../x'; rm -rf ~ #?\n")
    assert shlex.split(finding_curl(SERVER, hostile))[3].count("/") == 6
    assert finding_page(SERVER, hostile).startswith(f"{SERVER}/findings/..%2F..%2Fx%27%3B%20rm")
