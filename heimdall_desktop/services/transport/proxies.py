"""The proxies of the environment: which one is in use, and which setting cannot be used.

httpx reads the settings when a client is created and fails on some that other programs accept.
Others fail at the first request, with errors that are not its own. So they are checked before.
WORKAROUND: httpx 0.28, encode/httpx 3221 and 3574; remove when it accepts them.
"""

import urllib.request
from urllib.parse import SplitResult, urlsplit

from heimdall_desktop.domain.facts.errors import Reason, ServerUnreachable
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.server import ServerUrl

_SCHEMES = ("http", "https", "all")


def proxy_in_use(url: ServerUrl) -> str | None:
    """Return host and port of the proxy for requests to a server, None for none."""
    parts = urlsplit(url)
    settings = urllib.request.getproxies()
    address = settings.get(parts.scheme) or settings.get("all")
    if not address or urllib.request.proxy_bypass(parts.hostname or ""):
        return None
    return one_line(_split(address).netloc.rpartition("@")[2])


def require_usable_settings() -> None:
    """Check the proxies of the environment.

    Raises:
        ServerUnreachable: one cannot be used; the error names its variable, not its value.
    """
    settings = urllib.request.getproxies()
    for scheme in _SCHEMES:
        variable = f"{scheme.upper()}_PROXY"
        if settings.get(scheme, "").lower().startswith("socks"):
            raise ServerUnreachable(Reason.PROXY_IS_SOCKS, variable=variable)
        if scheme in settings:
            try:
                parts = _split(settings[scheme])
                is_usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
            except ValueError:
                is_usable = False
            if not is_usable:
                raise refused_setting(variable)


def refused_setting(variable: str) -> ServerUnreachable:
    """Return the error for a setting that prevents building a client."""
    return ServerUnreachable(Reason.PROXY_SETTING_UNUSABLE, variable=variable)


def _split(address: str) -> SplitResult:
    return urlsplit(address if "://" in address else f"http://{address}")
