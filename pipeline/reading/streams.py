"""Open files, packed or not, and read no more of them than an article may have.

Reach for :func:`unpacked` to get a stream of plain bytes, and for :func:`read_all` to
get its bytes. A packed file of a few bytes may unpack to gigabytes, so both work bit by
bit; what is damaged raises a :class:`CorruptFileError`.
"""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import IO, TYPE_CHECKING, Final, cast

from pipeline.reading.kinds import Packing, packing_of_bytes
from pipeline.reading.problems import CorruptFileError, TooLongError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_HEAD: Final = 4_096
_STEP: Final = 1 << 16
#: A sip unpacks to no more than some megabytes, whatever is in it.
_SIP: Final = 256


def buffered(stream: IO[bytes]) -> io.BufferedReader:
    """Return a stream whose beginning can be looked at."""
    return io.BufferedReader(cast("io.RawIOBase", stream))


def head_of(stream: io.BufferedReader, source: str) -> bytes:
    """Return the beginning of a stream, which stays to be read.

    Raises :class:`CorruptFileError` for a packed stream that is damaged right there.
    """
    with corruption(source):
        return stream.peek(_HEAD)[:_HEAD]


def unpacked(stream: io.BufferedReader, source: str) -> io.BufferedReader:
    """Return a stream of what a packed file holds; any other stream as it is."""
    packing = packing_of_bytes(head_of(stream, source))
    with corruption(source):
        return buffered(_unpack(stream, packing)) if packing else stream


def _unpack(stream: IO[bytes], packing: Packing) -> IO[bytes]:
    if packing == "gzip":
        return cast("IO[bytes]", _Gunzip(stream))
    return cast("IO[bytes]", _Unzstd(stream))


class _Gunzip(io.RawIOBase):
    """What a gzip stream holds; what stands before damage is handed out first.

    The library's own reader throws away what it had unpacked when it meets damage.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._file = gzip.GzipFile(fileobj=stream)

    def readable(self) -> bool:
        """Tell that the stream can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill the buffer as far as may be; 0 at the end."""
        room = memoryview(buffer)
        data = self._file.read1(len(room))
        room[: len(data)] = data
        return len(data)


class _Unzstd(io.RawIOBase):
    """What a Zstandard stream holds; one that is cut off raises ``EOFError``.

    The library's own reader takes a stream that is cut off for one that ends.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._zstandard = import_module("zstandard")
        self._frame = self._zstandard.ZstdDecompressor().decompressobj()
        self._waiting = memoryview(b"")
        self._begun = False

    def readable(self) -> bool:
        """Tell that the stream can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill the buffer as far as may be; 0 at the end."""
        while not self._waiting:
            packed = self._frame.unused_data or self._stream.read(_SIP)
            if not packed:
                if self._begun and not self._frame.eof:
                    raise EOFError("the end is missing")
                return 0
            if self._frame.eof:
                self._frame = self._zstandard.ZstdDecompressor().decompressobj()
            self._begun = True
            self._waiting = memoryview(self._frame.decompress(packed))
        room = memoryview(buffer)
        count = min(len(room), len(self._waiting))
        room[:count] = self._waiting[:count]
        self._waiting = self._waiting[count:]
        return count


def read_all(stream: IO[bytes], source: str, *, most: int, what: str) -> bytes:
    """Read a stream to its end.

    Raises :class:`TooLongError` behind ``most`` bytes, in words given by ``what``.
    """
    with corruption(source):
        data = b"".join(_steps(stream, most + 1))
    if len(data) > most:
        raise TooLongError(source, f"has more than {what}", "split it into articles")
    return data


def _steps(stream: IO[bytes], most: int) -> Iterator[bytes]:
    while most > 0 and (data := stream.read(min(_STEP, most))):
        yield data
        most -= len(data)


class Watched:
    """A stream that ends where it is damaged, and then knows its ``damage``.

    Reach for it to hand a stream to a library that takes damage for the end.
    """

    def __init__(self, stream: io.BufferedReader, source: str) -> None:
        self.damage: CorruptFileError | None = None
        self._stream = stream
        self._source = source

    def read(self, size: int = -1) -> bytes:
        """Return what one step gives, no more than ``size`` bytes."""
        if self.damage:
            return b""
        try:
            with corruption(self._source):
                return self._stream.read1(size)
        except CorruptFileError as error:
            self.damage = error
            return b""


@contextmanager
def corruption(source: str) -> Iterator[None]:
    """Turn what unpacking raises for damaged data into the error of an input."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _corrupt(source, error) from error
    except Exception as error:
        if type(error).__name__ == "ZstdError":
            raise _corrupt(source, error) from error
        raise


def _corrupt(source: str, error: Exception) -> CorruptFileError:
    problem = f"is damaged or cut off ({error})"
    return CorruptFileError(source, problem, "pack it again from its original")
