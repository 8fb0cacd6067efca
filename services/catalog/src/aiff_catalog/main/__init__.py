"""The one place that reads the environment and names concrete adapters."""
