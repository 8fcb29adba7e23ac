"""Reading files as accounting programs export them, and putting them into our own form."""
