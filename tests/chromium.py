"""The Chromium of this machine, for tests that look at pages: nothing is downloaded."""

import shutil

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
"""Where it is; empty if there is none."""
