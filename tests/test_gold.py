"""Reading gold documents: the format, and every way of breaking it by name."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import BadGoldError
from pipeline.gold import from_json, read_gold
from pipeline.records import Span

_MINIMAL = {"id": "made/1", "text": "Ann Reed said no."}
_CLAIM = {"id": "1", "source": [0, 8], "cue": [9, 13], "content": [[14, 16]]}


def test_what_is_left_out_is_empty_or_unknown() -> None:
    document = from_json(_MINIMAL, "made")
    assert (document.layers, document.entities, document.title) == (
        frozenset(),
        (),
        None,
    )


def test_everything_is_typed() -> None:
    speaker = {"kind": "person", "name": "Ann Reed"}
    data = {
        **_MINIMAL,
        "layers": ["entities"],
        "partial_labels": ["ROLE"],
        "entities": [{"start": 0, "end": 8, "label": "PERSON"}],
        "attributions": [{**_CLAIM, "speaker": speaker, "unknown": ["cue"]}],
        "clusters": [[[0, 3], [4, 8]]],
        "distinct": [[[0, 3], [9, 13]]],
        "sentences": [[0, 17]],
        "blocks": [{"start": 0, "end": 17, "label": "body"}],
    }
    document = from_json(data, "made")
    (claim,) = document.attributions
    assert claim.source == Span(start=0, end=8)
    assert claim.speaker
    assert (claim.speaker.name, claim.speaker.party) == ("Ann Reed", None)
    assert claim.unknown == {"cue"}
    assert document.distinct == ((Span(start=0, end=3), Span(start=9, end=13)),)
    assert document.partial_labels == {"ROLE"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": None}, "text is no string"),
        ({"entities": [{"start": 0, "end": 18, "label": "ORG"}]}, "does not fit"),
        ({"entities": [{"start": 3, "end": 3, "label": "ORG"}]}, "does not fit"),
        ({"entities": [{"start": 0, "end": 3, "label": "GPE"}]}, "unknown label 'GPE'"),
        ({"labels": ["GPE"]}, "unknown label 'GPE'"),
        ({"blocks": [{"start": 0, "end": 3, "label": "menu"}]}, "unknown label 'menu'"),
        ({"sentences": [[0, 99]]}, "does not fit"),
        ({"clusters": [[[0, 99]]]}, "does not fit"),
        ({"attributions": [{**_CLAIM, "cue": [9, 99]}]}, "does not fit"),
        ({"attributions": [{**_CLAIM, "content": []}]}, "claim 1: no content"),
        ({"attributions": [{**_CLAIM, "content": [[3]]}]}, "breaks the format"),
        ({"attributions": [{**_CLAIM, "type": "spoken"}]}, "unknown label 'spoken'"),
        ({"attributions": [{**_CLAIM, "nested_in": "7"}]}, "nested in '7'"),
        ({"attributions": [{**_CLAIM, "nested_in": "1"}]}, "nested in '1'"),
        ({"attributions": [_CLAIM, _CLAIM]}, "the same id"),
        ({"attributions": [{**_CLAIM, "speaker": {"kind": "man"}}]}, "kind 'man'"),
        ({"attributions": [{**_CLAIM, "speaker": {"post": "x"}}]}, "breaks the format"),
    ],
)
def test_a_broken_document_is_refused_by_name(
    changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadGoldError, match=r"^made: ") as refused:
        from_json({**_MINIMAL, **changes}, "made")
    assert words in str(refused.value)


def test_lines_of_a_file_are_named_by_their_number(tmp_path: Path) -> None:
    path = tmp_path / "made.jsonl"
    path.write_text(json.dumps(_MINIMAL) + "\n{\n", encoding="utf-8")
    with pytest.raises(BadGoldError, match=r"made\.jsonl:2: is no JSON object"):
        list(read_gold(path))


def test_a_folder_gives_its_files_by_name(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/1.jsonl", "a.jsonl"):
        line = json.dumps(_MINIMAL | {"id": name})
        (tmp_path / name).write_text(line + "\n", encoding="utf-8")
    assert [document.id for document in read_gold(tmp_path)] == ["a.jsonl", "b/1.jsonl"]


def test_an_empty_folder_and_a_missing_path_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadGoldError, match="holds no"):
        list(read_gold(tmp_path))
    with pytest.raises(BadGoldError, match="does not exist"):
        list(read_gold(tmp_path / "none"))


def test_line_ends_of_a_marked_up_file_count_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "m.gold.txt"
    body = "@@body\r\nOne.\r\n⦃Ann|PERSON⦄ left."
    path.write_text(
        f'{body}\n=====\n{{"id": "m", "claims": {{}}}}', encoding="utf-8", newline=""
    )
    (document,) = read_gold(path)
    assert document.text == "One.\r\nAnn left.\n"
    assert document.entities[0].of(document.text) == "Ann"
