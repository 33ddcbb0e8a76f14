"""Figures that grow out of the same data: what visits moved, ended in orders, brought in; for the region and each rep."""
