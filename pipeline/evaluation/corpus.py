"""Keep what is derived from the marked-up articles of ``corpus/`` in step with them.

The gold files are the only source: their text without marks is the plain article that
``make extract`` reads, their digests show which gold a figure was measured on, and the
table of counts in the data card is made from them. Run
``python -m pipeline.evaluation.corpus corpus`` after changing or adding a gold file.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pipeline.gold import GoldDocument, read_gold

_SUFFIX: Final = ".gold.txt"
_BEGIN: Final = "<!-- counts: begin -->\n"
_END: Final = "<!-- counts: end -->\n"
#: The parts of the gold, each a folder.
PARTS: Final = ("train", "dev", "test", "hard")
#: What ``make extract`` reads: varied in subject, layout and script, and all of the
#: training part, so that nobody comes to know the development articles by their output.
PLAIN: Final = (
    *("c01", "c05", "c09", "c13", "c14"),
    *("d02", "d06", "d11"),
    *("f01", "f02", "f06", "f10"),
    *("g01", "g03", "g05", "g09"),
)


def plain_articles(corpus: Path) -> Mapping[str, str]:
    """Return the text of the articles that are also kept plain, by file name."""
    return {
        f"{name}.txt": document.text
        for name in PLAIN
        for document in read_gold(corpus / "gold" / "train" / f"{name}{_SUFFIX}")
    }


def digests(corpus: Path) -> Mapping[str, str]:
    """Return the SHA-256 of every gold file and plain article, by path."""
    return {
        file.relative_to(corpus).as_posix(): hashlib.sha256(
            file.read_bytes()
        ).hexdigest()
        for file in sorted(_files(corpus))
    }


def _files(corpus: Path) -> Iterator[Path]:
    yield from (corpus / "gold").rglob(f"*{_SUFFIX}")
    yield from (corpus / "articles").glob("*.txt")


def counts_table(corpus: Path) -> str:
    """Return what the gold holds, part by part, as a Markdown table."""
    counted = [_count(list(read_gold(corpus / "gold" / part))) for part in PARTS]
    names = dict.fromkeys(name for counts in counted for name in counts)
    rows = (
        f"| {name} | {' | '.join(f'{counts[name]:,}' for counts in counted)} |\n"
        for name in names
    )
    head = f"| | {' | '.join(PARTS)} |\n|---|{'---:|' * len(PARTS)}\n"
    return head + "".join(rows)


def _count(documents: list[GoldDocument]) -> Counter[str]:
    claims = [one for document in documents for one in document.attributions]
    labels = Counter(e.label for document in documents for e in document.entities)
    counts = Counter(
        {
            "articles": len(documents),
            "words": sum(len(document.text.split()) for document in documents),
            "claims": len(claims),
        }
    )
    for name in ("direct", "mixed", "indirect"):
        counts[f"– {name}"] = sum(one.type == name for one in claims)
    counts["– nested"] = sum(one.nested_in is not None for one in claims)
    counts["– negated"] = sum(bool(one.negated) for one in claims)
    counts["– without source"] = sum(one.source is None for one in claims)
    counts["content segments"] = sum(len(one.content) for one in claims)
    counts["further appearances"] = sum(len(one.appearances) for one in claims)
    counts["entities"] = sum(labels.values())
    counts.update({f"– {label}": labels[label] for label in sorted(labels)})
    counts["blocks"] = sum(len(document.blocks) for document in documents)
    return counts


def write(corpus: Path) -> None:
    """Write the plain articles, ``digests.json`` and the table in the data card.

    Plain articles that no gold file stands behind are removed.
    """
    articles = corpus / "articles"
    articles.mkdir(exist_ok=True)
    texts = plain_articles(corpus)
    for stray in {file.name for file in articles.glob("*.txt")} - set(texts):
        (articles / stray).unlink()
    for name, text in texts.items():
        # newline="": the text has the line ends of its gold file, to the character
        (articles / name).write_text(text, encoding="utf-8", newline="")
    listed = json.dumps(digests(corpus), indent=2)
    (corpus / "digests.json").write_text(listed + "\n", encoding="utf-8")
    card = corpus / "README.md"
    before, _, rest = card.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    table = _BEGIN + counts_table(corpus) + _END
    card.write_text(before + table + after, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
