"""How fast the house is, as ratios against a bare page of the same server in the same run. Never part of a test."""
