"""`python -m pygmalion_app.launch [run | build | describe | serve [when-told] | with-database MODULE ...]`; or all."""

import asyncio
import os
import sys

from pydantic import ValidationError

from pygmalion_app.launch.paths import Home


def main() -> int:
    """Do what the first argument says and return the exit code."""
    home = Home.from_environment()
    os.environ["PYGMALION_HOME"] = str(home.root)
    match sys.argv[1:]:
        case ["build"]:
            from pygmalion_app.launch import frontend

            frontend.build(home)
            sys.stdout.flush()
            # Python would first take all that the build made to pieces, object by object: a sixth of the whole.
            os._exit(0)
        case ["describe"]:
            from pygmalion_app.launch import description

            description.describe(home)
            return 0
        case ["serve", *when_told]:
            from pygmalion_app.core import collector

            collector.pause()
            from pygmalion_app.launch import web

            web.serve(home, when_told=when_told == ["when-told"])
            return 0
        case ["with-database", module, *arguments]:
            from pygmalion_app.launch.attached import run_with_database

            return run_with_database(home, module, arguments)
        case [] | ["run"]:
            return _run(home)
        case _:
            print(__doc__, file=sys.stderr)
            return 2


def _run(home: Home) -> int:
    from pygmalion_app.core.config import Settings
    from pygmalion_app.launch import guard
    from pygmalion_app.launch.console import Console
    from pygmalion_app.launch.secrets import ensure_secrets
    from pygmalion_app.launch.supervisor import Supervisor

    console = Console()
    try:
        settings = Settings.load()
        with guard.only_one(home, settings.base_url):
            guard.check_port(settings)
            if not settings.is_production:
                ensure_secrets(home.secrets)
            console.say(f"\n  Pygmalion, keeping everything in {home.root}\n")
            return asyncio.run(Supervisor.supervise(home, Settings.load(), console))
    except guard.RefusedError as error:
        print(f"\n  {error}\n", file=sys.stderr)
    except ValidationError as error:
        # pydantic's own text would print the values, secrets among them.
        for problem in error.errors(include_input=False, include_url=False):
            print(f"  {'.'.join(map(str, problem['loc'])).upper()} {problem['msg']}".rstrip(), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
