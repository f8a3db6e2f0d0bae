"""The same claim told by several articles: syndicated copy, edited quotations.

Reach for :func:`pipeline.merging.merger.merge`. Tellings are one claim if the same
speaker says it with the same polarity in nearly the same words; what would make two
claims of them (another name or day, a negation, a word that turns the sense) keeps them
apart, and so does a wording too short or too common to be anybody's own. Figures may
differ, and then the group says so.
"""
