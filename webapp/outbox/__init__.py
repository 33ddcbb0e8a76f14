"""The letterbox: everything a person sends goes in here once. The gate lets it through, commits it together with
its receipt, and answers the same when the same comes again.
"""
