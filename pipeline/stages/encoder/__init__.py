"""The stage that reads with the trained network; all that is learned is here."""
