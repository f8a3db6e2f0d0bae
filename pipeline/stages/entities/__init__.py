"""Entities: mentions that follow a grammar, merged with those that a model reads."""
