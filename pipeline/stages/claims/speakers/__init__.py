"""Who every attribution's source turns out to be.

``sieve`` asks one small rule after another, the most certain first. The rules stand by
what a source is: ``people``, ``bodies`` and ``groups`` (spokespeople and parties too),
``pronouns`` (with ``personal`` for *he* and *she*), ``descriptions``, ``documents``,
and ``silent`` where no source is printed. They look at ``sources`` taken apart and at
the ``scene``: the article with its people and who spoke so far.
"""
