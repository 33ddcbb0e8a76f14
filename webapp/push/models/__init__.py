from webapp.push.models.channel import CHANNELS, Channel
from webapp.push.models.delivery import Delivery
from webapp.push.models.notice import Notice, notify
from webapp.push.models.subscription import Subscription
from webapp.push.models.wishes import Wishes

__all__ = ["CHANNELS", "Channel", "Delivery", "Notice", "Subscription", "Wishes", "notify"]
