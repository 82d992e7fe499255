"""Requests that schemathesis makes up from a server's own OpenAPI, well formed ones and others."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

HOST = "127.0.0.1:8765"
TRACES = ("Traceback", 'File "', "site-packages")


@dataclass
class Answers:
    """What came back.

    Attributes:
        statuses: How often each.
        faults: A line for each answer that is a fault: a status of 500 and more, a traceback, an
            error that isn't one line of JSON, or one that the OpenAPI doesn't name.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many there were."""
        return sum(self.statuses.values())

    def note(self, case: Any, answer: Any) -> None:
        """Look at one answer to a schemathesis `Case`."""
        self.statuses[answer.status_code] += 1
        for problem in _problems(case, answer):
            self.faults.append(f"{case.method} {case.formatted_path}: {problem}")


def ask(
    schema: Any, count: int, ids: dict[str, str], *, host: str = HOST, seed: int = 0
) -> Answers:
    """Send requests to every endpoint in turn.

    Args:
        schema: Of schemathesis, with the app or address behind it.
        count: How many requests, at least.
        ids: Of a page that is there, as "page", and of a photo, as "id": half of the requests are
            to these, so that more is looked at than whether they exist.
        host: Whose name the server answers to.
        seed: Of the requests.
    """
    answers, turn = Answers(), seed
    kinds = [*_kinds(schema, ids)]
    while answers.count < count:  # some endpoints have few forms of requests
        each = -(-(count - answers.count) // len(kinds))
        for strategy in kinds:
            _send(strategy, each, turn, answers, ids, host)
        turn += 1
    return answers


def _send(
    strategy: Any, count: int, seed: int, answers: Answers, ids: dict[str, str], host: str
) -> None:
    """Send requests of one kind, at most so many."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    @seeded(seed)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(case=strategy)
    def send(case: Any) -> None:
        if isinstance(case.body, dict) and "photo" in case.body and answers.count % 2:
            case.body["photo"] = ids["id"]
        answers.note(case, case.call(headers={"Host": host}))

    send()


def _kinds(schema: Any, ids: dict[str, str]) -> Iterator[Any]:
    """Strategies of requests: of each endpoint, well formed and not, to what is there and not."""
    from schemathesis import GenerationMode

    for found in schema.get_all_operations():
        operation = found.ok()
        keeps = "{id}" in operation.path and operation.method != "delete"
        known = {"id": ids["id"]} if keeps else {}
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            page = {"X-Semcs-Page": ids["page"]}
            if mode is GenerationMode.NEGATIVE and not _can_be_wrong(operation):
                mode = GenerationMode.POSITIVE
            yield operation.as_strategy(generation_mode=mode, headers=page)
            yield operation.as_strategy(
                generation_mode=mode, headers=page, path_parameters=known or None
            )


def _can_be_wrong(operation: Any) -> bool:
    """Whether there is anything in a request that could be of another form."""
    raw = operation.definition.raw
    return "requestBody" in raw or "{" in operation.path


def _problems(case: Any, answer: Any) -> Iterator[str]:
    status = answer.status_code
    text = answer.content[:2000].decode("utf-8", "replace")
    if status >= 500:
        yield f"{status} {text[:200]}"
    if status >= 400 and any(trace in text for trace in TRACES):
        yield f"a traceback: {text[:200]}"
    if status >= 400 and not _is_one_line(answer):
        yield f"no line of JSON: {text[:200]}"
    if str(status) not in case.operation.definition.raw["responses"] and status != 405:
        yield f"{status} isn't in the OpenAPI: {text[:100]}"


def _is_one_line(answer: Any) -> bool:
    try:
        said = json.loads(answer.content)
    except ValueError:
        return False
    return isinstance(said, dict) and [*said] == ["error"] and "\n" not in said["error"]
