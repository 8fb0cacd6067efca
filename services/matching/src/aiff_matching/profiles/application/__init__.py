"""Start-ups and needs: created, read, replaced and deleted by their owner alone."""
