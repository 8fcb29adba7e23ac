"""Small bugs, seeded on purpose: each must be caught by the tests that claim to watch for it."""
