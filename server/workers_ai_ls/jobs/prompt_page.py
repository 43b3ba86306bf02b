"""The page that *AI: Show prompt* shows: Markdown, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.context import fenced

from .foreseeing import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workers_ai_ls.context import Source

    from .foreseeing import Foreseen

_KINDS = {
    "header": "signature",
    "body": "definition",
    "outline": "what is around",
    "caller": "use",
    "sibling": "example of style",
    "imports": "imports",
    "surroundings": "code around",
    "conventions": "the project's own words",
    "tests": "tests",
}


def prompt_page(where: str, foreseen: Sequence[Foreseen | Refused]) -> str:
    """Show what each action would send about the code at `where`."""
    parts = [
        f"# What would be sent about {where}",
        "Nothing has been sent. Tokens are estimated; the endpoint counts its own way.",
    ]
    for each in foreseen:
        parts.append(f"## {each.action.title}")
        parts += [each.sentence] if isinstance(each, Refused) else _shown(each)
    return "\n\n".join(parts) + "\n"


def price_of(foreseen: Foreseen) -> str:
    """What it costs, in words: without an answer, and with the longest."""
    neurons, dollars = foreseen.neurons, foreseen.dollars
    if neurons is None or dollars is None:
        return f"no price known for {foreseen.model.id}"
    low, high = (f"{each:,.2g}" if each < 1 else f"{each:,.1f}" for each in neurons)
    in_dollars = f"${dollars[0]:.5f} to ${dollars[1]:.5f}"
    return f"{low} neurons without an answer to {high} with the longest ({in_dollars})"


def replaced(foreseen: Foreseen) -> str:
    """Which secrets were replaced, by kind: `aws key (2), password (1)`; "" for none."""
    kinds = foreseen.sent.hidden.kinds
    return ", ".join(f"{kind} ({count})" for kind, count in kinds.items())


def _shown(each: Foreseen) -> Iterator[str]:
    prompt, knowledge = each.sent.prompt, each.material.knowledge
    facts = [
        f"Model: {each.model.id}",
        f"Tokens: about {each.tokens:,} sent, at most {prompt.max_tokens:,} in the answer",
        f"Price: {price_of(each)}",
        f"Secrets replaced: {replaced(each) or 'none found'}",
        f"Left out for lack of room: {', '.join(prompt.cut) or 'nothing'}",
    ]
    if knowledge.words:
        facts.append(f"The project's own words: {knowledge.words.path}")
    if knowledge.incomplete:
        facts.append(f"There may be more, because {knowledge.incomplete}")
    yield "\n".join(f"- {fact}" for fact in facts)
    yield "### Drawn on"
    yield _listed(prompt.sources) or "Only the code itself."
    if each.request.prompt is not None:
        yield f"### Sent as one text\n\n{fenced(each.request.prompt, '')}"
    for message in each.request.messages:
        yield f"### Sent as {message.role}\n\n{fenced(message.content, '')}"


def _listed(sources: Iterable[Source]) -> str:
    return "\n".join(
        f"- `{one.path}`, {_lines(one)}: {_KINDS.get(one.kind, one.kind)}, {one.tokens:,} tokens"
        for one in sources
    )


def _lines(source: Source) -> str:
    if source.first == source.last:
        return f"line {source.first}"
    return f"lines {source.first} to {source.last}"
