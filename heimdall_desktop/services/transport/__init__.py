"""HTTP clients, TLS and the bytes of event streams; only this package imports httpx."""

import sys
from importlib.util import find_spec
from typing import cast

# Where its parts are there, httpx loads a command line of its own: 90 modules that nothing here
# needs. It does without where they cannot be loaded.
cast("dict[str, object]", sys.modules).setdefault("httpx._main", None)
# httpcore tries to import sniffio on every request, and Python searches for it each time: 64 µs.
if find_spec("sniffio") is None:
    cast("dict[str, object]", sys.modules).setdefault("sniffio", None)
