"""The endpoint's own page: one request at a time, and all that comes back, frame by frame.

`routes` goes into the application, `address` is what a person opens. The page holds the endpoint's
token, so it is given only to who knows a key that is made of that token, only under a name of this
machine (a foreign name that resolves to loopback is DNS rebinding), and never into a frame.
"""

from workers_ai_local.playground.key import address, key_of
from workers_ai_local.playground.pages import routes

__all__ = ["address", "key_of", "routes"]
