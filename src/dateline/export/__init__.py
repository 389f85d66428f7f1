"""Write: the files of a run, and the page."""
