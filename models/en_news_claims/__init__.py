"""The trained model, as a package that ``spacy.load("en_news_claims")`` finds."""

from pathlib import Path

from spacy.language import Language
from spacy.util import load_model_from_path


def load(**overrides: object) -> Language:
    """Load the pipeline whose files lie beside this module."""
    return load_model_from_path(Path(__file__).parent, **overrides)
