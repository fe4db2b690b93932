"""A finding as Markdown: all there is, in order, and nothing of it gets out of its place."""

from types import MappingProxyType

from heimdall_desktop.domain.facts.finding import Severity
from heimdall_desktop.presentation.detail.finding_markdown import finding_markdown
from tests.fakes.findings import make_finding

DIFF = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"


def test_it_tells_the_whole_finding() -> None:
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


def test_what_is_not_there_is_left_out() -> None:
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
