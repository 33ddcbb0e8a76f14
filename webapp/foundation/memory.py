import gc


def settle() -> None:
    """For a process that serves, once its app is made: what is here now stays, and the collector looks through it no more.
    Otherwise it does so every few hundred reports, for 0.15 s at a time."""
    gc.collect()
    gc.freeze()
