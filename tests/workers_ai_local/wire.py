"""Asking an endpoint as a client does, and reading its streams without the client's own code."""

import json
from collections.abc import Iterator
from typing import Any, Protocol

import httpx

MESSAGES = [{"role": "user", "content": "Say hi"}]


class Endpoint(Protocol):
    @property
    def base_url(self) -> str: ...
    @property
    def account_id(self) -> str: ...
    @property
    def token(self) -> str: ...
    @property
    def model(self) -> str: ...


def client(endpoint: Endpoint, timeout: float = 60) -> httpx.Client:
    headers = {"Authorization": f"Bearer {endpoint.token}"}
    base = f"{endpoint.base_url}/accounts/{endpoint.account_id}/ai"
    return httpx.Client(base_url=base, headers=headers, timeout=timeout)


def run(endpoint: Endpoint, body: object) -> httpx.Response:
    with client(endpoint) as http:
        return http.post(f"/run/{endpoint.model}", json=body)


def streamed(endpoint: Endpoint, **body: object) -> list[Any]:
    """The events of a stream, `"[DONE]"` as it is, the others decoded."""
    with client(endpoint) as http, stream(http, endpoint, **body) as response:
        assert response.status_code == 200, response.read()
        assert response.headers["content-type"] == "text/event-stream"
        return list(events(response))


def stream(http: httpx.Client, endpoint: Endpoint, **body: object) -> Any:
    asked = {"messages": MESSAGES, "stream": True, **body}
    return http.stream("POST", f"/run/{endpoint.model}", json=asked)


def events(response: httpx.Response) -> Iterator[Any]:
    for line in response.iter_lines():
        if line:
            data = line.removeprefix("data: ")
            assert data != line, f"no event: {line!r}"
            yield data if data == "[DONE]" else json.loads(data)
