"""The embedded server leaves no memory behind and lets no other process look into its own."""

import subprocess
import sys

import pytest

PROGRAM = """
import ctypes, resource
from heimdall_desktop.local.contained import hide_memory
resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
hide_memory()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_memory_is_written_to_no_disk_and_read_by_no_other() -> None:
    told = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True)
    assert told.stdout == b"(0, 0) 0\n"
