"""The advisories of a dependency finding: ids out of its coordinates, and pages for known ids.

A page's address is built only out of an id that has a known form, never out of anything else the
server sent. Source: heimdall-api.md 4.5 (manifest_coordinates_json), T-40.
"""

import re

from msgspec import Struct

from heimdall_desktop.domain.facts.finding import Finding, one_line

ADVISORY_LIMIT = 20  # of aliases; a server may send any number
_FORMS = (
    (
        re.compile(r"GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}", re.IGNORECASE),
        "https://github.com/advisories/{id}",
    ),
    (re.compile(r"CVE-\d{4}-\d{4,7}", re.IGNORECASE), "https://nvd.nist.gov/vuln/detail/{id}"),
    (
        re.compile(r"(?:PYSEC|RUSTSEC|GO|OSV|MAL|GSD)-\d{4}-\d{1,7}", re.IGNORECASE),
        "https://osv.dev/vulnerability/{id}",
    ),
)


class Advisory(Struct, frozen=True):
    """One id.

    Attributes:
        page: the address of its page; "" for an id of no known form.
    """

    id: str
    page: str = ""


def advisories(finding: Finding) -> tuple[Advisory, ...]:
    """Return the advisory of a dependency finding and its other names, each once."""
    told = finding.manifest or {}
    names = [told.get("advisory_id", ""), *told.get("aliases", "").split(", ")]
    ids = dict.fromkeys(line for name in names[: ADVISORY_LIMIT + 1] if (line := one_line(name)))
    return tuple(Advisory(name, _page(name)) for name in ids)


def _page(name: str) -> str:
    for form, address in _FORMS:
        if form.fullmatch(name):
            is_lower_case = name[:4].upper() == "GHSA"
            spelt = f"GHSA{name[4:].lower()}" if is_lower_case else name.upper()
            return address.format(id=spelt)
    return ""
