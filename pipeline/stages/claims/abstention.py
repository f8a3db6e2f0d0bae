"""What is not sure enough is not said: thresholds for claims and for speakers.

Reach for :func:`sure_attributions` and :func:`sure_speakers` between the resolution of
speakers and the building of claims. Both thresholds are probabilities, at least as long
as the stages are calibrated; 0 lets everything through.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from pipeline.calibration import calibrated
from pipeline.records import Attribution, Resolution, Resolved, Speaker

_FLAG: Final = "speaker_unresolved"


def sure_attributions(
    attributions: Iterable[Attribution], least: float
) -> list[Attribution]:
    """Return the attributions whose content is at least so probable, in order.

    What was nested in one that is left out is nested in nothing.
    """
    kept = [one for one in attributions if one.confidence >= least]
    known = {one.id for one in kept}
    return [
        one if one.nested_in in known else replace(one, nested_in=None) for one in kept
    ]


def sure_speakers(
    speakers: Mapping[str, Resolved],
    calibration: Mapping[str, float],
    *,
    least: float = 0.0,
) -> dict[str, Resolved]:
    """Calibrate speakers, and take those back that are less probable than ``least``.

    A speaker taken back is unknown and flagged, and keeps its reason and confidence: a
    reader sees what it was that was not sure enough. Without weights the confidence is
    the rule's own.
    """
    return {
        known: _taken_back(_calibrated(one, calibration), least)
        for known, one in speakers.items()
    }


def speaker_evidence(resolution: Resolution) -> dict[str, float]:
    """Return what speaks for a speaker: the way that the source was resolved.

    What the rules say of themselves tells no more on articles that nobody has tuned
    them on, and neither does the score of the source.
    """
    return {resolution: 1.0}


def _calibrated(one: Resolved, calibration: Mapping[str, float]) -> Resolved:
    if not calibration:
        return one
    evidence = speaker_evidence(one.speaker.resolution)
    return replace(one, confidence=calibrated(calibration, evidence))


def _taken_back(one: Resolved, least: float) -> Resolved:
    if one.confidence >= least or one.speaker.kind == "unknown":
        return one
    flags = tuple(sorted({*one.flags, _FLAG}))
    reason = f"not sure enough: {one.reason}"
    return replace(one, speaker=Speaker(), reason=reason, flags=flags)
