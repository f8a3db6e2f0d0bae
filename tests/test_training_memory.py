"""The training process keeps the memory that its tensors leave."""

import ctypes
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from pipeline.training.memory import keep_memory

#: Takes and leaves what a large tensor takes, twice: how many pages were new?
PAGES = """
import resource, sys
import numpy as np
from pipeline.training.memory import keep_memory

if sys.argv[1] == "keep":
    assert keep_memory()

def pages():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    np.ones(64 << 20, dtype=np.int8)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

pages()
print(pages() * resource.getpagesize())
"""


def is_glibc() -> bool:
    return "CS_GNU_LIBC_VERSION" in getattr(os, "confstr_names", ())


def fresh_bytes(mode: str) -> int:
    command = [sys.executable, "-c", PAGES, mode]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.skipif(not is_glibc(), reason="only glibc gives memory back so eagerly")
def test_what_was_freed_is_used_again() -> None:
    assert fresh_bytes("keep") < 1 << 20


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace())
    assert not keep_memory()
