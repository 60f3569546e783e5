"""Pure functions of values: gates, alerts and what a text may hold. They know no database, no widget and no file."""
