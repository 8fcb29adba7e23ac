"""The words of a letter: catalogues, templates, and how a language writes dates and amounts."""
