"""Reads API calls as CloudTrail sees them: the operation, its parameters, and its answer, by the services' own models."""

import base64
import functools
import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote

import botocore.parsers
from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel

# The emulator's name of a service, and the name of its model where that differs. Calls of other services are not recorded.
MODEL_NAMES = {
    "cloudformation": "cloudformation",
    "cloudtrail": "cloudtrail",
    "dynamodb": "dynamodb",
    "events": "events",
    "iam": "iam",
    "kms": "kms",
    "lambda": "lambda",
    "logs": "logs",
    "monitoring": "cloudwatch",
    "organizations": "organizations",
    "sns": "sns",
    "sqs": "sqs",
    "ssm": "ssm",
    "sts": "sts",
}


@dataclass(frozen=True)
class Request:
    service: str
    method: str
    path: str
    headers: dict
    body: bytes
    query: dict


@dataclass(frozen=True)
class ApiCall:
    operation: OperationModel
    parameters: dict


@dataclass(frozen=True)
class Answer:
    elements: dict
    error_code: str | None
    error_message: str | None


@functools.cache
def service_model(service: str) -> ServiceModel:
    name = MODEL_NAMES[service]
    return ServiceModel(Loader().load_service_model(name, "service-2"), name)


def read_call(request: Request) -> ApiCall | None:
    """The operation that a request asks for; None where the model knows none."""
    if request.service not in MODEL_NAMES:
        return None
    if request.service == "lambda":
        return _read_rest_call(request)
    if (target := request.headers.get("x-amz-target", "")):
        return _named_call(request, target.rsplit(".", 1)[-1], lambda _shape: json.loads(request.body or b"{}"))
    if "cbor" in request.headers.get("smithy-protocol", ""):
        return _named_call(request, request.path.rstrip("/").rsplit("/", 1)[-1], lambda _shape: _read_cbor(request.body))
    fields = {**parse_qs(request.body.decode("utf-8", "replace"), keep_blank_values=True), **request.query}
    action = (fields.get("Action") or [""])[0]
    return _named_call(request, action, lambda shape: _read_form(shape, fields))


def read_answer(call: ApiCall, request: Request, status: int, headers: dict, body: bytes) -> Answer:
    parser = botocore.parsers.create_parser(_protocol(request))
    response = {"status_code": status, "headers": {k.lower(): v for k, v in headers.items()}, "body": body}
    parsed = parser.parse(response, call.operation.output_shape)
    parsed.pop("ResponseMetadata", None)
    error = parsed.pop("Error", None)
    if status < 300 or error is None:
        return Answer(parsed, None, None)
    return Answer({}, error.get("Code") or str(status), error.get("Message") or "")


def _protocol(request: Request) -> str:
    if request.service == "lambda":
        return "rest-json"
    if request.headers.get("x-amz-target"):
        return "json"
    return "smithy-rpc-v2-cbor" if "cbor" in request.headers.get("smithy-protocol", "") else "query"


def _named_call(request: Request, name: str, read_parameters) -> ApiCall | None:
    model = service_model(request.service)
    if name not in model.operation_names:
        return None
    operation = model.operation_model(name)
    return ApiCall(operation, read_parameters(operation.input_shape) if operation.input_shape else {})


def _read_cbor(body: bytes) -> dict:
    import cbor2

    return cbor2.loads(body) if body else {}


# Lambda: the operation is in the method and the path, the parameters are in path, query and body.


def _read_rest_call(request: Request) -> ApiCall | None:
    for name, method, pattern, wanted_query in _rest_routes(request.service):
        found = pattern.fullmatch(request.path.rstrip("/")) if method == request.method else None
        if found and all((request.query.get(key) or [None])[0] == value for key, value in wanted_query.items()):
            operation = service_model(request.service).operation_model(name)
            return ApiCall(operation, _read_rest_parameters(operation, found.groupdict(), request))
    return None


@functools.cache
def _rest_routes(service: str) -> list:
    """Those with a fixed query first: without it they look like the others."""
    model = service_model(service)
    routes = [_rest_route(model.operation_model(name)) for name in model.operation_names]
    return sorted(routes, key=lambda route: -len(route[3]))


def _rest_route(operation: OperationModel) -> tuple:
    path, _, query = operation.http["requestUri"].partition("?")
    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path.rstrip("/")))
    wanted = dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair)
    return operation.name, operation.http["method"], re.compile(pattern), wanted


def _read_rest_parameters(operation: OperationModel, labels: dict, request: Request) -> dict:
    if operation.input_shape is None:
        return {}
    body = _json_object(request.body)
    parameters = {}
    for name, shape in operation.input_shape.members.items():
        wire_name = shape.serialization.get("name", name)
        location = shape.serialization.get("location")
        if location == "uri" and wire_name in labels:
            parameters[name] = _scalar(shape, unquote(labels[wire_name]))
        elif location == "querystring" and wire_name in request.query:
            parameters[name] = _scalar(shape, request.query[wire_name][0])
        elif location is None and wire_name in body:
            parameters[name] = body[wire_name]
    return parameters


def _json_object(body: bytes) -> dict:
    try:
        value = json.loads(body or b"{}")
    except (json.JSONDecodeError, UnicodeDecodeError):
        return {}
    return value if isinstance(value, dict) else {}


# Forms: `Tags.member.1.Key=x` is a list of structures.


def _read_form(shape, fields: dict, prefix: str = ""):
    if shape.type_name == "structure":
        return _read_form_structure(shape, fields, prefix)
    if shape.type_name == "list":
        item_prefix = prefix if shape.serialization.get("flattened") else f"{prefix}.{shape.member.serialization.get('name', 'member')}"
        return [_read_form(shape.member, fields, f"{item_prefix}.{number}") for number in _numbers(fields, item_prefix)]
    if shape.type_name == "map":
        return _read_form_map(shape, fields, prefix)
    return _scalar(shape, fields[prefix][0])


def _read_form_structure(shape, fields: dict, prefix: str) -> dict:
    found = {}
    for name, member in shape.members.items():
        own_prefix = ".".join(filter(None, [prefix, member.serialization.get("name", name)]))
        if any(key == own_prefix or key.startswith(f"{own_prefix}.") for key in fields):
            found[name] = _read_form(member, fields, own_prefix)
    return found


def _read_form_map(shape, fields: dict, prefix: str) -> dict:
    entry = prefix if shape.serialization.get("flattened") else f"{prefix}.entry"
    key_name = shape.key.serialization.get("name", "key")
    value_name = shape.value.serialization.get("name", "value")
    return {
        fields[f"{entry}.{number}.{key_name}"][0]: _read_form(shape.value, fields, f"{entry}.{number}.{value_name}")
        for number in _numbers(fields, entry)
    }


def _numbers(fields: dict, prefix: str) -> list[int]:
    pattern = re.compile(re.escape(prefix) + r"\.(\d+)(\.|$)")
    return sorted({int(found[1]) for key in fields if (found := pattern.match(key))})


def _scalar(shape, text: str):
    if shape.type_name in ("integer", "long"):
        return int(text)
    if shape.type_name == "boolean":
        return text.lower() == "true"
    if shape.type_name == "blob":
        return base64.b64decode(text)
    return text
