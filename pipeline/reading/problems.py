"""What can be wrong with an input, one class each; the name goes into the rejection.

All are :class:`pipeline.errors.UnreadableInputError`, so that a caller of
:func:`pipeline.reading.from_text` can catch them together.
"""

from pipeline.errors import UnreadableInputError
from pipeline.records import Rejection


class MissingPathError(UnreadableInputError):
    """The path does not exist."""


class UnreadablePathError(UnreadableInputError):
    """The path exists but the system does not let us read it, or it is no file."""


class NoArticlesError(UnreadableInputError):
    """The folder, or the file of records, holds nothing to read."""


class UnsupportedFormatError(UnreadableInputError):
    """The file's kind is known not to be readable here."""


class BinaryInputError(UnreadableInputError):
    """The bytes are no text."""


class UndecodableTextError(UnreadableInputError):
    """The bytes look like text in no encoding that can be told for certain."""


class EmptyTextError(UnreadableInputError):
    """There is nothing but white space."""


class TooLongError(UnreadableInputError):
    """The text is longer than one article may be."""


class LoneSurrogateError(UnreadableInputError):
    """The text holds half a character, which no file can store."""


class BadRecordError(UnreadableInputError):
    """The line is no JSON object, or lacks the text."""


class CorruptFileError(UnreadableInputError):
    """The file is damaged, or no file of the kind that it should be."""


class MissingReaderError(UnreadableInputError):
    """The library that reads such files comes with an extra that is not installed."""


class DuplicateInputError(UnreadableInputError):
    """The same text came from the same source before."""


def reject(error: UnreadableInputError) -> Rejection:
    """Write a problem down as a rejection, with its next step."""
    return Rejection(
        source=error.source,
        stage="read",
        error=type(error).__name__,
        message=f"{error.problem}; {error.advice}",
    )
