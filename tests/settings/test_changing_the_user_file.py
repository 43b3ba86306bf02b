"""`login` changes a file that a person has written: only what it must, and all or nothing."""

import os
import stat
from pathlib import Path

import pytest

from workers_ai_ls.settings import CannotKeep, change_user_file, read_options, resolve

LOGIN = {"endpoint": "worker", "baseUrl": "https://ai.example/run", "apiToken": None}
posix = pytest.mark.skipif(os.name == "nt", reason="Windows guards the profile folder instead")


def changed(folder: Path, before: str, values: dict[str, str | None] | None = None) -> str:
    file = folder / "config.toml"
    file.write_bytes(before.encode())
    change_user_file(file, LOGIN if values is None else values)
    return file.read_bytes().decode()


def test_comments_order_and_other_settings_stay(tmp_path: Path) -> None:
    before = '# mine\n[workersAI]  # all of it\nmodel = "m" # why\napiToken = "old"\n\n[workersAI.journal]\ndays = 3\n'
    assert changed(tmp_path, before) == (
        '# mine\n[workersAI]  # all of it\nmodel = "m" # why\nendpoint = "worker"\n'
        'baseUrl = "https://ai.example/run"\n\n[workersAI.journal]\ndays = 3\n'
    )


SPELLINGS = {
    "bare": 'baseUrl = "https://old.example"\napiToken = "old"\n',
    "dotted": 'workersAI.baseUrl = "https://old.example"\nworkersAI.apiToken = "old"\n',
    "quoted": '"workersAI.baseUrl" = "https://old.example"\n"workersAI.apiToken" = "old"\n',
    "section": '[workersAI]\nbaseUrl = "https://old.example"\napiToken = "old"\n',
    "inline": 'workersAI = { baseUrl = "https://old.example", apiToken = "old" }\n',
    "both": 'apiToken = "old"\n[workersAI]\napiToken = "older"\n',
    "nothing": "",
    "windows": '\ufeff[workersAI]\r\napiToken = "old"\r\n',
}


@pytest.mark.parametrize("before", SPELLINGS.values(), ids=SPELLINGS)
def test_every_spelling_gives_way(tmp_path: Path, before: str) -> None:
    after = changed(tmp_path, before)
    assert "old" not in after
    outcome = resolve(read_options(environment={}, user_file=tmp_path / "config.toml"))
    settings = outcome.settings
    assert (settings.endpoint, settings.base_url) == ("worker", "https://ai.example/run")
    assert (settings.api_token, outcome.problems) == ("", ())


@pytest.mark.parametrize(
    "before",
    ['gateway.token = "old"', '[workersAI.gateway]\ntoken = "old"', '"gateway.token" = "old"',
     '[workersAI]\n"gateway.token" = "old"', 'workersAI.gateway.token = "old"'],
)  # fmt: skip
def test_a_setting_in_a_group_goes_and_comes(tmp_path: Path, before: str) -> None:
    assert "old" not in changed(tmp_path, before, {"gateway.token": None})
    changed(tmp_path, before, {"gateway.token": "new"})
    outcome = resolve(read_options(environment={}, user_file=tmp_path / "config.toml"))
    assert outcome.settings.gateway.token == "new"


@posix
def test_only_its_owner_can_read_it_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "config.toml"
    before = os.umask(0)
    try:
        assert change_user_file(file, LOGIN)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        file.chmod(0o644)
        assert not change_user_file(file, LOGIN)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["config.toml"]


@posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles.toml", tmp_path / "config.toml"
    real.write_text('model = "m"\n')
    link.symlink_to(real)
    change_user_file(link, LOGIN)
    assert link.is_symlink()
    assert 'model = "m"' in real.read_text()
    assert 'endpoint = "worker"' in real.read_text()


def test_removing_from_no_file_makes_none(tmp_path: Path) -> None:
    assert not change_user_file(tmp_path / "config.toml", {"apiToken": None})
    assert not (tmp_path / "config.toml").exists()


@pytest.mark.parametrize(
    ("before", "part"),
    [('apiToken = "s3cret', "is not valid TOML in line 1"), ("workersAI = 5\n", "no group")],
)
def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path, before: str, part: str) -> None:
    with pytest.raises(CannotKeep, match=part) as failure:
        changed(tmp_path, before)
    assert (tmp_path / "config.toml").read_text() == before
    assert "s3cret" not in str(failure.value)


def test_a_disk_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotKeep, match=r"cannot be written \(No space left on device\)"):
        changed(tmp_path, 'model = "m"\n')
    assert [each.name for each in tmp_path.iterdir()] == ["config.toml"]
    assert (tmp_path / "config.toml").read_text() == 'model = "m"\n'
