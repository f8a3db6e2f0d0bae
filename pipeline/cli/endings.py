"""How a command ends when something expected goes wrong: one clear line, one code."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec

import typer

from pipeline.errors import PipelineError, TooManyRejectionsError

P = ParamSpec("P")

_SOME_FAILED: Final = 1
_USAGE: Final = 2
#: What a shell reports for a program that lost its reader: 128 + SIGPIPE.
_LOST_READER: Final = 141


def ending(command: Callable[P, None]) -> Callable[P, None]:
    """Turn a command's expected failures into messages and exit codes."""

    @wraps(command)
    def ended(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except PipelineError as error:
            typer.secho(f"Error: {error}", err=True, fg="red")
            failed = isinstance(error, TooManyRejectionsError)
            raise typer.Exit(_SOME_FAILED if failed else _USAGE) from error
        except BrokenPipeError as error:
            # the interpreter flushes standard output once more when it ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(_LOST_READER) from error

    return ended
