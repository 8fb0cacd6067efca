"""The states of a request, consent field by field, and what each side sees."""
