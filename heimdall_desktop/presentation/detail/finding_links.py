"""Where a finding is found again: its page on the server, and the request that reads it.

Neither ever holds a token: the page wants the browser's own sign-in, the request names the
variable a token is read from. Source: heimdall-api.md 4.13; ux.md 2.9 (one token, one place), #38.
"""

import shlex
from urllib.parse import quote

from heimdall_desktop.domain.facts.finding import FindingId
from heimdall_desktop.domain.facts.identity import id_on_server
from heimdall_desktop.domain.facts.server import ServerUrl

TOKEN_PLACEHOLDER = "$HEIMDALL_TOKEN"  # noqa: S105 - stands where the shell puts the token


def finding_page(server: ServerUrl, finding_id: FindingId) -> str:
    """Return the address of the page that shows a finding in a browser."""
    return f"{server}/findings/{_in_a_path(finding_id)}"


def finding_curl(server: ServerUrl, finding_id: FindingId) -> str:
    """Return the command that reads a finding as JSON, for a POSIX shell."""
    address = shlex.quote(f"{server}/api/findings/{_in_a_path(finding_id)}")
    return f'curl --header "Authorization: Bearer {TOKEN_PLACEHOLDER}" {address}'


def _in_a_path(finding_id: FindingId) -> str:
    """Ids come from servers: whatever one holds, it stays one part of a path."""
    return quote(id_on_server(finding_id), safe="")
