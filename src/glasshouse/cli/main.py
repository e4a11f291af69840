"""The command line: one file per command beside this one, each imported only when it is called."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

from cyclopts import App
from cyclopts.exceptions import CycloptsError, UnusedCliTokensError

from glasshouse import __version__
from glasshouse.cli.terminal import console
from glasshouse.files.errors import InputError

DONE, BAD_INPUT, INTERRUPTED = 0, 2, 130

COMMANDS = {
    "schemes": "List the catalogue.",
    "show": "Describe a scheme in plain words, each value with its evidence.",
    "new": "Write a small, commented scheme file to begin with.",
    "check": "Check scheme and world files.",
    "screen": "Read a scheme's file beside two provisions of European law, question by question.",
    "run": "Let invented people live under a scheme and measure what happens.",
    "report": "Write the report of a finished run again.",
    "estimate": "Say how long a run would take, before it starts.",
    "validate": "Compare with exact theory, with others' models and with figures of the world.",
}
EXAMPLES = {
    "schemes": ["glasshouse schemes", "glasshouse schemes --json", "glasshouse schemes --planned"],
    "show": ["glasshouse show judgment-defaulters", "glasshouse show wendeng-2020 --table latex > values.tex"],
    "new": ["glasshouse new my-scheme.yaml", "glasshouse new my-points.yaml --kind points"],
    "check": ["glasshouse check my-scheme.yaml my-world.yaml"],
    "screen": ["glasshouse screen wendeng-2020", "glasshouse screen my-scheme.yaml --world my-town.yaml --json"],
    "run": [
        "glasshouse run judgment-defaulters --people 100000 --years 3",
        "glasshouse run my-scheme.yaml --seeds 4 --span 0 --out runs/first",
        "glasshouse run my-scheme.yaml --with notice-before-listing --with human-review",
    ],
    "report": ["glasshouse report runs/first"],
    "estimate": ["glasshouse estimate wendeng-2020 --people 1000000 --years 3"],
    "validate": ["glasshouse validate --quick", "glasshouse validate detection --wrong", "glasshouse validate models"],
}
HELP = """Glasshouse simulates documented social-scoring schemes on invented people and measures errors and harms.

Invented people; not a forecast; not evidence that any real scheme is safe, lawful or fair."""

FULL_DISK = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def application() -> App:
    """All commands, each named by where its function lives."""
    app = App(
        "glasshouse",
        help=HELP,
        version=__version__,
        help_epilogue="Exit codes: 0 done, 1 a check failed, 2 bad input or usage, 130 interrupted.",
        help_format="plaintext",
        print_error=False,
        exit_on_error=False,
        suppress_keyboard_interrupt=False,
        result_action="return_value",
    )
    for place, (name, text) in enumerate(COMMANDS.items()):
        examples = "\n".join(["Examples:", *(f"  {line}" for line in EXAMPLES[name])])
        app.command(f"glasshouse.cli.{name}:{name}", name=name, help=text, help_epilogue=examples, sort_key=place)
    return app


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    sys.exit(exit_code(sys.argv[1:] if arguments is None else arguments))


def exit_code(arguments: Sequence[str]) -> int:
    """Run one command; every failure that a user can mend becomes one clear message on stderr.

    Returns
    -------
    int
        0 done, 1 a check failed, 2 bad input or usage (a full disk or a refused folder included), 130 interrupted.
    """
    _never_fail_on_letters()
    try:
        result = application()(list(arguments), console=console() if _wants_help(arguments) else None)
        sys.stdout.flush()
    except InputError as error:
        return _say(str(error))
    except CycloptsError as error:
        return _say(_usage(error, arguments))
    except KeyboardInterrupt as interrupt:
        return _say(str(interrupt) or "Interrupted.", INTERRUPTED)
    except BrokenPipeError:  # `glasshouse show ... | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except MemoryError:
        return _say("Not enough memory for this run. `glasshouse estimate` says how much it needs; fewer --threads need less.")
    except OSError as error:
        return _say(_trouble(error))
    return result if isinstance(result, int) else DONE


def _wants_help(arguments: Sequence[str]) -> bool:
    """Only help is printed by the framework; a console takes a tenth of a second to import."""
    return not arguments or not {"--help", "-h"}.isdisjoint(arguments)


def _never_fail_on_letters() -> None:
    """On a terminal without UTF-8, letters it lacks become a question mark instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _say(message: str, code: int = BAD_INPUT) -> int:
    print(message, file=sys.stderr)
    return code


def _usage(error: CycloptsError, arguments: Sequence[str]) -> str:
    """A usage error in one line, and where to read more."""
    command = next((word for word in arguments if word in COMMANDS), None)
    if isinstance(error, UnusedCliTokensError):
        text = f"Unexpected argument: {' '.join(error.unused_tokens or [])}"
    else:
        text = " ".join(str(error).split())
    return f"{text.rstrip('.')}. See `glasshouse {command + ' ' if command else ''}--help`."


def _trouble(error: OSError) -> str:
    """What the operating system refused, in words."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in FULL_DISK:
        return f"The disk is full{where}. What was finished is kept: free some space and give the same command with the same --out."
    if isinstance(error, PermissionError):
        return f"Permission denied{where}."
    return f"{error.strerror or error}{where}."
