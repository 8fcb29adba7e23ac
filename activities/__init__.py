"""What is done: activities and services that look at facts, ask the rules, act once, record it."""
