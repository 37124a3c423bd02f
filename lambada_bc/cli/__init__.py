"""The command line ``lambada-bc``: data on stdout, progress and complaints on stderr.

Everything heavy is imported by the command that needs it, so that ``--help`` is quick.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from typing import Literal as OneOf

import typer

from lambada_bc.cli.options import (
    CacheOption,
    DepthOption,
    Format,
    FormatOption,
    KbOption,
    LanguageModelOption,
    ModulesOption,
    OutOption,
    StrategyOption,
    ThresholdOption,
    WorldOption,
)
from lambada_bc.cli.output import emit, reporting
from lambada_bc.errors import KnowledgeBaseError
from lambada_bc.statements import Kind, Verdict

if TYPE_CHECKING:
    from lambada_bc.knowledge_base import KnowledgeBase
    from lambada_bc.language_models.loading import LanguageModelSettings
    from lambada_bc.modules.interface import Modules

__all__ = ["EXIT_STATUS", "Format", "app", "main"]

EXIT_STATUS = {
    Verdict.PROVED: 0,
    Verdict.DISPROVED: 1,
    Verdict.UNKNOWN: 3,
    Verdict.CONTRADICTED: 4,
}
"""Exit status of ``prove``; 2 is for a usage or input error, 130 for an interruption."""

app = typer.Typer(
    help="Prove English goals from English facts and rules.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
kb_app = typer.Typer(help="Look into a knowledge base.", no_args_is_help=True)
app.add_typer(kb_app, name="kb")


@app.command()
@reporting
def prove(
    goal: Annotated[str, typer.Argument(help="One declarative English sentence.")],
    kb: KbOption,
    world: WorldOption = None,
    strategy: StrategyOption = "best_first",
    modules: ModulesOption = "compact",
    lm: LanguageModelOption = None,
    cache: CacheOption = None,
    sides: Annotated[
        OneOf["first", "both"], typer.Option(help="Stop at the first proof, or look for both.")
    ] = "first",
    max_depth: DepthOption = None,
    threshold: ThresholdOption = 0.0,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Prove or disprove GOAL from a knowledge base and show the proof.

    Exit status: 0 proved, 1 disproved, 3 unknown, 4 contradicted, 2 usage or input error.
    """
    from lambada_bc import prover
    from lambada_bc.language_models.loading import settings_of
    from lambada_bc.proof import FORMATS

    base, using = _opened(kb, modules, goal, settings_of(lm, cache))
    if all(statement.kind is Kind.FACT for statement in base.statements(using.reader)):
        raise KnowledgeBaseError(
            f"{kb}: holds no rule, all of its sentences were read as facts; "
            "add one, or mark it with “rule: ”."
        )
    proof = prover.prove(
        goal,
        base,
        modules=using,
        strategy=strategy,
        world=world,
        sides=sides,
        max_depth=max_depth,
        threshold=threshold,
    )
    emit(FORMATS[format](proof), out)
    raise typer.Exit(EXIT_STATUS[proof.verdict])


@app.command()
@reporting
def evaluate(
    data: Annotated[
        Path, typer.Argument(help="Data file, .goals.jsonl file, or a folder of the latter.")
    ],
    out: Annotated[Path, typer.Option(help="Folder of the results; an unfinished run goes on.")],
    limit: Annotated[
        int | None, typer.Option(min=1, help="Draw this many questions. [default: all]")
    ] = None,
    seed: Annotated[int, typer.Option(help="Fixes the draw.")] = 0,
    by_depth: Annotated[
        bool, typer.Option("--by-depth", help="Draw as many questions of each depth.")
    ] = False,
    modules: ModulesOption = "compact",
    method: Annotated[
        OneOf["best_first", "lambada", "direct", "chain_of_thought", "selection_inference"],
        typer.Option(help="A strategy of the prover, or a baseline over a language model."),
    ] = "best_first",
    lm: LanguageModelOption = None,
    cache: CacheOption = None,
    world: WorldOption = None,
    max_depth: DepthOption = None,
    threshold: ThresholdOption = 0.0,
    max_calls: Annotated[
        int | None, typer.Option(min=1, help="Module calls for a theory's questions together.")
    ] = None,
    processes: Annotated[int, typer.Option(min=1, help="Theories worked on side by side.")] = 1,
    ray: Annotated[
        str | None, typer.Option(help="Work on a Ray cluster: its address, auto, or local.")
    ] = None,
) -> None:
    """Answer the questions of a data set; write items.jsonl and summary.json."""
    from contextlib import ExitStack

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    from lambada_bc.evaluation import evaluate as run
    from lambada_bc.evaluation.report import report
    from lambada_bc.language_models.loading import settings_of

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True))
    task = bar.add_task("questions", total=None)
    with ExitStack() as shown:

        def advance(done: int, total: int) -> None:
            if not bar.live.is_started:
                shown.enter_context(bar)
            bar.update(task, completed=done, total=total)

        summary = run(
            data,
            out,
            limit=limit,
            seed=seed,
            by_depth=by_depth,
            modules=modules,
            method=method,
            language_model=settings_of(lm, cache),
            world=world,
            max_depth=max_depth,
            threshold=threshold,
            max_calls=max_calls,
            processes=processes,
            ray=ray,
            progress=advance,
        )
    typer.echo(report(summary))


