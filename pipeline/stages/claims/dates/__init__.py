"""News time: from a date as it is printed to a day or stretch of days.

``reader`` is what the other stages call. It tries, the plainest first, what names a day
by itself (``absolute``), what counts from the day of publication (``relative``,
``counted``), parts of a stretch (``portions``, ``openings``) and two ends
(``periods``). ``leaves`` reads single words; ``stretches`` and ``clock`` do the
arithmetic. ``mentioned`` finds the dates that a content holds.
"""
