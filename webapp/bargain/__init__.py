"""Small concessions at the signing: what may be given, what is asked in return, and who may decide it."""