@app.command()
@reporting
def attribute(
    data: Annotated[Path, typer.Argument(help="The data file of the run, with gold annotation.")],
    results: Annotated[Path, typer.Argument(help="The folder that evaluate wrote.")],
    modules: ModulesOption = "compact",
    strategy: StrategyOption = "best_first",
    lm: LanguageModelOption = None,
    cache: CacheOption = None,
) -> None:
    """Say for each wrong answer of a run which module erred first.

    Gold modules take over one after another, until the answer is right.
    """
    from lambada_bc.evaluation import attribution, datasets
    from lambada_bc.evaluation.approach import Approach
    from lambada_bc.evaluation.records import read_records
    from lambada_bc.language_models.loading import settings_of
    from lambada_bc.modules.loading import mix_of

    approach = Approach(mix_of(modules, settings_of(lm, cache)), strategy)
    records = read_records(results / "items.jsonl")
    found = attribution.attribute(datasets.load(data), records, approach)
    for (theory, question), module in sorted(found.items()):
        typer.echo(f"{theory}\t{question}\t{module}")
    for module, count in attribution.table(found).items():
        typer.echo(f"{module:<20}{count:>6}", err=True)


@kb_app.command()
@reporting
def show(
    file: Annotated[Path, typer.Argument(help="Knowledge base, .txt or .jsonl.")],
    modules: Annotated[str, typer.Option(help="What reads the sentences.")] = "compact",
) -> None:
    """Show what each sentence was read as: its id, fact or rule, what it says and may say."""
    from lambada_bc.knowledge_base import KnowledgeBase
    from lambada_bc.modules.loading import load

    base, using = KnowledgeBase.open(file), load(modules)
    statements = base.statements(using.reader, guessed=True)
    typer.echo(f"world: {base.world}")
    for sentence in base:
        said = [s for s in statements if s.sentence.id == sentence.id]
        kinds = "/".join(dict.fromkeys(str(s.kind) for s in said if not s.guessed)) or "none"
        typer.echo(f"\n[{sentence.id}] {kinds}: {sentence.text}")
        for statement in said:
            perhaps = f"perhaps ({statement.probability:.2f}): " if statement.guessed else ""
            typer.echo(f"    {perhaps}{statement.clause}")


@app.command()
@reporting
def check(
    proof: Annotated[Path, typer.Argument(help="A proof as written by --format json.")],
    kb: KbOption,
) -> None:
    """Check a stored proof against a knowledge base, without any search.

    Exit status: 0 valid, 1 not valid, 2 usage or input error.
    """
    from lambada_bc import prover
    from lambada_bc.modules.loading import reader_of
    from lambada_bc.proof import read_proof

    stored = read_proof(proof)
    base, using = _opened(kb, reader_of(stored.modules), stored.goal)
    found = prover.check(stored, base, modules=using)
    typer.echo("\n".join(found) or "The proof is valid.")
    raise typer.Exit(1 if found else 0)


@app.command()
@reporting
def export(
    proof: Annotated[Path, typer.Argument(help="A proof as written by --format json.")],
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Write a stored proof in another format."""
    from lambada_bc.proof import FORMATS, read_proof

    emit(FORMATS[format](read_proof(proof)), out)


def main() -> None:
    """Run the command line."""
    app()


def _opened(
    kb: Path, modules: str, goal: str, model: LanguageModelSettings | None = None
) -> tuple[KnowledgeBase, Modules]:
    """A knowledge base and the modules that read it.

    The gold modules come with the theory of a data file that has the goal among its questions.
    """
    if modules == "gold":
        from lambada_bc.evaluation.datasets import annotated_theory
        from lambada_bc.modules.gold import gold_modules

        theory = annotated_theory(kb, goal)
        return theory.knowledge_base(), gold_modules(theory.annotation())
    from lambada_bc.knowledge_base import KnowledgeBase
    from lambada_bc.modules.loading import load

    return KnowledgeBase.open(kb), load(modules, model)
