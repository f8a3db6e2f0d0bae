"""From trained weights to a model package that ``spacy.load`` reads."""

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

import spacy
from spacy.language import Language
from spacy.util import load_config

from pipeline.assembly import STAGES, build
from pipeline.producer import installed_version
from pipeline.stages.encoder.component import MODEL_FILE, TOKENIZER_FILE
from pipeline.training.export import export
from pipeline.training.start import load_start, read_weights

_ENCODER: Final = "news_encoder"
_CONFIG: Final = "config.cfg"


def write_package(weights: Path, folder: Path, *, quantise: bool = True) -> None:
    """Write weights of a training run as the model package in ``folder``.

    What stands there of an older model is replaced, whole or not at all a file; its
    settings go over into the new one, and other files (``__init__.py``, the card, the
    licence) are left alone. ``quantise`` False keeps full precision, four times as
    large.
    """
    _, tokenizer = load_start(dropout=0.0)
    with tempfile.TemporaryDirectory(dir=_parent(folder)) as scratch:
        encoder = Path(scratch) / "model" / _ENCODER
        encoder.mkdir(parents=True)
        shutil.copyfile(tokenizer, encoder / TOKENIZER_FILE)
        nlp = build(read_settings(folder))
        nlp.meta.update(_meta(folder.resolve().name.removeprefix(f"{nlp.lang}_")))
        _write(weights, nlp, encoder, quantise=quantise)
        _replace(encoder.parent, folder)


def read_settings(folder: Path) -> dict[str, dict[str, Any]]:
    """Return, per stage, the settings of the model package in ``folder``.

    There are none where no package is; what a stage no longer knows is left out.
    """
    path = folder / _CONFIG
    if not path.is_file():
        return {}
    components, blank = load_config(path)["components"], build()
    return {
        stage: {
            name: value
            for name, value in components[stage].items()
            if name != "factory" and name in blank.get_pipe_config(stage)
        }
        for stage in STAGES
        if stage in components
    }


def rewrite_package(weights: Path, base: Path, folder: Path) -> None:
    """Write the package ``base`` with other weights into ``folder``.

    Settings, vocabulary and whatever else belongs to the encoder stay as they are; the
    new model is called by its folder's name.
    """
    with tempfile.TemporaryDirectory(dir=_parent(folder)) as scratch:
        encoder = Path(scratch) / "model" / _ENCODER
        shutil.copytree(base / _ENCODER, encoder)
        nlp = spacy.load(base)
        old = "{lang}_{name} {version}".format(**nlp.meta)
        nlp.meta["name"] = folder.resolve().name.removeprefix(f"{nlp.lang}_")
        nlp.meta["description"] = f"{old}, retrained"
        _write(weights, nlp, encoder, quantise=True)
        _replace(encoder.parent, folder)


def _parent(folder: Path) -> Path:
    """Make the folder, and return the one around it: files move within one disk."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve().parent


def _write(weights: Path, nlp: Language, encoder: Path, *, quantise: bool) -> None:
    """Write the pipeline, with these weights, around the encoder's folder."""
    network, _ = load_start(dropout=0.0)
    network.load_state_dict(read_weights(weights))
    export(network, encoder / MODEL_FILE, quantise=quantise)
    nlp.get_pipe(_ENCODER).from_disk(encoder)  # type: ignore[attr-defined]
    nlp.to_disk(encoder.parent)


def _meta(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "version": installed_version(),
        "description": "Attributed claims from English news articles",
        "author": "The en-news-claims authors",
        "license": "CC BY-SA 4.0",
        "requirements": [],
    }


def _replace(new: Path, folder: Path) -> None:
    """Move the files of one folder over those of another."""
    for path in sorted(new.rglob("*")):
        if path.is_file():
            target = folder / path.relative_to(new)
            target.parent.mkdir(parents=True, exist_ok=True)
            if path.name == "meta.json":
                _sort_json(path)
            os.replace(path, target)  # noqa: PTH105


def _sort_json(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    text = json.dumps(data, indent=2, ensure_ascii=False, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
