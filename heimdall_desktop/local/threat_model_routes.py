"""Threat models by their own id: read, and edited by hand.

Nothing in an edit is checked, parallel ones get lost, and elements added by hand have other keys
than those that Tyr made. Source: heimdall-api.md §4.11.
"""

import re
from collections.abc import Callable, Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from heimdall_desktop.local.answers import model, success
from heimdall_desktop.local.database import Database
from heimdall_desktop.local.errors import Malformed, Refused
from heimdall_desktop.local.exact_route import Handler, exact_route
from heimdall_desktop.local.reading import (
    Body,
    json_body,
    optional_text,
    path_uuid,
    refuse_nul,
    required_text,
    signed_in_user,
)
from heimdall_desktop.local.rows import ThreatModelRow

_PARTS = {
    "boundaries": ("boundaries_json", ("description",)),
    "surfaces": ("surfaces_json", ("risk", "description")),
    "data-flows": ("data_flows_json", ("from", "to", "description")),
}
"""By the word in the path: its column, and what an added element may say beside its name."""

_INDEX = re.compile("[0-9]{1,19}")


class ThreatModelRoutes:
    """The endpoints under `/api/threat-models/`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def routes(self) -> list[Route]:
        """Return them for the router."""
        path = "/api/threat-models/{id}"
        routes = [
            exact_route("GET", path, self.threat_model),
            exact_route("PATCH", path, self.edit),
        ]
        for part in _PARTS:
            routes.append(exact_route("POST", f"{path}/{part}", self._adding(part)))
            routes.append(exact_route("DELETE", f"{path}/{part}/{{index}}", self._removing(part)))
        return routes

    async def threat_model(self, request: Request) -> Response:
        """Give the model."""
        return success(model(self._owned(request)))

    async def edit(self, request: Request) -> Response:
        """Overwrite parts with whatever JSON is given; null leaves a part as it is."""
        path_uuid(request)
        body = await json_body(request)
        optional_text(body, "summary")
        row = self._owned(request)
        columns = {"summary": "summary"}
        columns |= {part.replace("-", "_"): column for part, (column, _) in _PARTS.items()}
        changes = {
            column: body[name] for name, column in columns.items() if body.get(name) is not None
        }
        self._write(row, changes)
        return success(model(self._owned(request)))

    def _adding(self, part: str) -> Handler:
        async def add(request: Request) -> Response:
            path_uuid(request)
            element = _element(await json_body(request), part)
            return self._rewritten(self._owned(request), part, lambda old: [*old, element])

        return add

    def _removing(self, part: str) -> Handler:
        async def remove(request: Request) -> Response:
            path_uuid(request)
            index = _index(request)

            def without(old: list[object]) -> list[object]:
                if index >= len(old):
                    raise Refused(400, f"There is no element {index}")
                return old[:index] + old[index + 1 :]

            return self._rewritten(self._owned(request), part, without)

        return remove

    def _rewritten(
        self, row: ThreatModelRow, part: str, change: Callable[[list[object]], list[object]]
    ) -> Response:
        """Store a part as it is after a change, and answer with it."""
        column, _ = _PARTS[part]
        stored: object = getattr(row, column)
        elements = change(list(stored) if isinstance(stored, list | tuple) else [])
        self._write(row, {column: elements})
        return success(elements)

    def _write(self, row: ThreatModelRow, changes: dict[str, object]) -> None:
        refuse_nul(*_texts(changes))
        if changes:
            self._database.update_threat_model(row.id, **changes)

    def _owned(self, request: Request) -> ThreatModelRow:
        """Return the model that the path names.

        Raises:
            Malformed: the path holds no UUID.
            Refused: 404.
        """
        model_id = path_uuid(request)
        row = self._database.threat_model(model_id)
        repo = self._database.repo(row.repo_id) if row else None
        if row is None or repo is None or repo.user_id != signed_in_user(request).id:
            raise Refused(404, f"Threat model '{model_id}' not found")
        return row


def _element(body: Body, part: str) -> Body:
    _, names = _PARTS[part]
    said = {name: optional_text(body, name) or "" for name in names}
    return {"name": required_text(body, "name"), **said}


def _texts(value: object) -> Iterator[str]:
    """Yield every text in a JSON value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.items()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _index(request: Request) -> int:
    text = str(request.path_params["index"])
    if not _INDEX.fullmatch(text):
        raise Malformed(404, "The index is not a number")
    return int(text)
