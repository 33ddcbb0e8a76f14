from webapp.push.models.notice import Notice, notify

__all__ = ["Notice", "notify"]
