"""The child that carries out jobs: Huey's consumer with two threads, so that a push service that hangs holds no import up."""

from doors import child


def swing(_argv: list[str]) -> None:
    """Consume the queue until SIGTERM; a job that is being done gets the time to finish."""
    child.live_with_parent()
    from webapp.jobs import huey

    huey.create_consumer(workers=2, max_delay=1.0, graceful_signal="TERM", shutdown_timeout=15.0).run()
