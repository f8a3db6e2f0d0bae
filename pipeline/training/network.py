"""The network: a small BERT with casing and gap features, CRF heads and pointers.

The encoder starts from all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019).
Each labelling task is a linear-chain CRF over words (Lafferty et al. 2001) whose
transition scores may depend on the word, and that is trained on partly known labels by
marginalising over all that they allow (Tsuboi et al. 2008; Greenberg et al. 2018): so a
corpus that marks three of six labels trains three and leaves the others be. Spans are
joined by pointers: a content scores the cues it may belong to, a cue its sources, and
"none of them" is a candidate as well.

Nothing outside this package imports torch: it comes with the extra ``train``.
"""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn
from transformers import BertModel

from pipeline.stages.encoder.labels import (
    POINTER_WIDTH,
    POINTERS,
    SCHEMES,
    TASKS,
    Task,
    label_count,
    legal_transitions,
)
from pipeline.stages.encoder.links import DISTANCES
from pipeline.stages.encoder.pieces import Casing, Gap

#: Added to the score of steps that no path may take.
IMPOSSIBLE: Final = -1e4
#: Tasks whose transition scores depend on the word: spans of clauses, not of names.
_CONTEXTUAL: Final = frozenset({"outer", "inner"})


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of a batch.

    ``emissions[task]``: batch × words × labels; ``edges[task]``: batch × words × labels
    × labels, the score of coming from (row) to (column) at that word; ``queries`` and
    ``keys``: batch × words × pointers × width; ``none``: pointers × width;
    ``distances``: pointers × steps.
    """

    emissions: dict[Task, Tensor]
    edges: dict[Task, Tensor]
    queries: Tensor
    keys: Tensor
    none: Tensor
    distances: Tensor


class CrfHead(nn.Module):
    """Label scores of words and transition scores between them."""

    legal: Tensor

    def __init__(self, width: int, task: Task) -> None:
        super().__init__()
        self.count = label_count(task)
        self.emit = nn.Linear(width, self.count)
        self.transitions = nn.Parameter(torch.zeros(self.count, self.count))
        self.edge = nn.Linear(width, self.count**2) if task in _CONTEXTUAL else None
        self.contextual = self.edge is not None
        if self.edge is not None:
            nn.init.zeros_(self.edge.weight)
            nn.init.zeros_(self.edge.bias)
        legal = torch.from_numpy(legal_transitions(task))
        self.register_buffer("legal", legal, persistent=False)

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Return emissions (… × labels) and edges (… × labels × labels)."""
        edges = self.transitions.expand(*words.shape[:-1], self.count, self.count)
        if self.edge is not None:
            edges = edges + self.edge(words).view_as(edges)
        return self.emit(words), edges.masked_fill(~self.legal, IMPOSSIBLE)


class ClaimsNetwork(nn.Module):
    """The encoder with all its heads."""

    def __init__(self, bert: BertModel, *, dropout: float = 0.1) -> None:
        super().__init__()
        width = bert.config.hidden_size
        self.bert = bert
        self.casing = nn.Embedding(len(Casing), width)
        self.gap = nn.Embedding(len(Gap), width)
        self.scheme = nn.Embedding(len(SCHEMES), width)
        # started at zero: at first the network is the one that was pre-trained
        nn.init.zeros_(self.casing.weight)
        nn.init.zeros_(self.gap.weight)
        nn.init.zeros_(self.scheme.weight)
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleDict({task: CrfHead(width, task) for task in TASKS})
        self.query = nn.Linear(width, len(POINTERS) * POINTER_WIDTH)
        self.key = nn.Linear(width, len(POINTERS) * POINTER_WIDTH)
        self.none = nn.Parameter(torch.zeros(len(POINTERS), POINTER_WIDTH))
        self.distances = nn.Parameter(torch.zeros(len(POINTERS), DISTANCES))

    def encode(
        self, ids: Tensor, casing: Tensor, gaps: Tensor, mask: Tensor, scheme: Tensor
    ) -> Tensor:
        """Return the hidden state of each piece: batch × pieces × width.

        ``scheme`` has one number a text, its position in ``SCHEMES``; the others one a
        piece.
        """
        embedded = self.bert.embeddings.word_embeddings(ids)
        embedded = embedded + self.casing(casing) + self.gap(gaps)
        # told at every piece what corpus it reads for (Stymne et al. 2018)
        embedded = embedded + self.scheme(scheme)[:, None]
        output = self.bert(inputs_embeds=embedded, attention_mask=mask)
        hidden: Tensor = output.last_hidden_state
        return hidden

    def words(self, hidden: Tensor, first: Tensor) -> Tensor:
        """Return the state of the words whose first pieces stand at ``first``."""
        index = first.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        return hidden.gather(1, index)

    def point(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Return queries and keys: batch × words × pointers × width."""
        shape = (*words.shape[:2], len(POINTERS), POINTER_WIDTH)
        return self.query(words).view(shape), self.key(words).view(shape)

    def score(self, hidden: Tensor, first: Tensor) -> Scores:
        """Score the words whose first pieces stand at ``first`` (batch × words)."""
        words = self.dropout(self.words(hidden, first)).float()
        emissions: dict[Task, Tensor] = {}
        edges: dict[Task, Tensor] = {}
        for task in TASKS:
            emissions[task], edges[task] = self.heads[task](words)
        return Scores(emissions, edges, *self.point(words), self.none, self.distances)
