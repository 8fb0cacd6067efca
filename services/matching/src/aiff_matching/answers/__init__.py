"""Answers: which offers suit a need, with verdicts, order, reasons and the next question."""
