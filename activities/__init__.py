"""The deeds: thin activities that look at the facts, ask the rules, act once, and write it down."""
