import pytest

from tests.scripted_endpoint import ScriptedEndpoint, native_stream, raw_answer
from tests.workers_ai.asking import answer_of, client_at, client_of
from tests.workers_ai.reading import text_of
from workers_ai_ls import workers_ai as w
from workers_ai_ls.workers_ai.retry import TRIES

ELSEWHERE = "https://api.example/client/v4"


async def test_the_local_endpoint_is_never_reached_through_a_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with ScriptedEndpoint(native_stream("p")) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.base_url)
        monkeypatch.setenv("ALL_PROXY", proxy.base_url)
        async with ScriptedEndpoint(native_stream("a")) as endpoint, client_of(endpoint) as client:
            assert text_of(await answer_of(client)) == "a"

        assert proxy.connections == []


@pytest.mark.parametrize("scheme", ["http://", ""])
async def test_the_proxy_of_the_environment_is_used_and_opened_ahead(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("random.uniform", lambda low, _: low)
    async with ScriptedEndpoint(raw_answer(b"", status=407)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"{scheme}127.0.0.1:{proxy.port}")
        async with client_at(ELSEWHERE) as client:
            client.connect()
            await proxy.wait_for_connections()
            assert proxy.requests == []
            with pytest.raises(w.Unreachable, match=r"api\.example .*the proxy of HTTPS_PROXY"):
                await answer_of(client)

        assert {(request.method, request.path) for request in proxy.requests} == {
            ("CONNECT", "api.example:443")
        }
        assert len(proxy.connections) == len(proxy.requests) == TRIES
        assert "s3cret" not in str([request.headers for request in proxy.requests])
        await proxy.wait_until_closed()


async def test_a_host_in_no_proxy_is_reached_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "::1,.example")
    async with client_at(ELSEWHERE) as client:
        assert client._sender._connector is not None
        assert client._sender._connector._target.host == "api.example"


async def test_a_proxy_that_is_not_http_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://me:pw@127.0.0.1:9")
    with pytest.raises(w.BadEndpoint, match="not an HTTP proxy") as caught:
        async with client_at(ELSEWHERE):
            pass  # pragma: no cover

    assert "pw" not in str(caught.value)
