"""What is known of the exports of accounting programs, as data: a file for each program."""
