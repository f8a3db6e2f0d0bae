"""Where the tellings of one claim disagree on a figure.

Reach for :func:`differences`. Figures are compared that stand in the same place of the
words; one that a telling leaves out is no disagreement, and "nearly" before it is one.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.merging.comparison import aligned_figures
from pipeline.merging.tellings import Told
from pipeline.merging.wordings import Wording
from pipeline.records import Figure, FigureDifference, ToldFigure

Value = tuple[object, ...]


def differences(told: Sequence[Told]) -> tuple[FigureDifference, ...]:
    """Return the figures on which the tellings disagree, in the order of the words.

    The words are those of the telling with the most figures.
    """
    fullest = max(told, key=lambda one: len(one.wording.figures))
    places: defaultdict[int, list[ToldFigure]] = defaultdict(list)
    for one in told:
        for place, number in aligned_figures(fullest.wording, one.wording):
            places[place].append(_told(one, one.wording.figures[number]))
    return tuple(
        _difference(figures)
        for _, figures in sorted(places.items())
        if len({_value(figure) for figure in figures}) > 1
    )


def disagree(one: Wording, other: Wording) -> bool:
    """Tell whether a figure that stands in the same place differs."""
    return any(
        _value(one.figures[first])[:-1] != _value(other.figures[second])[:-1]
        for first, second in aligned_figures(one, other)
    )


def _value(figure: Figure | ToldFigure) -> Value:
    """Return what a figure says; what qualifies it comes last."""
    bounds = (figure.low, figure.high)
    return (figure.value, figure.unit, figure.denominator, *bounds, figure.modifier)


def _told(one: Told, figure: Figure) -> ToldFigure:
    return ToldFigure(
        claim=one.claim,
        exact=figure.exact,
        value=figure.value,
        unit=figure.unit,
        modifier=figure.modifier,
        denominator=figure.denominator,
        low=figure.low,
        high=figure.high,
    )


def _difference(figures: Sequence[ToldFigure]) -> FigureDifference:
    values = sorted(_values(figures))
    return FigureDifference(
        lowest=values[0] if values else None,
        highest=values[-1] if values else None,
        figures=tuple(figures),
    )


def _values(figures: Sequence[ToldFigure]) -> Iterator[float]:
    for figure in figures:
        known = (figure.value, figure.low, figure.high)
        yield from (value for value in known if value is not None)
