"""A server that does only what the published documentation says, to be tried by hand.

`python -m tests.documented_server --kind stream --story published`

It prints address, scan and token, one a line, plays its story once a stream is open, and ends by
Ctrl-C.
"""

import argparse
import signal
import sys
from contextlib import suppress

from tests.fakes.documented_server import TOKEN, DocumentedServer, Kind, Lack
from tests.fakes.documented_story import STORIES


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.documented_server", description=__doc__)
    parser.add_argument("--kind", choices=[kind.value for kind in Kind], default="stream")
    parser.add_argument("--story", choices=list(STORIES), default="published")
    parser.add_argument("--lack", choices=[lack.value for lack in Lack], default="json",
                        help="how it answers what it does not have")  # fmt: skip
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--prefix", default="", help="path before all routes, as /heimdall")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--pace", type=float, default=1.0, help="seconds between two steps")
    options = parser.parse_args()
    with (
        suppress(KeyboardInterrupt),
        DocumentedServer(
            Kind(options.kind),
            lack=Lack(options.lack),
            token=options.token,
            prefix=options.prefix,
            port=options.port,
        ) as server,
    ):
        sys.stdout.write(f"{server.url}\n{server.story.scan_id}\n{server.token}\n")
        sys.stdout.flush()
        server.story.patience_s = None
        server.story.until_listened()
        server.play(options.story, options.pace)
        signal.pause()


if __name__ == "__main__":
    main()
