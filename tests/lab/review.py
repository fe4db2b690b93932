"""A repository that was scanned, decided and scanned again after an edit: `… tests.lab review`.

To try the review of carried decisions by hand, and for tests of it: which finding is which is known
(`edits.Edited`).
"""

import argparse
import json
import random
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn

from heimdall_desktop.local.past_scan import BEGAN_AGO, write_past_scan
from heimdall_desktop.local.rows import RepoId, ScanId
from heimdall_desktop.local.steps import Decided, Recording
from tests.lab.decided_findings import decisions
from tests.lab.edits import Edited, edited
from tests.lab.recorded_findings import recorded_findings
from tests.lab.recorded_stages import RecordedRun
from tests.lab.server import A_WHILE_S, LabServer, leave

EMAIL, PASSWORD = "me@example.test", "long enough"
REPOSITORY = "harbor-kiosk"
LATER_BEGAN_AGO = timedelta(hours=2)
_COMMIT = "2f7d90c1be3a4586d0917e2b6c53fa8840de1b97"


@dataclass(frozen=True, slots=True)
class Review:
    """Two ended scans of one repository.

    Attributes:
        scans: the truth of what is the same finding.
        decided: what people did with the findings of the earlier one.
    """

    repo_id: RepoId
    earlier: ScanId
    later: ScanId
    scans: Edited
    decided: tuple[Decided, ...]


def review_repository(
    server: LabServer, owner: str, findings: int = 200, decided: int = 150, seed: str = "review"
) -> Review:
    """Make a repository of an account with two scans, the earlier one decided.

    Args:
        server: has no such repository of the account yet.
        owner: e-mail address of an account.
        findings: how many the earlier scan has, at most 300.
        decided: how many of them people decided.
        seed: makes it another one.

    Raises:
        LookupError: there is no such account.
        ValueError: not so many findings can be decided.
    """
    chance, known = random.Random(seed), recorded_findings()
    places = sorted(chance.sample(range(len(known)), findings))
    before = RecordedRun([known[place] for place in places], 0.5, seed)
    scans = edited(before, seed)
    done = decisions(scans, decided, seed)
    fingerprints = {each.fingerprint for each in done}
    run = scans.run(0.5, f"{seed} later", fingerprints, commit=_COMMIT)
    repo_id = server.add_scripted_repo(REPOSITORY, owner)
    repo = server.database.repo(repo_id)
    assert repo is not None
    people = (repo.user_id, server.add_colleague())
    first = Recording("earlier", REPOSITORY, (before.stages(),))
    second = Recording("later", REPOSITORY, (run.stages(),))
    return Review(
        repo_id,
        write_past_scan(server.path, repo_id, first, people, done, BEGAN_AGO),
        write_past_scan(server.path, repo_id, second, people, began_ago=LATER_BEGAN_AGO),
        scans,
        done,
    )


def main(arguments: Sequence[str]) -> NoReturn:
    """Run a server with such a repository until a signal ends it."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.lab review",
        description="A server with a repository that was scanned, decided and scanned again after "
        "an edit. It prints how to open the later scan; end it with Ctrl-C.",
    )
    add = parser.add_argument
    add("--port", type=int, default=0, help="0 for any free one")
    add("--findings", type=int, default=200, help="of the earlier scan, at most 300")
    add("--decided", type=int, default=150, help="how many of them people decided")
    add("--seed", default="review", help="another word makes another repository")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    with LabServer(port=options.port, has_controls=True) as server:
        server.add_account(EMAIL, PASSWORD)
        made = review_repository(server, EMAIL, options.findings, options.decided, options.seed)
        token = server.new_session(EMAIL)
        known = {"url": server.url, "email": EMAIL, "password": PASSWORD, "token": token}
        scans = {"repo_id": made.repo_id, "earlier": made.earlier, "later": made.later}
        sys.stdout.write(
            f"{json.dumps(known | scans)}\n"
            f"HEIMDALL_TOKEN={token} python -m heimdall_desktop --temp-profile"
            f" --server {server.url} --watch {made.later}\n"
        )
        sys.stdout.flush()
        while True:
            time.sleep(A_WHILE_S)
