"""What an assistant may do for a person of the team: propose, and note."""
