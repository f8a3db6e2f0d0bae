"""What training makes smaller: the losses of labels and of pointers.

The labels' loss marginalises over all paths that the annotation allows (Tsuboi et al.
2008; Greenberg et al. 2018), the pointers' is a cross-entropy over the candidates of a
window and "none of them".
"""

from typing import Final

import torch
from torch import Tensor, nn

from pipeline.stages.encoder.labels import POINTER_WIDTH, Task
from pipeline.training.batches import Batch
from pipeline.training.network import IMPOSSIBLE, Scores

_TASK_WEIGHTS: Final[dict[Task, float]] = {"outer": 1.0, "entities": 1.0, "inner": 0.5}
_POINTER_WEIGHT: Final = 0.5


def batch_loss(scores: Scores, batch: Batch) -> Tensor:
    """Return the loss of a batch: CRFs and pointers, per word of the batch."""
    loss = torch.zeros(())
    for task, labels in batch.tasks.items():
        emissions = scores.emissions[task].flatten(0, 1)[labels.words]
        edges = scores.edges[task].flatten(0, 1)[labels.words]
        losses = crf_loss(emissions, edges, labels.allowed, labels.mask)
        loss = loss + _TASK_WEIGHTS[task] * losses.sum()
    loss = loss + _POINTER_WEIGHT * pointer_loss(scores, batch)
    words: int = sum(len(example.window.first) for example in batch.windows)
    return loss / words


def pointer_loss(scores: Scores, batch: Batch) -> Tensor:
    """Return the summed loss of all pointers of a batch."""
    loss = torch.zeros(())
    for head, pointers in enumerate(batch.pointers):
        if pointers is not None:
            queries = span_vectors(scores.queries[:, :, head], pointers.spans)
            keys = span_vectors(scores.keys[:, :, head], pointers.candidates)
            keys = torch.cat([keys, scores.none[head : head + 1]])
            agreement = (queries @ keys.T) * POINTER_WIDTH**-0.5
            # "none of them" stands nowhere: no distance counts for it
            worth = nn.functional.pad(scores.distances[head][pointers.steps], (0, 1))
            agreement = agreement + worth
            agreement = agreement.masked_fill(~pointers.possible, float("-inf"))
            loss = loss + nn.functional.cross_entropy(
                agreement, pointers.targets, reduction="sum"
            )
    return loss


def crf_loss(emissions: Tensor, edges: Tensor, allowed: Tensor, mask: Tensor) -> Tensor:
    """Return minus the log-probability of the allowed labels, one value a sequence.

    Args:
        emissions: batch × words × labels.
        edges: batch × words × labels × labels.
        allowed: batch × words × labels, true where the label may be the right one.
        mask: batch × words, true for words, false for padding.
    """
    bound = emissions.masked_fill(~allowed, IMPOSSIBLE)
    # both sums in one pass: the loop over words is what costs
    both = _log_partition(
        torch.cat([emissions, bound]),
        torch.cat([edges, edges]),
        torch.cat([mask, mask]),
    )
    free, within = both.chunk(2)
    return free - within


def _log_partition(emissions: Tensor, edges: Tensor, mask: Tensor) -> Tensor:
    # unbound once: slicing in the loop would make its gradient quadratic
    steps = zip(emissions.unbind(1), edges.unbind(1), mask.unbind(1), strict=True)
    emission, edge, _ = next(steps)
    # before the first word stands an O
    alpha = edge[:, 0] + emission
    for emission, edge, running in steps:
        step = torch.logsumexp(alpha.unsqueeze(2) + edge, dim=1) + emission
        alpha = torch.where(running[:, None], step, alpha)
    return torch.logsumexp(alpha, dim=1)


def span_vectors(vectors: Tensor, spans: Tensor) -> Tensor:
    """Return the mean of first and last word's vector for each (row, first, last)."""
    row, first, last = spans.unbind(-1)
    mean: Tensor = (vectors[row, first] + vectors[row, last]) / 2
    return mean
