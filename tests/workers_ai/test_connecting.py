import asyncio
import gc
import ssl

import httpcore
import httpx
import pytest
from httpcore._async.connection_pool import AsyncPoolRequest

from tests.scripted_endpoint import HANG, ScriptedEndpoint, native_stream
from tests.workers_ai.asking import REQUEST, answer_of, client_at, client_of
from tests.workers_ai.reading import text_of
from workers_ai_ls import workers_ai as w
from workers_ai_ls.workers_ai import transport as transports
from workers_ai_ls.workers_ai.connecting import Connector


@pytest.fixture(params=["tcp", "tls"])
def encryption(request: pytest.FixtureRequest) -> ssl.SSLContext | None:
    context = request.getfixturevalue("tls") if request.param == "tls" else None
    assert context is None or isinstance(context, ssl.SSLContext)
    return context


def connector_of(client: w.Client) -> Connector:
    assert client._sender._connector is not None
    return client._sender._connector


async def test_the_next_request_travels_on_the_connection_opened_ahead(
    encryption: ssl.SSLContext | None,
) -> None:
    async with (
        ScriptedEndpoint(native_stream("a"), tls=encryption) as endpoint,
        client_of(endpoint) as client,
    ):
        client.connect()
        client.connect()
        await endpoint.wait_for_connections()
        assert endpoint.requests == []

        assert text_of(await answer_of(client)) == "a"
        assert [connection.requests for connection in endpoint.connections] == [1]


async def test_a_request_waits_for_the_connection_that_is_being_opened(
    encryption: ssl.SSLContext | None,
) -> None:
    async with (
        ScriptedEndpoint(native_stream("a"), tls=encryption) as endpoint,
        client_of(endpoint) as client,
    ):
        client.connect()
        assert text_of(await answer_of(client)) == "a"

        assert len(endpoint.connections) == 1


async def test_nothing_is_opened_while_a_connection_is_idle() -> None:
    async with ScriptedEndpoint(native_stream("a")) as endpoint, client_of(endpoint) as client:
        await answer_of(client)
        client.connect()
        assert connector_of(client)._spare is None
        await answer_of(client)

        assert len(endpoint.connections) == 1


async def test_two_jobs_at_once_have_a_connection_each() -> None:
    gate = asyncio.Event()
    async with (
        ScriptedEndpoint(native_stream("a", gate)) as endpoint,
        client_of(endpoint) as client,
    ):
        client.connect()
        jobs = [asyncio.create_task(answer_of(client)) for _ in range(2)]
        await endpoint.wait_for_requests(2)
        gate.set()

        assert [text_of(await job) for job in jobs] == ["a", "a"]
        assert [connection.requests for connection in endpoint.connections] == [1, 1]


async def test_a_connection_that_nobody_takes_is_closed(
    encryption: ssl.SSLContext | None,
) -> None:
    async with (
        ScriptedEndpoint(native_stream("a"), tls=encryption) as endpoint,
        client_of(endpoint) as client,
    ):
        connector_of(client)._lifetime = 0.01
        client.connect()
        await endpoint.wait_for_connections()
        await endpoint.wait_until_closed()

        assert text_of(await answer_of(client)) == "a"


async def test_closing_the_client_closes_an_unused_connection(
    encryption: ssl.SSLContext | None,
) -> None:
    async with ScriptedEndpoint(native_stream("a"), tls=encryption) as endpoint:
        async with client_of(endpoint) as client:
            client.connect()
            await endpoint.wait_for_connections()
        await endpoint.wait_until_closed()
        async with client_of(endpoint) as client:
            client.connect()  # and closed before it is open
    gc.collect()  # An unclosed socket warns here, and warnings are errors.


async def test_a_failed_connection_ahead_leaves_the_error_to_the_request() -> None:
    async with ScriptedEndpoint(HANG) as endpoint:
        url = endpoint.base_url
    async with client_at(url) as client:
        client.connect()
        opening = connector_of(client)._spare
        assert opening is not None
        await asyncio.wait([opening])
        events = client.stream(REQUEST)
        failed = await anext(events)
        assert isinstance(failed, w.Retrying)
        assert failed.reason == "no connection"
        await events.aclose()


async def test_a_connection_ahead_that_fails_while_awaited_is_replaced(
    encryption: ssl.SSLContext | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_open = Connector._open
    failures = [httpcore.ConnectTimeout()]

    async def open_after_a_failure(connector: Connector) -> httpcore.AsyncNetworkStream:
        await asyncio.sleep(0)
        if failures:
            raise failures.pop()
        return await really_open(connector)

    monkeypatch.setattr(Connector, "_open", open_after_a_failure)
    async with (
        ScriptedEndpoint(native_stream("a"), tls=encryption) as endpoint,
        client_of(endpoint) as client,
    ):
        client.connect()

        assert text_of(await answer_of(client)) == "a"
        assert failures == []


async def test_a_certificate_of_an_unknown_authority_is_refused(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    async with ScriptedEndpoint(native_stream("a"), tls=tls) as endpoint:
        async with client_of(endpoint) as client:
            client.connect()
            with pytest.raises(w.Untrusted, match=r"127\.0\.0\.1.*certificate.*SSL_CERT_FILE"):
                await answer_of(client)

        assert endpoint.requests == []


async def test_a_server_that_speaks_no_tls_is_not_tried_again() -> None:
    connections = []

    def plain(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(writer)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(plain, "127.0.0.1", 0)
    async with (
        server,
        client_at(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}") as client,
    ):
        with pytest.raises(w.Untrusted, match="TLS handshake failed"):
            await answer_of(client)

    assert len(connections) == 1


def test_httpx_has_the_private_names_that_are_replaced() -> None:
    transport = httpx.AsyncHTTPTransport()
    pool = transport._pool

    assert isinstance(pool, httpcore.AsyncConnectionPool)
    assert isinstance(pool._network_backend, httpcore.AsyncNetworkBackend)
    assert isinstance(pool._requests, list)
    assert hasattr(AsyncPoolRequest(httpcore.Request("GET", "http://h")), "connection")


async def test_another_httpx_without_those_names_only_loses_the_head_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transports, "_pool", lambda _: None)
    async with ScriptedEndpoint(native_stream("a")) as endpoint, client_of(endpoint) as client:
        client.connect()

        assert text_of(await answer_of(client)) == "a"
        assert len(endpoint.connections) == 1


@pytest.mark.parametrize(("url", "reads"), [("http://127.0.0.1:1", 0), ("https://127.0.0.1:1", 1)])
async def test_authorities_are_read_only_where_tls_needs_them(
    url: str, reads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []

    def reading() -> ssl.SSLContext:
        read.append(url)
        return ssl.create_default_context()

    monkeypatch.setattr(httpx, "create_ssl_context", reading)
    async with client_at(url) as client:
        assert connector_of(client)._target.port == 1

    assert len(read) == reads
