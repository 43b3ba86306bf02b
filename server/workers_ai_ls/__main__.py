"""The command `workers-ai-ls`."""

import sys


def main() -> None:
    """Serve an editor, or run a subcommand; serving imports nothing of the command line."""
    if sys.argv[1:] in ([], ["serve"], ["--stdio"], ["serve", "--stdio"]):
        from workers_ai_ls.lsp.main import main as serve

        serve()
    else:
        from workers_ai_ls.cli import main as run

        run()


if __name__ == "__main__":
    main()
