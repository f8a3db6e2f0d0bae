"""The timings name every stage and add up."""

import pytest
from spacy.language import Language

from pipeline.bench import best_of, report, time_stages
from pipeline.reading import from_text


def test_every_stage_is_timed(toy_nlp: Language) -> None:
    documents = [from_text("Anna Brook said so."), from_text("Tom Vale said no.")]
    seconds = best_of(documents, toy_nlp)
    assert list(seconds) == ["tokenizer", "toy_claims"]
    assert all(time > 0 for time in seconds.values())


def test_the_bare_encoder_is_timed_too(nlp: Language) -> None:
    seconds = time_stages([from_text("Anna Brook said the mill would close.")], nlp)
    assert {*seconds} == {"tokenizer", *nlp.pipe_names, "bare encoder"}
    assert seconds["bare encoder"] > 0


@pytest.mark.parametrize(
    "line",
    [
        "per 600 words",
        "tokenizer              10.0 ms   25.0%",
        "news_encoder           30.0 ms   75.0%",
        "whole pipeline         40.0 ms  100.0%",
        "bare encoder           28.0 ms   70.0%",
    ],
)
def test_times_are_laid_out_per_article(line: str) -> None:
    seconds = {"tokenizer": 0.02, "news_encoder": 0.06, "bare encoder": 0.056}
    assert line in report(seconds, words=1200).splitlines()
