"""The stages, one folder each, in the order that ``pipeline.assembly`` states."""
