"""Runs a program that may make no namespaces, as on hardened systems: `no_namespaces.py COMMAND…`.

Source: seccomp(2); linux/filter.h.
"""

import ctypes
import errno
import os
import platform
import struct
import sys

#: The number of the system call `unshare`, by machine.
UNSHARE = {"x86_64": 272, "aarch64": 97}.get(platform.machine())

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM


def main() -> None:
    """Forbid namespaces to this process and become the program."""
    steps = ((_LOAD, 0, 0, 0), (_JUMP_IF_EQUAL, 0, 1, UNSHARE))
    ends = ((_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *s) for s in steps + ends))
    filters = ctypes.create_string_buffer(struct.pack("HP", 4, ctypes.addressof(code)))
    control = ctypes.CDLL(None, use_errno=True).prctl
    for arguments in (
        (_NO_NEW_PRIVILEGES, 1, 0, 0, 0),
        (_SET_SECCOMP, _FILTER, ctypes.c_void_p(ctypes.addressof(filters)), 0, 0),
    ):
        if control(*arguments):
            raise OSError(ctypes.get_errno(), "no filter of system calls can be set")
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main()
