"""How `postseek` finds its subcommands, and how their errors end."""

from __future__ import annotations

import errno
import os
import select
import signal
import sys
from importlib.metadata import entry_points
from typing import Any

import click

from .engine.errors import PostseekError
from .logs import visible

ENTRY_POINTS = "postseek.commands"
"""The entry points that subcommands of other packages are registered at."""


class Commands(click.Group):
    """The commands of the group itself and those that other packages register; errors end as one plain sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        return sorted({*super().list_commands(ctx), *entry_points(group=ENTRY_POINTS).names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        for entry_point in entry_points(group=ENTRY_POINTS, name=cmd_name):
            command: click.Command = entry_point.load()
            return command
        return None

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a PostseekError becomes its message and its exit status.

        Whoever reads what it prints may stop before the end: that is no failure.
        """
        _open_closed_streams()
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            if not _nobody_reads():
                raise
            ctx.exit(0)
        except OSError as exc:
            if exc.errno != errno.ENOSPC:
                raise
            _print_nowhere()
            click.echo(f"postseek: what is printed can't be written: {exc.strerror}", err=True)
            ctx.exit(os.EX_IOERR)
        except KeyboardInterrupt:  # click would end with 1, which is the safety gate's
            click.echo("postseek: interrupted", err=True)
            ctx.exit(128 + signal.SIGINT)
        except PostseekError as exc:
            _nobody_reads()
            click.echo(f"postseek: {visible(str(exc))}", err=True)
            ctx.exit(exc.exit_status)
        return result


def _open_closed_streams() -> None:
    """Put /dev/null in the place of standard streams that are closed.

    What is opened gets the lowest free number: else a socket might get that of stderr, and the log write to it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(nowhere, True)
            setattr(sys, name, os.fdopen(nowhere, mode, closefd=False))


def _nobody_reads() -> bool:
    """Whether what is printed goes to a pipe whose reader has gone; from then on it goes nowhere."""
    try:
        output = sys.stdout.fileno()
    except OSError:  # that of a test
        return False
    poll = select.poll()
    poll.register(output, 0)
    if not poll.poll(0):
        return False
    _print_nowhere()
    return True


def _print_nowhere() -> None:
    """Let what is still to be printed vanish: else it fails once more when it is flushed at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
