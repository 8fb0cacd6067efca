"""User stories over the running product; one package, so that its product ends with the last."""
