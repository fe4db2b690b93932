"""The proxy setting at fault is named, its value never."""

import urllib.request

import pytest
from msgspec.structs import replace

from heimdall_desktop.domain.facts.errors import ServerUnreachable
from heimdall_desktop.domain.facts.server import Detour, Route, server_url
from heimdall_desktop.presentation.network_text import route_text
from heimdall_desktop.services.transport.proxies import require_usable_settings, route_to
from tests.fakes.desk_parts import raises_saying


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"ALL_PROXY": "http://"}, "ALL_PROXY"),
        ({"HTTP_PROXY": "p.test:99999999"}, "HTTP_PROXY"),
        ({"HTTP_PROXY": "http://[p.test"}, "HTTP_PROXY"),
    ],
)
def test_setting_at_fault_is_named(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], named: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with raises_saying(ServerUnreachable, match=f" {named} ") as reported:
        require_usable_settings()
    assert "p.test" not in str(reported.value)


@pytest.mark.parametrize("variable", ["ALL_PROXY", "HTTPS_PROXY"])
@pytest.mark.parametrize("scheme", ["socks5", "SOCKS5H", "socks4"])
def test_socks_is_unsupported(monkeypatch: pytest.MonkeyPatch, variable: str, scheme: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://p.test")
    monkeypatch.setenv(variable, f"{scheme}://mira:pw@p.test:1080")
    with raises_saying(ServerUnreachable, match=f"{variable} names a SOCKS proxy") as reported:
        require_usable_settings()
    assert "p.test" not in str(reported.value)


def test_usable_settings_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    require_usable_settings()
    monkeypatch.setenv("HTTPS_PROXY", "p.test:3128")
    monkeypatch.setenv("ALL_PROXY", "http://mira:pw@p.test")
    require_usable_settings()


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
def test_a_route_names_its_variable_but_no_password(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    url = server_url("https://h.test")
    monkeypatch.setenv(variable, "http://mira:pw@p.test:3128")
    monkeypatch.setenv("NO_PROXY", "inside.test")
    proxied = Route(Detour.PROXY, "p.test:3128", variable)
    assert route_to(url) == proxied
    assert route_to(url, is_direct=True) == replace(proxied, detour=Detour.IGNORED)
    excluded = Route(Detour.EXCLUDED, "p.test:3128", "NO_PROXY")
    assert route_to(server_url("https://inside.test")) == excluded
    assert route_to(server_url("https://127.0.0.1:8443")) == Route(Detour.OWN_MACHINE)
    assert route_text(proxied) == f"In use: p.test:3128, from the environment variable {variable}."
    assert route_text(excluded) == "Not used: p.test:3128, because NO_PROXY excludes this server."


def test_without_a_variable_the_system_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    url = server_url("https://h.test")
    assert route_text(route_to(url)) == "No proxy is set on this system."
    monkeypatch.setattr(urllib.request, "getproxies", lambda: {"https": "http://a:pw@p.test:80"})
    assert route_text(route_to(url)) == "In use: p.test:80, from the settings of the system."
    monkeypatch.setattr(urllib.request, "proxy_bypass", lambda _host: True)
    text = "Not used: p.test:80, because the system excludes this server."
    assert route_text(route_to(url)) == text
    monkeypatch.setattr(urllib.request, "getproxies", lambda: {"https": "http://[p.test"})
    assert route_to(url).proxy == ""
