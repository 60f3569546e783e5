"""Tests of workbook.forms."""
