"""The noun `policy`: files checked and shown, and versions that cases follow."""
