"""The whole way of ``claims evaluate``: paths and a spaCy pipeline in, a report out."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline import layers
from pipeline.errors import BadGoldError
from pipeline.evaluation import evaluate, weights_digest
from pipeline.evaluation.reading import join
from pipeline.gold import read_gold
from pipeline.records import (
    Attribution,
    Claim,
    Confidence,
    ContentSegment,
    Context,
    CueSpan,
    DocumentRef,
    Producer,
    SaidOn,
    Span,
    Speaker,
)

_MARKED = """\
@@body
⟦s1 ⦃Ann Reed|PERSON⦄⟧ ⟦c1 said⟧ ⟦q1 the bridge was safe⟧.
=====
{"id": "made/1", "claims": {"1": {"type": "indirect", "speaker":
 {"kind": "person", "name": "Ann Reed"}}}}
"""


@pytest.fixture
def gold_file(tmp_path: Path) -> Path:
    path = tmp_path / "m01.gold.txt"
    path.write_text(_MARKED, encoding="utf-8")
    return path


@pytest.fixture
def nlp() -> Language:
    """Return a pipeline whose only stage knows where the content stands."""

    @Language.component("test_contents")
    def contents(doc: Doc) -> Doc:
        end = doc.text.index(".")
        attribution = Attribution(
            id="1",
            content=(Span(start=14, end=end),),
            cue=Span(start=9, end=13),
            source=Span(start=0, end=8),
        )
        layers.ATTRIBUTIONS.set(doc, [attribution])
        return doc

    nlp = spacy.blank("en")
    nlp.add_pipe("test_contents")
    return nlp


def claim_of(attribution: Attribution, **changes: object) -> Claim:
    ref = DocumentRef(
        id="d_1",
        source="made",
        title=None,
        url=None,
        published=None,
        sha256="",
        media_type="text/plain",
    )
    content = tuple(
        ContentSegment(start=s.start, end=s.end, exact="", quoted="not")
        for s in attribution.content
    )
    cue = attribution.cue
    values = {
        "id": "c_1",
        "document": ref,
        "type": "indirect",
        "text": "",
        "content": content,
        "cue": cue and CueSpan(start=cue.start, end=cue.end, exact="", lemma="say"),
        "source": None,
        "speaker": Speaker(),
        "force": "state",
        "negated": False,
        "nested_in": None,
        "said_on": SaidOn(edtf=None, earliest=None, latest=None, basis="none"),
        "context": Context(
            prefix="", suffix="", block="body", sentence=attribution.content[0]
        ),
        "confidence": Confidence(content=1.0, speaker=0.7),
        "reason": "",
        "producer": Producer(name="made", version="0", model="made"),
    }
    return Claim(**values | changes)


def test_a_file_a_folder_and_a_document_score_alike(
    gold_file: Path, nlp: Language
) -> None:
    (document,) = read_gold(gold_file)
    reports = [
        evaluate([item], nlp) for item in (gold_file, gold_file.parent, document)
    ]
    assert reports[0] == reports[1] == reports[2]
    figures = reports[0].figures()
    assert figures["claims.whole_exact.f1"] == 100
    assert figures["entities.PERSON.recall"] == 0
    assert figures["speakers.person.abstained"] == 100
    assert (reports[0].documents, reports[0].claims) == (1, 1)


def test_figures_do_not_depend_on_batches_or_order(
    gold_file: Path, nlp: Language
) -> None:
    (document,) = read_gold(gold_file)
    other = gold_file.with_name("m02.gold.txt")
    other.write_text(_MARKED.replace("bridge", "old bridge"), encoding="utf-8")
    paths = [gold_file, other]
    one = evaluate(paths, nlp, batch_size=1)
    assert one == evaluate(paths, nlp, batch_size=8)
    assert one.figures() == evaluate(paths[::-1], nlp).figures()
    assert one.gold != evaluate([document], nlp).gold


def test_the_digest_of_gold_is_the_same_in_every_process(
    gold_file: Path, nlp: Language
) -> None:
    digest = evaluate([gold_file], nlp).gold
    assert digest == (
        "245d7b451bfb17869e6bdce9ad56a6024e0c3466c69bd4ecce970295d0cdaa79"
    )


def test_text_and_json_come_out(gold_file: Path, nlp: Language) -> None:
    report = evaluate([gold_file], nlp)
    assert "Spans of outer claims" in report.to_text()
    assert json.loads(report.to_json())["scores"]["spans"]["cue"]["f1"] == 100


def test_broken_gold_is_refused_by_name(tmp_path: Path, nlp: Language) -> None:
    with pytest.raises(BadGoldError, match="does not exist"):
        evaluate([tmp_path / "none.jsonl"], nlp)


def test_a_claim_is_joined_to_its_attribution_by_contents_and_cue() -> None:
    content, cue = (Span(start=14, end=20),), Span(start=9, end=13)
    one = Attribution(id="1", content=content, cue=cue)
    other = Attribution(id="2", content=content)
    speaker = Speaker(kind="person", name="Ann Reed")
    claims = [claim_of(one, speaker=speaker, negated=True)]
    first, second = join([one, other], claims)
    assert (first.speaker, first.negated) == (speaker, True)
    assert first.speaker_confidence == 0.7
    assert (second.speaker, second.speaker_confidence) == (Speaker(), None)


def test_weights_are_digested_where_the_pipeline_was_loaded_from(
    tmp_path: Path, nlp: Language
) -> None:
    assert weights_digest(nlp) is None
    spacy.blank("en").to_disk(tmp_path)
    (tmp_path / "encoder").mkdir()
    (tmp_path / "encoder" / "model.onnx").write_bytes(b"made")
    first = weights_digest(spacy.load(tmp_path))
    (tmp_path / "encoder" / "model.onnx").write_bytes(b"other")
    assert first
    assert first != weights_digest(spacy.load(tmp_path))
