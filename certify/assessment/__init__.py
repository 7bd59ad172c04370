"""From answers and evidence to an exact, explained and replayable scorecard with its band."""
