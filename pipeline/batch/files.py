"""Files that appear whole or not at all.

A run writes to temporary files beside their final places and moves them there together
at the end. Whatever happens before, the finals of an earlier run stay as they were.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from pipeline.errors import UnwritableFolderError


@contextmanager
def whole_files(
    folder: Path, names: Sequence[str]
) -> Iterator[Mapping[str, IO[bytes]]]:
    """Open files for writing that take their final names when the block ends well.

    The last name vouches for the others: an earlier file of that name goes before the
    first of the others is replaced, and it appears after them all. When the block
    raises, all that was written is dropped. Raises
    :class:`pipeline.errors.UnwritableFolderError` where the folder takes no files.
    """
    with ExitStack() as dropped:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            files = {
                name: dropped.enter_context(_temporary(folder, name)) for name in names
            }
        except OSError as error:
            problem = error.strerror or str(error)
            raise UnwritableFolderError(str(folder), problem) from error
        yield files
        for file in files.values():
            file.flush()
            os.fsync(file.fileno())
        (folder / names[-1]).unlink(missing_ok=True)
        for name, file in files.items():
            Path(file.name).replace(folder / name)


@contextmanager
def _temporary(folder: Path, name: str) -> Iterator[IO[bytes]]:
    """Open a file in the same folder, for a move across devices is no single step."""
    with NamedTemporaryFile(
        dir=folder, prefix=f".{name}.", suffix=".part", delete=False
    ) as file:
        # temporary files are private to their owner; what is finished is not
        Path(file.name).chmod(0o666 & ~_umask())
        try:
            yield file
        finally:
            Path(file.name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
