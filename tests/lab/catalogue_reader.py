"""Reads the catalogue of the invented shop: its findings, its packages, its threat model.

In a case `<<noun>>`, `<<nouns>>` and `<<Noun>>` stand for a thing of the shop; a case is copied
for several of them.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).parent / "catalogue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A kind of problem, with the code that has it."""

    id: str
    copies: int
    severities: list[str]
    """Taken in turn by the copies."""
    cwe: str
    title: str
    file: str
    code: str
    description: str
    fix_summary: str
    stage: str | None = None
    confidence: str | None = None
    fix_type: str | None = None
    fixed: str = ""
    """The code as it should be; without it there is no patch."""
    reasoning: str = ""
    surface: str = ""
    """What the hunt was looking at."""
    endpoint: str = ""
    exposure: str = ""
    """What makes the surface worth a place in the threat model; most have none."""
    poc: str = ""
    poc_output: str = ""
    ends_before_start: bool = False
    """Whether the sink of a flow stands above its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package that does not exist, with an advisory that does not either."""

    ecosystem: str
    name: str
    installed: str
    declared: str
    fixed: list[str]
    advisory: str
    alias: str
    severity: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The threat model of the invented shop, but for its surfaces."""

    summary: str
    boundaries: tuple[dict[str, str], ...]
    data_flows: tuple[dict[str, str], ...]


def read_cases(name: str) -> list[Case]:
    """Return the cases of one file of the catalogue: `ai`, `static` or `config`."""
    return [Case(**case) for case in _read(name)["case"]]


def read_packages() -> list[Package]:
    """Return the packages of the catalogue."""
    return [Package(**package) for package in _read("dependencies")["package"]]


def read_threat_model() -> Shop:
    """Return what every threat model says of the shop."""
    read = _read("threat_model")
    return Shop(
        summary=read["summary"].strip("\n"),
        boundaries=tuple(read["boundary"]),
        data_flows=tuple(read["flow"]),
    )


def with_noun(text: str, noun: str) -> str:
    """Put a noun into the text of a case."""
    text = text.replace("<<nouns>>", f"{noun}s").replace("<<noun>>", noun)
    return text.replace("<<Noun>>", noun.capitalize()).strip("\n")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((CATALOGUE / f"{name}.toml").read_text("utf-8"))
