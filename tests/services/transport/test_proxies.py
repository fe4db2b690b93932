"""The proxy setting at fault is named, its value never."""

import pytest

from heimdall_desktop.domain.facts.errors import ServerUnreachable
from heimdall_desktop.domain.facts.server import server_url
from heimdall_desktop.services.transport.proxies import proxy_in_use, require_usable_settings
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


def test_proxy_in_use_is_shown_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://mira:pw@p.test:3128")
    monkeypatch.setenv("NO_PROXY", "inside.test")
    assert proxy_in_use(server_url("https://h.test")) == "p.test:3128"
    assert proxy_in_use(server_url("https://inside.test")) is None
    assert proxy_in_use(server_url("http://h.test")) is None
