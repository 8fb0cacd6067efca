"""Compute: hours, units, GPUs, quotas, costs and delays of the ways into a compute offer."""
