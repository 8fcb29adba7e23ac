"""What people and programs can do: one service for each subject, called alike by every way in."""
