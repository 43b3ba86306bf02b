"""The origin of an address: what a credential is bound to."""

from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


def web_origin(url: str) -> str:
    """Scheme, host and port of `url`, in one spelling. ValueError when it has none.

    >>> web_origin("HTTPS://API.example:443/client/v4")
    'https://api.example'
    >>> web_origin("http://[::1]:8080")
    'http://[::1]:8080'
    """
    parts = urlsplit(url)
    host, port = parts.hostname, parts.port
    if parts.scheme not in _DEFAULT_PORTS or not host or not host.isascii():
        raise ValueError("not an address on the web")
    shown = f"[{host}]" if ":" in host else host
    if port in (None, _DEFAULT_PORTS[parts.scheme]):
        return f"{parts.scheme}://{shown}"
    return f"{parts.scheme}://{shown}:{port}"
