"""A finding as Markdown: complete, in order, and inert."""

import shlex
from collections.abc import Iterator
from types import MappingProxyType

import marko
import marko.ext.gfm.elements
import pytest
from marko.block import CodeBlock, FencedCode, HTMLBlock
from marko.element import Element
from marko.inline import AutoLink, CodeSpan, Image, InlineHTML, Link

from heimdall_desktop.domain.facts.finding import FindingId, Severity
from heimdall_desktop.domain.facts.server import ServerUrl
from heimdall_desktop.presentation.detail.finding_markdown import (
    PARSED_LIMIT,
    finding_curl,
    finding_markdown,
    finding_page,
    inert_markdown,
)
from heimdall_desktop.presentation.export.contents import Format
from tests.fakes.exported import make_contents, written
from tests.fakes.findings import finding_id, make_finding
from tests.fakes.scan_links import scan_links

DIFF = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"


def test_contains_the_whole_finding() -> None:
    finding = make_finding(
        severity=Severity.CRITICAL,
        cwe_text="CWE-89: SQL",
        description="The *q* parameter.",
        code_snippet="x = 1\n",
        suggested_patch=DIFF,
        fix_summary="Bind it.",
        references=("https://example.org/a", "the wiki"),
    )
    head, *parts = finding_markdown(finding, "https://server/findings/1").split("\n\n")
    assert head == "### Critical: SQL built from request parameter in order search"
    assert parts[0].splitlines()[:5] == [
        "- **Where:** `shop/api/orders.py:88-92`",
        "- **Verdict:** Unverified",
        "- **Status:** Open",
        "- **Confidence:** Medium",
        "- **Source:** AI",
    ]
    assert "- **Weakness:** [CWE-89](https://cwe.mitre.org/data/definitions/89.html)" in parts[0]
    assert parts[0].endswith("- **Link:** <https://server/findings/1>")
    assert parts[1:] == [
        "The *q* parameter.",
        "#### Code",
        "```py\nx = 1\n```",
        "#### References",
        "- <https://example.org/a>\n- `the wiki`",
        "#### Suggested fix",
        "Bind it.",
        f"```diff\n{DIFF}```\n",
    ]


def test_missing_parts_are_left_out() -> None:
    text = finding_markdown(make_finding(file_path="", description=" ", fix_summary="\n"))
    assert "Where" not in text
    assert "####" not in text
    assert "Link" not in text


def test_a_dependency_is_named_with_its_versions() -> None:
    manifest = MappingProxyType({"name": "lodash", "installed_version": "4", "aliases": "CVE-1"})
    text = finding_markdown(make_finding(manifest=manifest))
    assert "- **Package:** `lodash`\n- **Installed:** `4`\n- **Also known as:** `CVE-1`" in text


def test_hostile_texts_stay_in_their_places() -> None:
    finding = make_finding(
        title="# x\n<img src=y> [a](b)",
        file_path="a`b.py",
        code_snippet="````\n\u202e<b>",
        references=("https://a>b", "https://[::1", "`"),
    )
    text = finding_markdown(finding)
    assert text.startswith("### High: &#35; x &lt;img src=y&gt; &#91;a&#93;(b)\n")
    assert "`` a`b.py:88-92 ``" in text
    assert "`````py\n````\n\ufffd<b>\n`````" in text
    assert text.endswith("- `https://a>b`\n- `https://[::1`\n- `` ` ``\n")


