"""Plain English texts for every step of the ladder; the words are templates beside this file."""
