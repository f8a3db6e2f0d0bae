"""Imports point one way, and what is heavy waits until it is used."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline"

#: Lowest first: a module may import from its own row and from those above it.
ROWS = (
    {"records", "errors", "lexicon"},
    {"layers", "producer", "schema"},
    {"gold", "gold_markup", "gold_passages", "columns", "runs"},
    {"glyphs", "quotations", "pairing", "marks", "sentences", "calibration"},
    {"reading", "stages"},
    {"assembly"},
    {"extraction"},
    {"batch", "evaluation", "bench"},
    {"merging", "verification", "explaining"},
    {"training"},
    {"cli"},
    {"__init__", "__main__"},
)
#: In the order in which they run; a stage may know those before it.
STAGES = ("blocks", "encoder", "entities", "identities", "attributions", "claims")
HEAVY = ("spacy", "onnxruntime", "tokenizers", "dateparser", "torch", "ray", "pandas")


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _ours(path: Path) -> Iterator[str]:
    """Return the parts of the package that a module imports from."""
    for name in _imports(path):
        package, _, rest = name.partition(".")
        if package == "pipeline":
            yield rest.partition(".")[0]


def _part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _row(part: str) -> int:
    (row,) = (number for number, parts in enumerate(ROWS) if part in parts)
    return row


@pytest.mark.parametrize("path", _modules(), ids=str)
def test_imports_point_one_way(path: Path) -> None:
    own = _part(path)
    for part in _ours(path):
        assert _row(part) <= _row(own), f"{own} imports {part}"


@pytest.mark.parametrize("path", _modules(), ids=str)
def test_only_the_command_knows_the_training_code(path: Path) -> None:
    if _part(path) not in {"training", "cli"}:
        assert "training" not in set(_ours(path))


@pytest.mark.parametrize("stage", STAGES)
def test_no_stage_imports_a_later_one(stage: str) -> None:
    later = STAGES[STAGES.index(stage) + 1 :]
    others = {f"pipeline.stages.{other}" for other in later}
    for path in (PACKAGE / "stages" / stage).rglob("*.py"):
        for name in _imports(path):
            assert not any(name.startswith(other) for other in others), (path, name)


@pytest.mark.parametrize("path", _modules(), ids=str)
def test_the_spacy_object_is_called_nlp(path: Path) -> None:
    names = {
        node.id if isinstance(node, ast.Name) else node.arg
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name | ast.arg)
    }
    assert "pipeline" not in names


_INVOKE = (
    "from typer.testing import CliRunner; from pipeline.cli import app; "
    "assert CliRunner().invoke(app, {}).exit_code == 0"
)


@pytest.mark.parametrize(
    "code",
    [
        "import pipeline",
        "from pipeline import Claim, Document, Rejection",
        "import pipeline.cli",
        _INVOKE.format(["--help"]),
        _INVOKE.format(["extract", "--help"]),
        _INVOKE.format(["schema"]),
        "import pipeline.runs, pipeline.explaining.explanation",
        "import pipeline.explaining.page",
    ],
)
def test_light_imports_load_nothing_heavy(code: str) -> None:
    assert not set(HEAVY) & _loaded_by(code)


def test_components_load_without_the_runtime() -> None:
    """SpaCy imports every registered component at the first use of any."""
    modules = ", ".join(f"pipeline.stages.{stage}.component" for stage in STAGES)
    extras = {"onnxruntime", "torch", "transformers", "trafilatura", "ray"}
    # spaCy itself imports torch wherever that is installed
    loaded = _loaded_by(f"import {modules}") - _loaded_by("import spacy")
    assert not extras & loaded


def _loaded_by(code: str) -> set[str]:
    check = f"import sys; {code}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())
