"""Advisories: pages for ids of a known form, and only those."""

import pytest

from heimdall_desktop.presentation.detail.verdict_text import ADVISORY_LIMIT, Advisory, advisories
from tests.fakes.findings import make_finding


def of(advisory: str, aliases: str = "") -> tuple[Advisory, ...]:
    return advisories(make_finding(manifest={"advisory_id": advisory, "aliases": aliases}))


def test_the_advisory_and_its_other_names_stand_once_each() -> None:
    assert of("GHSA-p6mc-m468-83gw", "CVE-2020-8203, GHSA-p6mc-m468-83gw, ") == (
        Advisory("GHSA-p6mc-m468-83gw", "https://github.com/advisories/GHSA-p6mc-m468-83gw"),
        Advisory("CVE-2020-8203", "https://nvd.nist.gov/vuln/detail/CVE-2020-8203"),
    )


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("ghsa-P6MC-m468-83gw", "https://github.com/advisories/GHSA-p6mc-m468-83gw"),
        ("cve-2026-00001", "https://nvd.nist.gov/vuln/detail/CVE-2026-00001"),
        ("PYSEC-2021-19", "https://osv.dev/vulnerability/PYSEC-2021-19"),
        ("GHSA-p6mc-m468-83gw/../../x", ""),
        ("CVE-2020-8203 https://evil.example", ""),
        ("https://evil.example/CVE-2020-8203", ""),
        ("SNYK-JS-LODASH-1", ""),
    ],
)
def test_only_a_known_form_has_a_page(name: str, page: str) -> None:
    assert of(name) == (Advisory(name, page),)


def test_without_coordinates_there_is_none() -> None:
    assert advisories(make_finding()) == ()
    assert of("") == ()
    assert len(of("", ", ".join(f"X-{n}" for n in range(500)))) <= ADVISORY_LIMIT + 1
