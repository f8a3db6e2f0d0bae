"""Numbers with their nouns, for the summaries that commands print."""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, which takes an *s* unless there is one of it.

    >>> counted(1, "article"), counted(0, "rejected input"), counted(1200, "claim")
    ('1 article', '0 rejected inputs', '1200 claims')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
