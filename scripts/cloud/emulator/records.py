"""Writes CloudTrail records of API calls, in the shape that CloudTrail gives them (event version 1.11)."""

import re
import uuid
from dataclasses import dataclass
from datetime import datetime, timezone

from api_calls import Answer, ApiCall, Request

# Operations of Lambda whose event name says "v2" after the date; the others have the date alone.
LAMBDA_V2 = {
    "AddPermission", "GetFunction", "GetFunctionConfiguration", "GetPolicy", "RemovePermission", "TagResource",
    "UntagResource", "UpdateFunctionCode", "UpdateFunctionConfiguration",
}
# Lambda's operations carry their date in the event name up to this one, the layers'; later ones do not.
LAST_DATE_IN_NAMES = "2018-10-31"

# Data events, which a trail does not log unless it is asked to: what is done with the data of a resource.
DATA_OPERATIONS = {
    "dynamodb": re.compile(r"(Batch)?(Get|Put|Update|Delete|Write)Item|Query|Scan|Transact.*|.*Statement|.*Transaction"),
    "events": re.compile(r"PutEvents|PutPartnerEvents"),
    "lambda": re.compile(r"Invoke.*|.*DurableExecution.*"),
    "logs": re.compile(r"PutLogEvents|GetLogEvents|FilterLogEvents|.*Query.*|StartLiveTail"),
    "monitoring": re.compile(r"PutMetricData|GetMetric.*|ListMetrics"),
    "sns": re.compile(r"Publish(Batch)?"),
    "sqs": re.compile(r"(Send|Delete)Message(Batch)?|ReceiveMessage|ChangeMessageVisibility(Batch)?"),
}

# CloudTrail records all calls of these services in one region.
GLOBAL_SERVICES = {"iam", "organizations"}
GLOBAL_REGION = "us-east-1"

READ_ONLY = re.compile(r"(BatchGet|Describe|Get|Head|List|Lookup|Query|Search|Select|Simulate|Test)")
# Calls whose names begin like reads and that CloudTrail calls writes, and the other way round.
NOT_READ_ONLY = {"GetFederationToken", "GetSessionToken"}
ALSO_READ_ONLY = {"AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "Decrypt", "Encrypt", "GenerateDataKey", "Sign", "Verify"}

# What the API answers when a policy denies the call; CloudTrail has one word for all of them.
DENIALS = {"AccessDenied", "AccessDeniedException", "AuthorizationError", "AuthorizationErrorException"}


@dataclass(frozen=True)
class Caller:
    identity: dict
    account: str
    region: str
    source_address: str
    user_agent: str
    request_id: str
    """The account whose resources the call is about, the region it was made in, and who made it, from where."""


def is_recorded(service: str, operation: str) -> bool:
    data = DATA_OPERATIONS.get(service)
    return data is None or data.fullmatch(operation) is None


def is_read_only(operation: str) -> bool:
    return operation not in NOT_READ_ONLY and (operation in ALSO_READ_ONLY or READ_ONLY.match(operation) is not None)


def write_record(call: ApiCall, answer: Answer, request: Request, caller: Caller) -> dict:
    name, service = call.operation.name, request.service
    denied = answer.error_code in DENIALS
    record = {
        "eventVersion": "1.11",
        "userIdentity": caller.identity,
        "eventTime": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": f"{service}.amazonaws.com",
        "eventName": event_name(service, call),
        "awsRegion": GLOBAL_REGION if service in GLOBAL_SERVICES else caller.region,
        "sourceIPAddress": caller.source_address,
        "userAgent": caller.user_agent,
        "errorCode": "AccessDenied" if denied else answer.error_code,
        "errorMessage": answer.error_message,
        "requestParameters": None if denied else _request_parameters(service, call),
        "responseElements": None if answer.error_code or is_read_only(name) else _response_elements(service, call, answer),
        "additionalEventData": {"signatureStatus": "VALID"} if name == "PublishLayerVersion" and not answer.error_code else None,
        "requestID": caller.request_id,
        "eventID": str(uuid.uuid4()),
        "readOnly": is_read_only(name),
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": caller.account,
        "eventCategory": "Management",
        "tlsDetails": _tls_details(service, caller),
    }
    kept_when_null = {"requestParameters", "responseElements"}
    return {key: value for key, value in record.items() if value is not None or key in kept_when_null}


def event_name(service: str, call: ApiCall) -> str:
    """`UpdateFunctionConfiguration20150331v2`: Lambda's operations carry the date of their API."""
    name = call.operation.name
    date = re.match(r"/(\d{4}-\d\d-\d\d)/", call.operation.http.get("requestUri", ""))
    if service != "lambda" or date is None or date[1] > LAST_DATE_IN_NAMES or name == "GetFunctionConcurrency":
        return name
    return name + date[1].replace("-", "") + ("v2" if name in LAMBDA_V2 else "")


def _request_parameters(service: str, call: ApiCall) -> dict | None:
    parameters = trail_case(call.parameters, call.operation.input_shape) if call.operation.input_shape else {}
    if service == "lambda" and call.operation.name in ("CreateFunction", "UpdateFunctionConfiguration"):
        parameters["environment"] = {}
    return parameters or None


def _response_elements(service: str, call: ApiCall, answer: Answer) -> dict | None:
    if call.operation.output_shape is None:
        return None
    elements = trail_case(answer.elements, call.operation.output_shape)
    return (_lambda_elements(call, elements) if service == "lambda" else elements) or None


def _lambda_elements(call: ApiCall, elements: dict) -> dict:
    """What CloudTrail writes otherwise than the API answers: no empty list of layers, no values, no address of bytes."""
    if "functionArn" in elements and "handler" in elements:
        elements["environment"] = {}
    for layer in elements.get("layers", []):
        layer.setdefault("uncompressedCodeSize", 0)
    if elements.get("layers") == []:
        del elements["layers"]
    if call.operation.name == "PublishLayerVersion":
        elements["content"].pop("location", None)
        elements["content"]["uncompressedCodeSize"] = 0
    return elements


def trail_case(value, shape):
    """Names with their first letter lowered, without bytes and without what the model calls sensitive."""
    if shape.type_name == "structure" and isinstance(value, dict):
        return {
            name[0].lower() + name[1:]: trail_case(value[name], member)
            for name, member in shape.members.items()
            if value.get(name) is not None and not _is_left_out(member)
        }
    if shape.type_name == "list" and isinstance(value, list):
        return [trail_case(item, shape.member) for item in value]
    if shape.type_name == "map" and isinstance(value, dict):
        return {key: trail_case(item, shape.value) for key, item in value.items()}
    if isinstance(value, datetime):
        return value.strftime("%b %d, %Y, %I:%M:%S %p")
    return value


def _is_left_out(shape) -> bool:
    return shape.type_name == "blob" or bool(shape.metadata.get("sensitive"))


def _tls_details(service: str, caller: Caller) -> dict | None:
    if "invokedBy" in caller.identity:
        return None
    region = "" if service in GLOBAL_SERVICES else f".{caller.region}"
    return {
        "tlsVersion": "TLSv1.3",
        "cipherSuite": "TLS_AES_128_GCM_SHA256",
        "clientProvidedHostHeader": f"{service}{region}.amazonaws.com",
    }
