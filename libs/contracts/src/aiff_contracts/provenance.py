"""How well a statement is known: who says so, and whether that can bear a refusal."""

from typing import Literal

# - stated_by_provider: whoever decides or sells says so (a law, a call, the provider's page);
# - sourced: a named source says so that was there (an official text, a repository, a paper);
# - secondary: somebody else says so (an aggregator, the press, an adviser);
# - disputed: sources contradict each other;
# - general_knowledge: nobody was looked up.
Confidence = Literal["stated_by_provider", "sourced", "secondary", "disputed", "general_knowledge"]
# What may refuse somebody by itself, as long as it is not too old.
FIRM: frozenset[Confidence] = frozenset(("stated_by_provider", "sourced"))
