"""A page and its record as a PDF: read the notebook, gather the answers, hand plain data to a fixed typst template."""
