"""The API's description, OpenAPI 3.1: made of the table of operations, that of parameters and the answers' types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

import msgspec

from .operations import JSON, OPERATIONS, Operation
from .parameters import Parameter, described
from .problems import Problem

PROBLEM = "application/problem+json"

_REFERENCE = "#/components/schemas/{name}"
_ERRORS = {
    400: "A parameter, or the body, is wrong; `errors` names each parameter that is.",
    401: "Neither the token nor a signature is right.",
    404: "There is no such thing.",
    408: "The body took too long.",
    409: "The same signed request was taken before.",
    413: "The body or the list is too large.",
    429: "Too many requests; Retry-After says when to come back.",
    503: "No index is served at the moment; Retry-After says when to come back.",
}

Document = dict[str, Any]


def openapi(server: str) -> Document:
    """The description of a service at the address `server`, with a slash at its end."""
    types = {type(operation.answer) for operation in OPERATIONS if operation.answer} | {
        type(operation.body) for operation in OPERATIONS if operation.body
    }
    ordered = [*sorted(types, key=lambda each: each.__name__), Problem]
    _, schemas = msgspec.json.schema_components(ordered, ref_template=_REFERENCE)
    paths: dict[str, Document] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Postseek",
            "version": version("postseek"),
            "summary": "Full-text search and tags for a blog",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": server.rstrip("/") or "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"secret": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(operation: Operation) -> Document:
    responses = {str(operation.status): _answer(operation)}
    if operation.revalidated:
        responses["304"] = {"description": "Nothing has changed since the answer with the ETag in If-None-Match."}
    for status in sorted(operation.errors):
        responses[str(status)] = _error(status)
    parameters = [_parameter(each) for each in described(operation.parameters)]
    if "{tag}" in operation.path:
        parameters.insert(0, _PATH_OF_TAG)
    whole: Document = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": operation.detail,
        "parameters": parameters,
        "responses": responses,
    }
    if operation.body is not None:
        whole["requestBody"] = {"required": True, "content": _body(operation.body)}
        whole["security"] = [{"secret": []}]
    return {name: value for name, value in whole.items() if value not in ("", [])}


_PATH_OF_TAG = {
    "name": "tag",
    "in": "path",
    "required": True,
    "description": "A tag in any spelling; a slash in it as %2F.",
    "schema": {"type": "string", "minLength": 1},
    "examples": {"example1": {"value": "Back Pain"}},
}


def _parameter(parameter: Parameter) -> Document:
    described: Document = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.help,
        "required": parameter.required,
        "schema": parameter.schema,
    }
    if parameter.examples:
        values: Sequence[object] = [[each] if parameter.repeatable else each for each in parameter.examples]
        described["examples"] = {f"example{number}": {"value": value} for number, value in enumerate(values, 1)}
    return described


def _answer(operation: Operation) -> Document:
    headers: Document = {}
    if operation.revalidated:
        headers["ETag"] = _header("Names this answer; send it as If-None-Match.", required=True)
    if operation.paged:
        headers["Link"] = _header("The first, previous, next and last page (RFC 8288).")
    answer: Document = {
        "description": HTTPStatus(operation.status).phrase,
        "content": {media: _content(media, operation.answer) for media in operation.media},
    }
    return {**answer, "headers": headers} if headers else answer


def _content(media: str, example: object) -> Document:
    if media != JSON or example is None:
        return {"schema": {"type": "object" if media == JSON else "string"}}
    return {
        "schema": _reference(type(example)),
        "examples": {"example": {"value": msgspec.to_builtins(example, str_keys=True)}},
    }


def _body(example: object) -> Document:
    plain = msgspec.to_builtins(example)
    return {
        JSON: {"schema": _reference(type(example)), "examples": {"example": {"value": plain}}},
        "text/plain": {"schema": {"type": "string"}, "examples": {"example": {"value": "\n".join(plain["urls"])}}},
    }


def _error(status: int) -> Document:
    error: Document = {
        "description": _ERRORS[status],
        "content": {PROBLEM: {"schema": _reference(Problem)}},
    }
    if status in (429, 503):
        error["headers"] = {"Retry-After": _header("Seconds to wait.", kind="integer")}
    return error


def _header(description: str, *, kind: str = "string", required: bool = False) -> Mapping[str, object]:
    return {"description": description, "required": required, "schema": {"type": kind}}


def _reference(kind: type) -> Mapping[str, str]:
    return {"$ref": _REFERENCE.format(name=kind.__name__)}
