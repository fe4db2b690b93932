"""Secrets do not survive in quoted lines; ordinary code does."""

import pytest

from heimdall_desktop.local.quoted_source import mask_line, mask_secret_line

WORD = "hunter2-s3cret-value"


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        (f'    db_password = "{WORD}"', "    db_password = ********"),
        (f"API_KEY={WORD}", "API_KEY=********"),
        (f"  apiKey: {WORD} # live", "  apiKey: ********"),
        (f'{{"user": "mira", "password": "{WORD}"}}', "********"),
        (f'"password": "{WORD}",', '"password": ********'),
        (f'config["password"] = "{WORD}"', 'config["password"] = ********'),
        (f'if "{WORD}" == password:', "********"),
        (f'"{WORD}" != password', "********"),
        (f"curl -u mira:{WORD} https://example.test", "********"),
        ("ghp_0123456789abcdefghijABCDEFGHIJ012345", "********"),
        (f"ghp_0123456789abcdefghijABCDEFGHIJ012345: {WORD}", "********"),
        ("-----BEGIN RSA PRIVATE KEY-----", "********"),
        (f'connect("{WORD}")', "connect(********"),
    ],
)
def test_a_line_with_a_secret_keeps_at_most_its_name(line: str, masked: str) -> None:
    assert mask_secret_line(line) == masked
    assert WORD not in mask_secret_line(line)


@pytest.mark.parametrize(
    "line",
    [
        f'password = "{WORD}"',
        f"'client_secret': '{WORD}',",
        f"login(user, password='{WORD}')",
        f'if "{WORD}" == password:',
        f"TOKEN: {WORD}",
        f"postgres://shop:{WORD}@db/shop",
        'key = "AKIA' + 'IOSFODNN7EXAMPLE"',
        "Authorization: Bearer eyJhbGciOi.eyJzdWIiOiIxMjM0.c2ln",
        "MIIEpAIBAAKCAQEA7d0aFZyq0gQ2mS7e9xkq1h3n5n7n9nPq3rT5vX7z9B1d3f5h",
        'const hook = "https://hooks.slack.com/services/T00/B00/' + f'{WORD}"',
    ],
)
def test_a_neighbouring_line_loses_what_looks_like_a_credential(line: str) -> None:
    masked = mask_line(line)
    assert "********" in masked
    for piece in (WORD, "IOSFODNN7EXAMPLE", "c2ln", "7d0aFZyq0gQ2"):
        assert piece not in masked


@pytest.mark.parametrize(
    "line",
    [
        "password = read_password(user)",
        "def check_token(token: str) -> bool:",
        "return subprocess.run(command, shell=True)",
        "for key, value in secrets.items():",
        'cur.execute(f"SELECT * FROM orders WHERE id = {order_id}")',
        "https://github.com/example/shop/pull/12",
        "def test_a_very_long_name_with_a_number_2_in_the_middle_of_it():",
        "",
    ],
)
def test_ordinary_code_stays_readable(line: str) -> None:
    assert mask_line(line) == line
