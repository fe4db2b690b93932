"""Chooses the plan for a repository, and creates the worker that carries plans out."""

import os
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit
from urllib.request import url2pathname

from heimdall_desktop.local.broadcaster import Broadcaster
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.folder_plan import FolderPlan
from heimdall_desktop.local.recording import RecordingPlan, ReplayClock, recording
from heimdall_desktop.local.rows import RepoRow
from heimdall_desktop.local.steps import Failure, Plan, Step
from heimdall_desktop.local.worker import Worker

_RECORDING = "recording:"


class HopelessPlan:
    """Fails in its first stage, for a repository that this server cannot scan."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    async def steps(self, stage: str, attempt: int) -> AsyncGenerator[Step, None]:
        """Yield the reason."""
        yield Failure(self._reason)


def plan_of(repo: RepoRow) -> Plan:
    """Return how a repository is scanned, by the scheme of its address."""
    address = repo.remote_url or ""
    if is_folder(address):
        return FolderPlan(folder_of(address))
    if is_replay(repo):
        return _replay(address.removeprefix(_RECORDING))
    return HopelessPlan("Only local folders (file:///…) can be scanned here.")


def is_replay(repo: RepoRow) -> bool:
    """Return whether scanning a repository only replays a recording."""
    return (repo.remote_url or "").startswith(_RECORDING)


def _replay(name: str) -> Plan:
    try:
        return RecordingPlan(recording(name))
    except LookupError as error:
        return HopelessPlan(f"Nothing to replay: {error.args[0]}.")


def is_folder(address: str) -> bool:
    """Return whether an address is scanned as a local folder."""
    return address.lower().startswith("file:")


def folder_of(address: str) -> Path:
    """Return the folder of a `file:` address, with odd bytes unchanged."""
    path = urlsplit(address).path
    if sys.platform == "win32":
        return Path(url2pathname(path))
    return Path(os.fsdecode(unquote_to_bytes(path)))


def pipeline_worker(
    database: Database, broadcaster: Broadcaster, speed: float, **options: Any
) -> Worker:
    """Create the worker of a server. Replays run at once, folders when there is capacity.

    Args:
        database: contains the scans.
        broadcaster: sends their events.
        speed: recorded seconds per real second; 0 for as fast as possible.
        options: others of `Worker`.
    """
    return Worker(
        database, broadcaster, plan_of, is_light=is_replay, pace=ReplayClock(speed), **options
    )
