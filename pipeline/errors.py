"""What can go wrong for a caller, each with its fields and the next step to take.

A bad *document* is no exception but a :class:`pipeline.records.Rejection`: it is
written down and the run goes on. The classes here are for a caller's mistakes.
"""

from collections.abc import Sequence


class PipelineError(Exception):
    """Base of every error that this package raises on purpose."""


class UnknownModelError(PipelineError):
    """A model was asked for that is neither installed nor a folder."""

    def __init__(self, model: str) -> None:
        self.model = model
        super().__init__(
            f"No model {model!r} is installed and no such folder exists; "
            "leave the option out to use the model that comes with the package."
        )


class MissingWeightsError(PipelineError):
    """A text was given to an encoder that has no weights."""

    def __init__(self, stage: str) -> None:
        self.stage = stage
        super().__init__(
            f"The stage {stage!r} has no weights; get it from a trained pipeline: "
            "nlp.add_pipe(name, source=spacy.load('en_news_claims'))."
        )


class UnknownSchemeError(PipelineError):
    """A text was to be read by an annotation scheme that the encoder never learned."""

    def __init__(self, scheme: str, known: Sequence[str]) -> None:
        self.scheme = scheme
        self.known = tuple(known)
        super().__init__(
            f"There is no annotation scheme {scheme!r}; name one of {', '.join(known)}."
        )


class MissingExtraError(PipelineError):
    """A feature was asked for whose optional dependency is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        self.feature = feature
        self.extra = extra
        super().__init__(
            f"{feature} needs an optional dependency; "
            f"run: pip install 'en-news-claims[{extra}]'"
        )


class UnreadableInputError(PipelineError):
    """An input cannot be read as an article; the runner turns this into a rejection."""

    def __init__(self, source: str, problem: str, advice: str) -> None:
        self.source = source
        self.problem = problem
        self.advice = advice
        super().__init__(f"{source}: {problem}; {advice}")


class BadGoldError(PipelineError):
    """A gold document breaks the format that the data card describes."""

    def __init__(self, source: str, problem: str) -> None:
        self.source = source
        self.problem = problem
        super().__init__(f"{source}: {problem}")


class BadRosterError(PipelineError):
    """A roster holds something that cannot be read; ``source`` says file and line."""

    def __init__(self, source: str, problem: str, advice: str) -> None:
        self.source = source
        self.problem = problem
        self.advice = advice
        super().__init__(f"{source}: {problem}; {advice}")


class TooManyRejectionsError(PipelineError):
    """More inputs were rejected than the caller is ready to accept."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(
            f"More than {most} inputs were rejected, so nothing was written; "
            "mend them, or allow more with --max-errors."
        )


class UnwritableFolderError(PipelineError):
    """The folder that a run should write to cannot be made or written."""

    def __init__(self, folder: str, problem: str) -> None:
        self.folder = folder
        self.problem = problem
        super().__init__(
            f"Cannot write to {folder}: {problem}; name another folder with --out."
        )


class BrokenRunError(PipelineError):
    """A folder holds no run, or one whose files cannot be read as records."""

    def __init__(self, place: str, problem: str) -> None:
        self.place = place
        self.problem = problem
        super().__init__(
            f"{place}: {problem}; name a folder that claims extract wrote, "
            "and see what is wrong with it by: claims verify FOLDER"
        )


class UnknownArticleError(PipelineError):
    """No article of a run has the id or the source."""

    def __init__(self, article: str, folder: str) -> None:
        self.article = article
        self.folder = folder
        super().__init__(
            f"No article has the id or the source {article!r} in {folder}; "
            "both are in documents.jsonl."
        )


class UnknownClaimError(PipelineError):
    """No claim of a run has the id, or several ids begin so."""

    def __init__(self, claim: str, folder: str, found: int) -> None:
        self.claim = claim
        self.folder = folder
        self.found = found
        problem = f"{found} claims have ids that begin" if found else "No claim begins"
        super().__init__(
            f"{problem} with {claim!r} in {folder}; the ids are in claims.jsonl."
        )
