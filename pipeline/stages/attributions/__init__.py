"""The stage that joins sources, cues and contents to attributions."""
