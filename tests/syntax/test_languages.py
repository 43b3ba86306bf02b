"""Which language a document is in."""

import pytest

from workers_ai_ls.syntax import LANGUAGES, language_for


@pytest.mark.parametrize(
    ("sent", "known"),
    [
        ("python", "python"),
        ("Python", "python"),
        ("javascript", "javascript"),
        ("javascriptreact", "javascriptreact"),
        ("jsx", "javascriptreact"),
        ("typescript", "typescript"),
        ("typescriptreact", "typescriptreact"),
        ("tsx", "typescriptreact"),
        ("typescript.tsx", "typescriptreact"),
        ("shellscript", "shellscript"),
        ("bash", "shellscript"),
        ("sh", "shellscript"),
        ("zsh", "shellscript"),
        ("csharp", "csharp"),
        ("c-sharp", "csharp"),
        ("cpp", "cpp"),
        ("c++", "cpp"),
        ("php", "php"),
        ("golang", "go"),
        ("yml", "yaml"),
        ("make", "makefile"),
    ],
)
def test_every_id_that_editors_send_is_known(sent: str, known: str) -> None:
    assert language_for(sent, "").id == known


@pytest.mark.parametrize("sent", ["", "plaintext", "text", "no-such-language"])
@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/a/b.py", "python"),
        ("C:\\a\\b.RS", "rust"),
        ("file:///a/b.tsx", "typescriptreact"),
        ("b.h", "c"),
        ("a/Makefile", "makefile"),
        ("a.b/Dockerfile", "dockerfile"),
        (".bashrc", "shellscript"),
        ("a/CMakeLists.txt", "cmake"),
    ],
)
def test_a_file_name_serves_where_the_id_does_not(sent: str, path: str, known: str) -> None:
    assert language_for(sent, path).id == known


def test_the_id_goes_before_the_file_name() -> None:
    assert language_for("cpp", "a.h").id == "cpp"


def test_typescript_in_a_tsx_file_has_markup() -> None:
    assert language_for("typescript", "a.tsx").id == "typescriptreact"
    assert language_for("typescript", "a.ts").id == "typescript"


def test_an_unknown_language_goes_by_its_id() -> None:
    language = language_for("Brain`fuck\n2", "a.bf")
    assert (language.id, language.name) == ("brain`fuck\n2", "Brainfuck2")
    assert language.fence == "brainfuck2"
    assert not language.has_grammar


@pytest.mark.parametrize("path", ["", "a", "a/b.xyz", "notes.txt", "py"])
def test_a_text_without_any_language_is_text(path: str) -> None:
    language = language_for("plaintext", path)
    assert (language.id, language.name, language.fence) == ("plaintext", "text", "text")


def test_no_id_and_no_file_name_is_claimed_twice() -> None:
    ids = [name for language in LANGUAGES for name in (language.id, *language.aliases)]
    files = [name for language in LANGUAGES for name in language.extensions]
    assert sorted(ids) == sorted(set(ids))
    assert sorted(files) == sorted(set(files))
    assert [name for name in ids + files if name != name.lower()] == []


def test_every_fence_is_one_word() -> None:
    assert [each.id for each in LANGUAGES if not each.fence or set(each.fence) & set(" `\n")] == []
