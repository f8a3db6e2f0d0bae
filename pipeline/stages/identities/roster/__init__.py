"""People and bodies that a user knows beforehand, tied to those of a document.

The way of a roster: ``reading`` turns a file into rows (with ``lines`` and ``cells``),
``entries`` makes them findable by name, ``matching`` weighs the ``evidence`` of a
document (``posts``, ``days``) and picks an entry or none, ``facts`` adds what the
document leaves open, ``enrolment`` does that for all identities of a document, and
``ties`` keeps what was decided and why.
"""
