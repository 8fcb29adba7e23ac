"""What a collector needs for a call: the briefing, the questions and the script."""
