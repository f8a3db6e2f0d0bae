"""How the process that trains keeps the memory that its tensors leave.

Tensors of some megabytes come and go in every step. By default the C library of most
Linux systems hands each back to the kernel and asks for it anew, page by page.
"""

import ctypes
import sys
from typing import Final

#: Numbers of the settings and their values, from glibc's ``malloc.h``: no tensor is
#: mapped by itself, the heap never shrinks, and all threads share one.
_SETTINGS: Final = (
    (-4, 0),  # M_MMAP_MAX
    (-1, -1),  # M_TRIM_THRESHOLD
    (-2, 64 << 20),  # M_TOP_PAD
    (-8, 1),  # M_ARENA_MAX
)


def keep_memory() -> bool:
    """Let the process keep what it frees; return whether the C library can do that.

    Elsewhere than on glibc nothing happens. It holds until the process ends, so that
    its memory stays as large as it ever was.
    """
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None)
    if not hasattr(library, "gnu_get_libc_version"):
        return False
    done = [library.mallopt(name, value) for name, value in _SETTINGS]
    return all(done)
