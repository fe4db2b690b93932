"""What the history of a program holds, while the program runs or after."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

LOOK_S, LIMIT_S = 0.05, 30.0


def kept_ids(profile: Path) -> set[str]:
    """The findings in the history of a profile."""
    try:
        uri = f"{(profile / 'heimdall.sqlite3').as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            query = "SELECT key FROM facts WHERE kind = 'finding'"
            return {row for (row,) in connection.execute(query)}
    except sqlite3.OperationalError:  # it is not there yet
        return set()


def until_kept(profile: Path, count: int) -> None:
    """Wait until a history has so many findings."""
    deadline = time.monotonic() + LIMIT_S
    while len(kept_ids(profile)) < count:
        assert time.monotonic() < deadline, "nothing is kept"
        time.sleep(LOOK_S)
