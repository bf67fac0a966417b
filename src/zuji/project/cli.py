"""The `zuji` command: one file of `commands/` for each subcommand, loaded when it is asked for."""

import sys
from importlib import import_module
from pathlib import Path

import click

from zuji.project.errors import Misconfigured
from zuji.project.words import say

COMMANDS = Path(__file__).parent / "commands"


class Lazy(click.Group):
    """Finds subcommands by file name, so that `zuji doctor` runs where another command's libraries are missing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(file.stem for file in COMMANDS.glob("[a-z]*.py"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"zuji.project.commands.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 (what a module of commands/ promises)
        return command


@click.group(cls=Lazy, help=say("cli.help"))
@click.version_option(package_name="zuji")
def zuji() -> None:
    pass


def main() -> None:
    """The entry point: a misconfiguration ends it with its words and status 1."""
    try:
        zuji()
    except Misconfigured as fault:
        click.echo(f"{say(f'fault.{fault.code}', **fault.facts)} [{fault.code}]", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
