"""A DataFrame as a figure, with its words: alternative text, table, what it cannot show. Import its modules late."""
