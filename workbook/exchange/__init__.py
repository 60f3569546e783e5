"""Files in and out: a log kept elsewhere (CSV) comes in by mapping its columns; a rehearsal practice is made here."""
