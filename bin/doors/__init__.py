"""The doors of the house: start, test, check and flask, each behind a thin shim in bin/.

They run on a bare machine's python3 with nothing but the standard library, make the project's own environment,
and then go on inside it. Nothing of webapp is imported before that.
"""
