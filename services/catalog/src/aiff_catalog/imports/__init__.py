"""Partners' files: uploaded, looked through row by row, applied on order."""
