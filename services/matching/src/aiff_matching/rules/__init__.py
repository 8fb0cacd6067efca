"""Rules: three-valued logic over what is known, and the verdicts that follow."""
