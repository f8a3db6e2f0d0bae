"""Show claims to people: one with its evidence, or all of a run over their articles.

Reach for :func:`pipeline.explaining.explanation.explanation` and
:func:`pipeline.explaining.page.write_page`. Both need only what a run wrote.
"""
