"""Letters to look at before anybody gets them: samples, checks, previews, a gallery."""
