"""The command line: ``python -m data --help`` names the commands."""

import typer

from data.commands import figures

app = typer.Typer(add_completion=False, no_args_is_help=True, help="De cijfers van Land in beeld.")


@app.callback()
def main() -> None:
    """De cijfers van Land in beeld."""


app.command()(figures.figures)
app.command("area")(figures.area_command)

if __name__ == "__main__":
    app(prog_name="python -m data")
