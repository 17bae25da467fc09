"""The ``whereas`` command: process files, keep a stack running, query it, show a demonstration.

Modules that a command needs are imported by the command, so that ``--help`` answers at once.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from whereas import __version__
from whereas.errors import InvalidRequestError, NotFoundError, TransientError, WhereasError
from whereas_local import link_cli, query_cli

app = typer.Typer(
    name="whereas",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    help="Contracts in, queryable entities out. Runs the whole pipeline of template.yaml on this machine: no account, no Docker.",
)

app.add_typer(query_cli.app, name="query")
app.add_typer(link_cli.app, name="link")

Jobs = Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Function calls at a time. Default: one a processor core.")]
Template = Annotated[
    Path | None, typer.Option("--template", help="Template to run. Default: the project's template.yaml.", show_default=False)
]
Parameters = Annotated[
    list[str] | None,
    typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="Parameter of the template, such as MaxPages=100. May be repeated."),
]
LogFile = Annotated[Path | None, typer.Option("--log", help="Append the functions' log to this file.", show_default=False)]


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    if version:
        typer.echo(__version__)
        raise typer.Exit


@app.command()
def process(
    files: Annotated[list[Path], typer.Argument(metavar="FILES...", help="Files, or folders with all below them.")],
    json_out: Annotated[Path | None, typer.Option("--json", metavar="OUT", help="Write one record a line; - for standard output.")] = None,
    html_out: Annotated[
        Path | None, typer.Option("--html", metavar="OUT", help="Write a self-contained page, entities highlighted.")
    ] = None,
    jobs: Jobs = None,
    template: Template = None,
    parameter: Parameters = None,
    log: LogFile = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")] = False,
) -> None:
    """Run files through the chain and write their records.

    Reads PDF, DOCX, ODT, RTF, TXT, HTML, PNG, JPEG, TIFF, WebP and AVIF. The files in a ZIP archive and the attachments of an
    e-mail message (EML) are records of their own, behind that of their container.

    Goes on past bad files: they appear in the output too, with status QUARANTINED and a reason that says what to do. The exit
    status is 0 only if every file ended COMPLETE, 1 if one did not, 2 if the arguments are wrong.

    Example: `whereas process contracts/ --json records.jsonl --html report.html`
    """
    from whereas_local import inputs, processing
    from whereas_local.stack import TEMPLATE

    console = Console(stderr=True, quiet=quiet)
    parameters = _parameters(parameter)
    found, skipped = inputs.collect(files)
    if skipped:
        console.print(f"{skipped} file(s) of other kinds in the folders are passed over; name one to have it processed.", style="dim")
    result = processing.process(
        found,
        console=console,
        jobs=jobs,
        template=template or TEMPLATE,
        parameters=parameters,
        log=log,
        with_texts=html_out is not None,
        with_images=html_out is not None,
    )
    if json_out == Path("-"):
        for record in result.records:
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    elif json_out:
        processing.write_json(result.records, json_out)
    if html_out:
        from whereas_local.report import render_report
        from whereas_local.summary import is_container

        contracts = [record for record in result.records if not is_container(record)]
        render_report(contracts, result.texts, html_out, images=result.images)
    if not quiet and json_out != Path("-"):
        from whereas_local.summary import print_summary

        print_summary(result.records, Console())
    for line in result.unread:
        console.print(f"could not be read: {line}", style="red", markup=False)
    raise typer.Exit(130 if result.interrupted else 0 if result.complete else 1)


@app.command()
def up(
    state: Annotated[Path, typer.Option("--state", help="Folder that keeps the data between runs.")] = Path(".whereas"),
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port of S3 and its siblings; 0 takes a free one.")] = 4580,
    api_port: Annotated[int, typer.Option("--api-port", min=0, max=65535, help="Port of the HTTP API; 0 takes a free one.")] = 4581,
    jobs: Jobs = None,
    template: Template = None,
    parameter: Parameters = None,
) -> None:
    """Keep a stack running until Ctrl-C: put contracts in with `aws s3 cp`, ask it with `whereas query` or over HTTP.

    Listens on 127.0.0.1 alone. What it holds is saved to the state folder every half minute and when it stops.
    """
    from whereas_local.stack import TEMPLATE
    from whereas_local.up import keep_running

    keep_running(
        state,
        console=Console(),
        port=port,
        api_port=api_port,
        jobs=jobs,
        template=template or TEMPLATE,
        parameters=_parameters(parameter),
    )


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder for samples, records and report.")] = Path("out"),
    jobs: Jobs = None,
    template: Template = None,
) -> None:
    """Make sample contracts, run them through the chain, and show what was found.

    The samples are invented: a born-digital PDF, a scanned one (skewed, noisy), one in two columns, DOCX, HTML and text.
    """
    from whereas_local.demonstration import demonstrate
    from whereas_local.stack import TEMPLATE

    result = demonstrate(out, jobs=jobs, template=template or TEMPLATE)
    raise typer.Exit(130 if result.interrupted else 0 if result.complete else 1)


@app.command()
def explain(
    document: Annotated[str, typer.Argument(metavar="DOC", help="A document's id, as `whereas query documents` shows it, or a file.")],
    field: Annotated[str | None, typer.Argument(metavar="FIELD", help="Such as effective_date. Default: all with a value.")] = None,
    url: query_cli.Url = query_cli.LOCAL,
    profile: query_cli.Profile = None,
    template: Template = None,
    parameter: Parameters = None,
) -> None:
    """Say why a fact is what it is: who decided in which version, the score, the evidence in its sentence, the runners-up.

    A file is run through the chain first, like `whereas process`; a document's id asks a stack.
    """
    from whereas_local import explaining, sources

    if Path(document).is_file():
        record, quote = sources.of_file(Path(document), template=template, parameters=_parameters(parameter))
    else:
        record, quote = sources.of_stack(document, query_cli.client_of(url, profile))
    explaining.explain(record, field, quote=quote, console=Console())


def _parameters(pairs: list[str] | None) -> dict[str, object]:
    parameters: dict[str, object] = {}
    for pair in pairs or []:
        name, separator, value = pair.partition("=")
        if not separator or not name:
            raise InvalidRequestError(f"--parameter takes NAME=VALUE, found {pair!r}")
        parameters[name] = value
    return parameters


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(143)


def main() -> None:
    """Run the command line.

    An error that the system raises on purpose becomes one line; the exit status is 2 where what was asked is wrong, 1 where it
    was not found or nobody answered.
    """
    signal.signal(signal.SIGTERM, _terminate)
    try:
        app()
    except WhereasError as exc:
        line = Text.assemble(("Error: ", "bold red"), str(exc))
        if isinstance(exc, TransientError):
            line.append(" Is the stack up?")
        Console(stderr=True, soft_wrap=True).print(line)
        sys.exit(1 if isinstance(exc, NotFoundError | TransientError) else 2)


if __name__ == "__main__":
    main()
