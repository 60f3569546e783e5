"""Forms, steps, helplines and the catalogue of points, read from data/ and checked; errors name file and line."""
