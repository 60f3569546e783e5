"""The encrypted practice: keys, cases, responses with their versions, flags and backups."""