TAG, IMAGE = "<x-live onclick=run()>", "![seen](https://evil.test/pixel.png)"
LIVE = f"{TAG} {IMAGE}"
HOSTILE = (
    LIVE,
    f"\\{TAG} \\{IMAGE}",
    f"\\\\{TAG} \\\\{IMAGE}",
    f"a \\\\\\{TAG}",
    f"!\\{IMAGE[1:]} \\!{IMAGE}",
    f"<div>\n{LIVE}\n\n{LIVE}\n</div>",
    f"<!-- x -->{LIVE}\n<?php {LIVE} ?> <![CDATA[ {LIVE} ]]> <!A>",
    f"<script>\n\n{LIVE}\n\n</script>\n{LIVE}",
    f"- a\n\n  ```\n  code\n  ```\n\n{LIVE}",
    f"- ```\n{LIVE}\n```\n{LIVE}",
    f"1. ~~~\n   code\n\n{LIVE}\n~~~\n{LIVE}",
    f"- a\n  - b\n    - c\n      ```\n      x\n{LIVE}\n      ```\n{LIVE}",
    f"- a\n\n      {LIVE}\n\n   {LIVE}",
    f"* - + 1. {LIVE}",
    f"> ```\n{LIVE}\n> ```\n> {LIVE}",
    f"> - ```\n>   x\n> {LIVE}\n{LIVE}",
    f"```\n{LIVE}\n``` x\n{LIVE}\n```\n{LIVE}",
    f"````\n```\n~~~~\n```` x\n{LIVE}\n`````\n{LIVE}",
    f"~~~ `\n{LIVE}\n~~~~\n{LIVE}",
    f"``` a`b\n{LIVE}",
    f"x ```\n{LIVE}\n```",
    f"\t{LIVE}\n   \t{LIVE}\n \t- {LIVE}",
    f"    {LIVE}\ntext\n    {LIVE}",
    f"[a]: https://evil.test/x.png\n[b]: <x> '{TAG}'\n\n![a] ![a][b] ![][a] [b] {TAG}",
    f"[a]:\n{LIVE}\n'\n{LIVE}\n'\n![a]",
    f"[{LIVE}](javascript:alert(1)) [x](data:text/html,{TAG}) [y](<//evil.test> '{TAG}')",
    f"<https://evil.test/{IMAGE}> <https://evil.test/\\{TAG}> <javascript:alert(1)>",
    f"[![{TAG}](//evil.test/a)](//evil.test/b) [a ![b](c)](d)",
    f"`{TAG}` ``{IMAGE}` ` {TAG} \\`{TAG}` `\n\n`{TAG}",
    f"&lt;x-live&gt; &#60;x-live&#62; &amp;lt;x-live> &#33;[x](y) {LIVE}",
    f"| a | b |\n| - | - |\n| {LIVE} | `|{TAG}` |\n{LIVE}",
    f"{LIVE}\n===\n{LIVE}\n---\n# {LIVE} #\n{LIVE}\n***",
    f"a\r{LIVE}\r\n\r\n    {LIVE}\rb\u2028{LIVE}\x0b{LIVE}\x0c{LIVE}\x85{LIVE}",
    f"\x00{LIVE}\u202e{LIVE}\u200b{LIVE}\ufeff{LIVE}",
    f"{'[' * 100}{LIVE}{']' * 100}",
    f"{'*a ' * 100}{LIVE}{'*' * 100}",
    f"{LIVE}\n\n```\n{LIVE}\n{'x' * PARSED_LIMIT}",
)
#: Marko takes minutes for these as they are.
DEEP = (f"{'> ' * 40}{LIVE}\n\n{'- ' * 40}{LIVE}", f"{'- ' * 120}{LIVE}", f"{'> ' * 120}{LIVE}")


def elements(text: str) -> Iterator[Element]:
    """Read Markdown as GitHub does, and yield all elements in it."""
    waiting: list[Element] = [marko.Markdown(extensions=["gfm"]).parse(text)]
    while waiting:
        element = waiting.pop()
        yield element
        children = getattr(element, "children", ())
        if not isinstance(children, str):
            waiting += children


def live_parts(text: str) -> list[str]:
    """What of a page would be HTML, load an image or run on a click."""
    return [
        repr(element)
        for element in elements(text)
        if isinstance(element, (HTMLBlock, InlineHTML, Image))
        or (isinstance(element, (AutoLink, Link)) and not is_web_address(element.dest))
    ]


