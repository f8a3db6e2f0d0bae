"""Claims: attributions with their speakers, made into records that stand alone."""
