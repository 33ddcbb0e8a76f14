"""Tracks and products as text that people write and read elsewhere: a text file each, or a table with a row each."""