def is_web_address(address: str) -> bool:
    return address.startswith(("http://", "https://", "mailto:"))


def code_in(text: str) -> list[str]:
    """The code that a reader of a page sees, in blocks and in lines."""
    return [
        str(
            element.children[0].children if isinstance(element.children, list) else element.children
        )
        for element in elements(text)
        if isinstance(element, (CodeBlock, FencedCode, CodeSpan))
    ]


def test_the_hostile_texts_are_live_where_nothing_is_done() -> None:
    assert sum(bool(live_parts(text)) for text in HOSTILE) > len(HOSTILE) * 0.8


@pytest.mark.parametrize("text", HOSTILE + DEEP, ids=range(len(HOSTILE + DEEP)))
def test_no_text_of_a_server_is_live_in_a_description_or_a_page(text: str) -> None:
    assert live_parts(inert_markdown(text)) == []
    finding = make_finding(
        title=text,
        description=text,
        code_snippet=text,
        suggested_patch=text,
        fix_summary=text,
        file_path=f"shop/{text[:300]}",
        status_text=text[:300],
        severity_text=text[:300],
        fingerprint=text[:300],
        references=(text[:300],),
    )
    assert live_parts(finding_markdown(finding, "https://server/findings/1")) == []
    page = written(make_contents([finding, make_finding(2)]), Format.MARKDOWN).decode()
    assert live_parts(page) == []


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("Plain text: it's all there (really).\nNext line.", None),
        ("# Head\n\n- a *b* **c** `d`\n- e", None),
        ("1. one\n2. two\n\n> quoted\n> lines", None),
        ("a\n\n- b\n\n  - c", "a\n\n- b\n\n  - c"),
        ("order_id and __init__ and a_b", "order_id and **init** and a_b"),
        ("<img src=x>", "&lt;img src=x&gt;"),
        ("a < b && c[0]", "a &lt; b &amp;&amp; c&#91;0&#93;"),
        ("![alt](https://evil.example/x.png)", "alt"),
        ("[a](https://b.test/c) <https://d.test>", None),
        ("[a](javascript:b)", "&#91;a&#93;(javascript:b)"),
        ("```py\n<b>![x](y)\n```", None),
        ("- a\n\n  ```py\n  <b>\n  ```", None),
        ("    <b>\n\n&lt;", "```\n<b>\n```\n\n&lt;"),
        ("```py\nx", "```py\nx\n```"),
        ("a\\\nb  \nc", "a  \nb  \nc"),
        ("1986\\. \\- \\+ a", "1986&#46; - + a"),
        ("[a]: /b\n\n[a]", "&#91;a&#93;: /b\n\n&#91;a&#93;"),
        ("\n\nx\n\n", "x"),
        ("a\u202eb\x1b[2J", "a\ufffdb\ufffd&#91;2J"),
    ],
)
def test_harmless_markdown_is_kept_and_the_rest_becomes_text(text: str, inert: str | None) -> None:
    if text == "[a](https://b.test/c) <https://d.test>":
        inert = "[a](<https://b.test/c>) [https://d.test](<https://d.test>)"
    assert inert_markdown(text) == (text if inert is None else inert)


@pytest.mark.parametrize(
    "text",
    [
        f"```html\n{LIVE}\n```",
        f"- a\n  1. ~~~~\n     {LIVE}\n     ~~~~",
        f"> > ```\n> > {LIVE}\n",
        f"a\n\n    {LIVE}",
        f"Use `{LIVE}`.",
    ],
)
def test_code_is_shown_with_all_its_characters(text: str) -> None:
    [code] = code_in(inert_markdown(text))
    assert code.strip() == LIVE


def test_a_text_too_long_to_parse_keeps_its_words() -> None:
    text = f"*a* {'word ' * PARSED_LIMIT}"
    assert inert_markdown(text).startswith("&#42;a&#42; word word")


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
