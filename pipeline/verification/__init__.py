"""Prove a finished run: every line, every span and every id, against the sources.

Reach for :func:`pipeline.verification.verifier.verify` with the folder of a run. It
reads the run as a stranger would, sees that each line is one that this version writes,
that each passage stands where its record says, that ids and counts agree, and that the
sources are still what was read.
"""
