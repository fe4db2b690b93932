"""Finds the environment variable that keeps an HTTP client from being built.

httpx reads the proxy variables when a client is made, and fails on some that other programs take.
WORKAROUND: httpx 0.28, encode/httpx 3221 and 3574; remove when it takes them.
"""

import urllib.request

import httpx

from heimdall_desktop.domain.errors import ServerUnreachable

_SCHEMES = ("http", "https", "all")


def refused_settings() -> ServerUnreachable:
    """Return the error that names the proxy setting no client could be built with."""
    return ServerUnreachable(
        f"The proxy setting {_guilty()} cannot be used.",
        "Correct or unset it, or ignore the proxy settings.",
    )


def _guilty() -> str:
    proxies = urllib.request.getproxies()
    for scheme in _SCHEMES:
        if scheme in proxies and not _is_usable(proxies[scheme]):
            return f"{scheme.upper()}_PROXY"
    return "NO_PROXY"


def _is_usable(address: str) -> bool:
    try:
        url = httpx.URL(address if "://" in address else f"http://{address}")
    except httpx.InvalidURL:
        return False
    return url.scheme in ("http", "https") and bool(url.host)
