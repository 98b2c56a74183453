"""The command line: ``python -m data --help`` lists the commands."""

import typer

from data.commands import dossiers, figures, files, maintenance, practices, publications, statline, visits

app = typer.Typer(add_completion=False, no_args_is_help=True, help="De cijfers van Land in beeld.")


@app.callback()
def main() -> None:
    """De cijfers van Land in beeld."""


app.command()(figures.figures)
app.command("area")(figures.area_command)
app.command()(files.check)
app.command()(files.load)
app.command()(publications.publications)
app.command()(publications.withdraw)
app.command()(publications.log)
app.command()(maintenance.migrate)
app.command()(maintenance.backup)
app.command()(maintenance.restore)
app.command()(maintenance.export)
app.command()(practices.practices)
app.command()(dossiers.dossier)
app.command("visit-lists")(visits.visit_lists)
app.add_typer(statline.app, name="statline")

if __name__ == "__main__":
    app(prog_name="python -m data")
