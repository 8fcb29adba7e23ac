"""The demo: a made-up company and its customers, each in another situation."""
