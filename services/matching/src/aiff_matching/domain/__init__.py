"""Plain decisions: facts, rules, verdicts, options, ranking. No I/O and no framework."""
