"""Two policies side by side on new cases, and when one may conclude which is better."""
