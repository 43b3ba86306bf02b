"""The command `workers-ai-ls`."""

import sys


def main() -> None:
    """Serve an editor, or run a subcommand; serving imports nothing of the command line."""
    if set(sys.argv[1:2]) <= {"serve", "--stdio"} and set(sys.argv[2:]) <= {"--stdio"}:
        from workers_ai_ls.lsp.main import main as serve

        serve()
    else:
        from workers_ai_ls.cli import main as run

        run()


if __name__ == "__main__":
    main()
