"""Tell what a page says about the writer from what the story says about others.

Under a story stands who wrote it: "Ann Lee is a reporter who …". It is told by its
place, among the last paragraphs, and by the name in the byline.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from pipeline.stages.blocks.phrases import SPOKEN
from pipeline.stages.blocks.pieces import Piece
from pipeline.stages.blocks.prose import words_of
from pipeline.stages.blocks.verdicts import Verdict

#: So many pieces at the end of the story may be about its writer.
_LAST: Final = 4
_VERBS: Final = frozenset({"covers", "has", "is", "reports", "was", "writes"})
#: First name and surname.
_NAME: Final = 2

_ABOUT: Final = Verdict("furniture", "about the writer")


def label_writers(
    pieces: Sequence[Piece], story: range, verdicts: Mapping[int, Verdict]
) -> dict[int, Verdict]:
    """Return verdicts on the paragraphs about the writer, and on the name above one."""
    names = set(_names(pieces, verdicts))
    about: dict[int, Verdict] = {}
    for index in story[-_LAST:] if names else ():
        words = words_of(pieces[index].text)
        if (
            verdicts[index].label == "body"
            and words[:_NAME] in names
            and words[_NAME : _NAME + 1]
            and words[_NAME] in _VERBS
            and not SPOKEN.search(pieces[index].text)
        ):
            about[index] = _ABOUT
            if words_of(pieces[index - 1].text) == words[:_NAME]:
                about[index - 1] = _ABOUT
    return about


def _names(
    pieces: Sequence[Piece], verdicts: Mapping[int, Verdict]
) -> Iterator[tuple[str, ...]]:
    """Yield each pair of capitalised words in the bylines."""
    for index, verdict in verdicts.items():
        if verdict.label == "byline":
            for pair in pairwise(words_of(pieces[index].text)):
                if all(word[0].isupper() for word in pair):
                    yield pair
