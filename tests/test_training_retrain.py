"""``claims train`` from gold documents to a model that loads."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from click.testing import Result
from typer.testing import CliRunner

from pipeline.cli import app

pytestmark = pytest.mark.train

FIRST = "The pier will open in May, harbour master Edda Lund said on Friday.\n"
SECOND = "“We are short of drivers,” Tom Ashby told the committee.\n"


def gold(name: str, text: str, source: str, cue: str, content: str) -> str:
    def place(passage: str) -> list[int]:
        start = text.index(passage)
        return [start, start + len(passage)]

    claim = {
        "id": "1",
        "source": place(source),
        "cue": place(cue),
        "content": [place(content)],
    }
    document = {
        "id": name,
        "text": text,
        "layers": ["attributions"],
        "attributions": [claim],
    }
    return json.dumps(document) + "\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    first = gold(
        "1", FIRST, "harbour master Edda Lund", "said", "The pier will open in May"
    )
    second = gold("2", SECOND, "Tom Ashby", "told", "“We are short of drivers,”")
    path = tmp_path / "own.jsonl"
    path.write_text(first + second, encoding="utf-8")
    return path


def claims(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_shared_corpora_are_mixed_in_without_what_is_held_out(
    own: Path, tmp_path: Path
) -> None:
    from pipeline.gold import read_gold  # noqa: PLC0415
    from pipeline.training.held_out import split  # noqa: PLC0415
    from pipeline.training.plan import Retraining  # noqa: PLC0415
    from pipeline.training.retrain import gather_materials  # noqa: PLC0415

    # one of the recipe's corpora, and in it the same two articles
    shared = tmp_path / "corpora" / "re3d" / "train.jsonl"
    shared.parent.mkdir(parents=True)
    shared.write_bytes(own.read_bytes())
    learned, held_out = split(list(read_gold(own)), 0.2)
    plan = Retraining(gold=(own,), corpora=tmp_path / "corpora")
    mine, other = gather_materials(plan, learned, held_out)
    assert (mine.name, other.name) == ("own gold", "re3d")
    assert mine.share > other.share
    assert list(other.documents) == list(mine.documents) == learned


def test_a_folder_without_any_shared_corpus_is_refused(
    own: Path, tmp_path: Path
) -> None:
    out = tmp_path / "new"
    result = claims("train", own, "-o", out, "--corpora", tmp_path)
    assert result.exit_code == 2
    assert "none of the recipe's corpora" in result.stderr
    assert not out.exists()


@pytest.mark.slow
def test_a_model_is_retrained_measured_and_loads(own: Path, tmp_path: Path) -> None:
    out = tmp_path / "harbour"
    command = ("train", own, "-o", out, "--epochs", 1)
    result = claims(*command)
    assert result.exit_code == 0, result.output
    assert result.stdout == (out / "report.txt").read_text(encoding="utf-8")
    assert "documents learned from: 1\ndocuments held out: 1, with 1" in result.stdout
    assert "spans, cue, f1" in result.stdout

    nlp = spacy.load(out)
    assert nlp.meta["name"] == "harbour"
    doc = nlp(SECOND)
    assert [span.text for span in doc.spans["claims"]]
    article = tmp_path / "article.txt"
    article.write_text(FIRST, encoding="utf-8")
    extracted = claims("extract", article, "--model", out, "-o", "-")
    assert extracted.exit_code == 0, extracted.output
    assert json.loads(extracted.stdout)["producer"]["model"].startswith("en_harbour ")

    again = claims(*command)
    assert again.stdout == result.stdout
    assert "epoch" not in again.stderr
    other = claims(*command, "--seed", 2)
    assert other.exit_code == 2
    assert "other gold, weights or options" in other.stderr


@pytest.mark.slow
def test_an_interrupted_training_is_gone_on_with(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second of two epochs fails; the same command ends as an unbroken one."""
    from pipeline.training.loop import _Run  # noqa: PLC0415

    def command(name: str) -> Result:
        return claims("train", own, "-o", tmp_path / name, "--epochs", 2)

    whole = command("whole")
    with monkeypatch.context() as patched:
        patched.setattr(_Run, "one_epoch", _failing(_Run.one_epoch))
        assert isinstance(command("broken").exception, KeyboardInterrupt | SystemExit)
    assert not (tmp_path / "broken" / "config.cfg").exists()
    resumed = command("broken")
    assert "epoch 1" not in resumed.stderr
    assert "epoch 2 of 2" in resumed.stderr
    assert resumed.stdout == whole.stdout
    model = Path("news_encoder", "model.onnx")
    one, other = (
        (tmp_path / name / model).read_bytes() for name in ("whole", "broken")
    )
    assert one == other


def _failing(epoch: Callable[..., None]) -> Callable[..., None]:
    def one_epoch(run: object) -> None:
        if getattr(run, "epoch", 0) == 1:
            raise KeyboardInterrupt
        epoch(run)

    return one_epoch
