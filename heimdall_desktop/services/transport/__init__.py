"""HTTP clients, TLS and the bytes of event streams; only this package imports httpx."""

import sys
from importlib.util import find_spec
from typing import cast

# If its parts are installed, httpx loads its own command line: 90 modules that nothing here needs.
# It works without them.
cast("dict[str, object]", sys.modules).setdefault("httpx._main", None)
# httpcore tries to import sniffio on every request, and Python searches for it each time: 64 µs.
if find_spec("sniffio") is None:
    cast("dict[str, object]", sys.modules).setdefault("sniffio", None)
