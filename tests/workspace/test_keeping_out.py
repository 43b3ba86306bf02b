"""Files of which nothing is sent."""

import sys
from pathlib import Path

import pytest

from workers_ai_ls.workspace.keeping_out import is_excluded, is_never_sent, why_kept_out


def write(root: Path, name: str, text: str = "x = 1\n") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (".env", "a file of secret settings"),
        (".env.local", "a file of secret settings"),
        ("config/.env.production.local", "a file of secret settings"),
        ("docker/prod.env", "a file of secret settings"),
        (".ENV", "a file of secret settings"),
        (".envrc", "a file of secret settings"),
        ("server.pem", "a key file"),
        ("tls/Server.KEY", "a key file"),
        ("id_rsa", "a key file"),
        ("release.p12", "a key file"),
        ("android.jks", "a key file"),
        ("id_ed25519", "a key file"),
        (".netrc", "a file of credentials"),
        (".pgpass", "a file of credentials"),
        (".npmrc", "a file of credentials"),
        (".pypirc", "a file of credentials"),
        (".aws/credentials", "a file of credentials"),
        (".docker/config.json", "a file of credentials"),
        (".kube/config", "a file of credentials"),
        (".config/gcloud/legacy/a.json", "a file of credentials"),
        (".ssh/known_hosts", "a file of credentials"),
    ],
)
def test_secret_files_are_known_by_their_names(tmp_path: Path, name: str, kind: str) -> None:
    assert why_kept_out(write(tmp_path, name), tmp_path) == (
        f"{Path(name).name} is {kind}, so nothing of it is ever sent; what the AI is to see must "
        "stand in another file."
    )
    assert kind in why_kept_out(tmp_path / name, None)


@pytest.mark.parametrize(
    "name",
    [
        *(".env.example", ".env.sample", ".env.template", "env.py", "environment.ts", "keys.py"),
        *("id_rsa.pub", "server.key.example", "gcloud/client.py", "credentials", "config.json"),
        *("aws/credentials.py", "odd 'name' ünï\u2028[x].py", "pem.py"),
    ],
)
def test_other_files_are_let_in(tmp_path: Path, name: str) -> None:
    assert why_kept_out(write(tmp_path, name), tmp_path) == ""
    assert why_kept_out(tmp_path / name, None) == ""


def test_what_git_ignores_is_kept_out_and_the_line_that_the_sentence_names_lets_it_in(
    tmp_path: Path,
) -> None:
    write(tmp_path, ".gitignore", "build/\n*.gen.py\n")
    for name, line in (("build/deep/a.py", "!/build/"), ("src/a.gen.py", "!/src/a.gen.py")):
        path = write(tmp_path, name)
        assert why_kept_out(path, tmp_path) == (
            f"{path.name} is ignored by this project, so nothing of it is sent; the line `{line}` in "
            f"{tmp_path}/.workers-ai-ignore lets it in."
        )
        write(tmp_path, ".workers-ai-ignore", f"{line}\n")
        assert why_kept_out(path, tmp_path) == ""
        (tmp_path / ".workers-ai-ignore").unlink()


def test_a_workspace_inside_a_repository_has_the_repositorys_rules(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, ".gitignore", "packages/*/dist\n")
    root = tmp_path / "packages" / "web"
    path = write(root, "dist/a.js")
    assert why_kept_out(path, root).endswith(
        f"the line `!/packages/web/dist/` in {tmp_path}/.workers-ai-ignore lets it in."
    )
    write(tmp_path, ".workers-ai-ignore", "!/packages/web/dist/\n")
    assert why_kept_out(path, root) == ""
    assert why_kept_out(write(root, "src/a.js"), root) == ""


def test_our_own_ignore_file_keeps_out_what_git_does_not(tmp_path: Path) -> None:
    write(tmp_path, ".workers-ai-ignore", "customers.py\n")
    assert "ignored" in why_kept_out(write(tmp_path, "src/customers.py"), tmp_path)


@pytest.mark.parametrize(
    ("pattern", "out", "let_in"),
    [
        ("secrets/**", "secrets/a.py", "src/secrets.py"),
        ("*.sql", "db/x.sql", "db/x.py"),
        ("/db", "db/x.py", "src/db/x.py"),
        ("Private/", "private/a.py", "privately.py"),
        ("*.sql", "DB/X.SQL", "x.sqlx"),
        ("a [b]?.py", "a bc.py", "a xc.py"),
    ],
)
def test_the_setting_keeps_out_what_its_patterns_match(
    tmp_path: Path, pattern: str, out: str, let_in: str
) -> None:
    assert is_excluded(out, (pattern,))
    assert not is_excluded(let_in, (pattern,))
    assert why_kept_out(write(tmp_path, out), tmp_path, (pattern,)) == (
        f"{Path(out).name} is kept out by the setting workersAI.context.exclude, so nothing of it is "
        "sent; change the setting to let it in."
    )
    assert why_kept_out(write(tmp_path, let_in), tmp_path, (pattern,)) == ""


def test_a_file_in_no_workspace_is_kept_out_as_if_each_folder_around_it_were_one(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, "deep/secrets/a.py")
    for root in (None, tmp_path / "elsewhere"):
        assert "exclude" in why_kept_out(path, root, ("secrets/*.py",))
        assert why_kept_out(path, root, ("public/*.py",)) == ""
    write(tmp_path, "deep/secrets/.gitignore", "a.py\n")
    assert "ignored" in why_kept_out(path, None)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_counts_as_its_target_and_as_its_name(tmp_path: Path) -> None:
    root, outside = tmp_path / "work", tmp_path / "home"
    secret = write(outside, ".ssh/id_rsa")
    write(root, ".gitignore", "local/\n")
    hidden, plain = write(root, "local/a.py"), write(root, "src/a.py")
    for name, target in (("a.py", secret), ("b.py", hidden), (".env", plain)):
        (root / name).symlink_to(target)
        assert why_kept_out(root / name, root) != "", name
    assert "a.py is a key file" in why_kept_out(root / "a.py", root)
    (root / "loop.py").symlink_to(root / "loop.py")
    assert why_kept_out(root / "loop.py", root) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_workspace_that_is_a_link_has_the_same_rules(tmp_path: Path) -> None:
    real = tmp_path / "real"
    write(real, ".gitignore", "*.gen.py\n")
    path = write(real, "src/a.gen.py")
    (tmp_path / "link").symlink_to(real)
    linked = tmp_path / "link"
    for root in (linked, real):
        for one in (linked / "src/a.gen.py", path):
            assert "ignored" in why_kept_out(one, root), (one, root)
            assert "exclude" in why_kept_out(one, root, ("/src",)), (one, root)


def test_a_file_that_is_not_there_yet_is_judged_by_its_name(tmp_path: Path) -> None:
    assert why_kept_out(tmp_path / "tests" / "test_a.py", tmp_path) == ""
    assert why_kept_out(tmp_path / ".env", tmp_path) != ""


def test_a_path_of_the_index_is_judged_without_the_disk() -> None:
    assert is_never_sent("src/.env.local", ())
    assert is_never_sent(".ssh/config", ())
    assert is_never_sent("db/x.sql", ("*.sql",))
    assert not is_never_sent("src/a.py", ("*.sql",))
