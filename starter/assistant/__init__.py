"""What an agent program may look up and propose for a person, by the Model Context Protocol."""
