"""Label every line of a text by its function on the page; delete nothing."""
