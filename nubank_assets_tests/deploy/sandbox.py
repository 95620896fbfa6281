"""Run a program as Lambda does: every file system read-only, and a /tmp of its own with so much room. Linux only.

`unshare --mount python sandbox.py MEGABYTES PROGRAM …` (as root; else with `--user --map-root-user`). It only uses the
standard library: it runs in the Python of the functions' image, before anything else does.
"""

import ctypes
import os
import sys
from typing import Final

_MOUNT_SETATTR: Final = 442
_HERE: Final = -100
_RECURSIVE: Final = 0x8000
_PRIVATE: Final = 1 << 18
_READ_ONLY: Final = 1


def main() -> None:
    """Close everything, open /tmp, become the program."""
    megabytes, *command = sys.argv[1:]
    libc = ctypes.CDLL(None, use_errno=True)
    attributes = (ctypes.c_uint64 * 4)(_READ_ONLY, 0, _PRIVATE, 0)
    _check(libc.syscall(_MOUNT_SETATTR, _HERE, b"/", _RECURSIVE, attributes, ctypes.sizeof(attributes)))
    _check(libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, f"size={megabytes}m".encode()))
    os.chdir("/tmp")
    os.execv(command[0], command)


def _check(answer: int) -> None:
    if answer:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


main()
