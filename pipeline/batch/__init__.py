"""Many articles: read, extract, write, with every failure a record and no torn file.

Reach for :func:`pipeline.batch.runner.run` to write a whole run to a folder, and for
:class:`pipeline.batch.extractor.Extractor` to place the work in an engine of one's own:
it takes documents and gives lines, and only plain values cross its border.
"""
