"""Markdown of a server that others will show: no HTML, no picture, no hidden character."""

import pytest

from heimdall_desktop.presentation.detail.finding_markdown import inert_markdown


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("# Head\n\n- a *b* `c`", "# Head\n\n- a *b* `c`"),
        ("<img src=x>", "\\<img src=x>"),
        ("</script> <!-- x --> <?php", "\\</script> \\<!-- x --> \\<?php"),
        ("a < b <3", "a < b <3"),
        ("![alt](https://evil.example/x.png)", "\\!\\[alt](https://evil.example/x.png)"),
        ("\n\nx\n\n", "x"),
        ("a\u202eb\x1b[2J", "a\ufffdb\ufffd[2J"),
    ],
)
def test_what_could_load_or_hide_becomes_text(text: str, inert: str) -> None:
    assert inert_markdown(text) == inert


@pytest.mark.parametrize("fence", ["```", "~~~~", "  ```"])
def test_a_fence_keeps_its_code(fence: str) -> None:
    text = f"{fence} html\n<b>![x](y)\n{fence}\n<b>"
    assert inert_markdown(text) == f"{fence} html\n<b>![x](y)\n{fence}\n\\<b>"


def test_a_line_that_only_looks_like_its_end_does_not_end_a_fence() -> None:
    text = "````\n```\n~~~~\n```` x\n<b>\n`````\n<b>"
    assert inert_markdown(text).endswith("<b>\n`````\n\\<b>")


def test_ticks_in_the_middle_of_a_line_are_no_fence() -> None:
    assert inert_markdown("x ```\n<b>\n```` a`b\n<b>").count("\\<b>") == 2


def test_a_fence_that_is_left_open_is_closed() -> None:
    assert inert_markdown("```py\nx") == "```py\nx\n```"
