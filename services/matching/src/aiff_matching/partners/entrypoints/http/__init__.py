"""The partner side over HTTP."""
