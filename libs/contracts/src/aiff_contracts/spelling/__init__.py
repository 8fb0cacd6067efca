"""One spelling for what has several: texts, and the codes that others define."""
