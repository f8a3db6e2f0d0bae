"""Tell who is who: one identity for all the names of a person or body."""
