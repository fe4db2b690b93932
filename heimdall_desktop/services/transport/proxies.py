"""The proxies of the environment: which one is in use, and which setting cannot be used.

httpx reads the settings when a client is created and fails on some that other programs accept.
Others fail at the first request, with errors that are not its own. So they are checked before.
WORKAROUND: httpx 0.28, encode/httpx 3221 and 3574; remove when it accepts them.
"""

import os
import urllib.request
from urllib.parse import SplitResult, urlsplit

from heimdall_desktop.domain.facts.errors import Reason, ServerUnreachable
from heimdall_desktop.domain.facts.finding import one_line
from heimdall_desktop.domain.facts.server import Detour, Route, ServerUrl, is_loopback

_SCHEMES = ("http", "https", "all")


def route_to(url: ServerUrl, *, is_direct: bool = False) -> Route:
    """Return how requests reach a server: the proxy in use, or why there is none.

    Args:
        url: the server.
        is_direct: the settings are ignored for it.
    """
    if is_loopback(url):
        return Route(Detour.OWN_MACHINE)
    parts, settings = urlsplit(url), urllib.request.getproxies()
    scheme = parts.scheme if settings.get(parts.scheme) else "all"
    address = settings.get(scheme)
    if not address:
        return Route(Detour.NOT_SET)
    proxy, variable = _host_and_port(address), _variable(scheme)
    if is_direct:
        return Route(Detour.IGNORED, proxy, variable)
    if urllib.request.proxy_bypass(parts.hostname or ""):
        return Route(Detour.EXCLUDED, proxy, _variable("no"))
    return Route(Detour.PROXY, proxy, variable)


def _variable(scheme: str) -> str:
    """Return the environment variable of a setting as it is spelled there, "" if it has none."""
    name = f"{scheme}_proxy"  # as the standard library: the lower-case spelling goes first
    return next((each for each in (name, name.upper()) if os.environ.get(each)), "")


def _host_and_port(address: str) -> str:
    try:
        return one_line(_split(address).netloc.rpartition("@")[2])
    except ValueError:
        return ""


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
