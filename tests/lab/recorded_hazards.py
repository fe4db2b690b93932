"""Creates findings whose texts are hard to show, as scanned code and models may contain them.

They are written with escapes, so that this file can be read, and the long ones are made on
demand. Source: protocol.md 10 (8), T-15, T-16, T-39, T-40, T-41.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from heimdall_desktop.local.rows import NewFinding
from tests.lab.recorded_findings import Recorded

LONG_TITLE_BYTES = 10 * 1024
LONG_LINE_BYTES = 1 << 20
MARKUP = '<img src=x onerror="alert(1)"><b>bold</b> &lt;i&gt; <a href="https://evil.example/">'
ESCAPES = (
    "\x1b[2J\x1b[31mred\x1b[0m \x1b]8;;https://evil.example/\x07link\x1b]8;;\x07 \x08\x08\r\x9b5m"
)
SEPARATORS = "one\u2028two\u2029three\u0085four\u000bfive\u000csix"
REVERSED = "notes \u202egpj.exe\u202c \u2066\u2067abc\u2069\u2069 \u200fend"
EMOJI = (
    "\U0001f469\u200d\U0001f469\u200d\U0001f466\u200d\U0001f466 \U0001f1e9\U0001f1ea \u2764\ufe0f"
)
STACKED = "Z" + "\u0301\u0316\u0334" * 30 + "algo"
INVISIBLE = "pay\u200bpal\u2060 \u00ad\ufeff\U000e0041 p\u0430ypal"
NO_DIFF = "Just don't.\n--- not a diff\n+++ either\n"
BROKEN_DIFF = "--- a/x\n+++ b/x\n@@ -1,999 +q @@\n-a\n+b\n \\ No newline\n@@\n"


@dataclass(frozen=True, slots=True)
class _Hazard:
    """Where a hard text is found, and the fields that are not ordinary."""

    stage: str
    severity: str
    title: str
    fields: dict[str, Any]
    task: str = "the rest"
    diff: str | None = None
    poc: str | None = None


def recorded_hazards() -> tuple[Recorded, ...]:
    """Make them, in the order in which they are found; always the same ones."""
    return tuple(
        _recorded(number, one)
        for number, one in enumerate(
            (*_numbers_and_words(), *_patches_and_links(), *_texts()), start=1
        )
    )


def _numbers_and_words() -> tuple[_Hazard, ...]:
    """Values that no enumeration and no order has; nothing examines these findings later."""
    last = 2**31 - 1
    return (
        _Hazard("static_analysis", "low", "A line of a megabyte", {"code_snippet": _long_line()}),
        _Hazard(
            "static_analysis",
            "critical",
            "Words that no enumeration has",
            {
                "status": "in_review<br>",
                "source": "oracle",
                "confidence": "92 %",
                "fix_type": "pray",
            },
        ),
        _Hazard("static_analysis", "", "No severity and no place", {"file_path": "", "source": ""}),
        _Hazard(
            "config_scan",
            "medium",
            "Lines that cannot be",
            {"line_start": -3, "line_end": last, "code_snippet": ""},
        ),
        _Hazard(
            "config_scan",
            "high",
            "A path that leaves the repository",
            {"file_path": "../../../../etc/passwd", "line_start": last},
        ),
        _Hazard(
            "config_scan",
            "low",
            "A path of another system",
            {"file_path": "\\\\evil.example\\share\\C:\\con.yaml", "line_end": None},
        ),
        _Hazard(
            "taint_analysis",
            "high",
            "Taint flow: request \u2192 SQL, end before start",
            {"line_start": 88, "line_end": 12, "cwe_id": "CWE-89: " + "SQL injection " * 20},
        ),
    )


def _patches_and_links() -> tuple[_Hazard, ...]:
    """Advice that is no diff, weaknesses that are no number, references that are no address."""
    return (
        _Hazard(
            "hunt",
            "medium",
            "A patch that is no diff",
            {"suggested_patch": NO_DIFF},
            task="Patches",
            diff=NO_DIFF,
        ),
        _Hazard(
            "hunt",
            "medium",
            "A patch that only begins as a diff",
            {"suggested_patch": BROKEN_DIFF, "cwe_id": "cwe_79 or so"},
            task="Patches, half",
            diff=BROKEN_DIFF,
        ),
        _Hazard("hunt", "high", "References", {"references_json": _references()}, task="Links"),
        _Hazard("hunt", "low", '=HYPERLINK("https://evil.example/","1")+cmd|\'/C calc\'!A0', {}),
        _Hazard("hunt", "low", "Save && &Quit %1 %s {0} {title!r} $HOME `id` %n", {}),
    )


def _texts() -> tuple[_Hazard, ...]:
    """Texts that are read as something else; in all fields, and in the execution log too."""
    return (
        _everywhere("critical", MARKUP),
        _everywhere("high", ESCAPES),
        _everywhere("high", SEPARATORS),
        _everywhere("medium", REVERSED),
        _everywhere("low", f"{EMOJI} {STACKED}"),
        _everywhere("medium", INVISIBLE),
        _everywhere("CATASTROPHIC <script>", "A severity\tof\ttheir\town\n\n\r\nin\nmany\nlines"),
        _everywhere(
            "high", "\u0627\u0644\u0633\u0644\u0629 123 \u05e1\u05dc \u0e01\u0e33 \u4e2d\u6587"
        ),
        _Hazard("hunt", "high", "A" * LONG_TITLE_BYTES, {}, task="B" * LONG_TITLE_BYTES),
        _Hazard("hunt", "medium", " \u00a0\u3000", {"description": "", "fix_summary": " "}),
    )


def _everywhere(severity: str, text: str) -> _Hazard:
    fields = {
        "file_path": f"web/{text}.ts",
        "description": f"{text}\n\n{text}",
        "code_snippet": f"const a = '{text}';\n{text}",
        "suggested_patch": text,
        "fix_type": text,
        "fix_summary": text,
        "cwe_id": text,
        "agent_reasoning": text,
        "references_json": (text, f"https://example.test/?q={text}"),
    }
    return _Hazard("hunt", severity, text, fields, task=text, poc=text)


def _references() -> tuple[str, ...]:
    return (
        "javascript:alert(document.cookie)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "see the wiki",
        "",
        "//evil.example/x",
        "https://harbor.example@evil.example/",
        "https://user:secret@evil.example:99999/",
        "https://h\u0430rbor.example/",
        "HTTPS://EXAMPLE.TEST/\u202efdp.exe",
        "https://example.test/" + "a" * 3000,
        "http://[::1",
    )


def _long_line() -> str:
    return f"export const blob = '{'0123456789abcdef' * (LONG_LINE_BYTES // 16)}';"


def _recorded(number: int, hazard: _Hazard) -> Recorded:
    ordinary: dict[str, Any] = {
        "source": "ai" if hazard.stage == "hunt" else "static",
        "confidence": "medium",
        "file_path": f"web/src/reviews/hazard{number}.ts",
        "line_start": number,
        "line_end": number + 1,
        "description": "A text that is hard to show.",
        "code_snippet": f"const hazard = {number};\nuse(hazard);",
        "cwe_id": "CWE-116",
        "fix_summary": "Show it as the text it is.",
        "references_json": ("https://cwe.mitre.org/data/definitions/116.html",),
        "fingerprint": hashlib.sha256(f"hazard {number}".encode()).hexdigest(),
    }
    finding = NewFinding(
        **{**ordinary, **hazard.fields}, severity=hazard.severity, title=hazard.title
    )
    return Recorded(
        finding,
        hazard.stage,
        hazard.task,
        diff=hazard.diff,
        poc_script=hazard.poc,
        poc_output=hazard.poc or "",
    )
