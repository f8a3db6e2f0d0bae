"""How the shipped model is made: corpora, network, training, export.

Needs the extra ``train``; of all the rest only ``claims train`` imports this package,
and not before it runs.
"""
