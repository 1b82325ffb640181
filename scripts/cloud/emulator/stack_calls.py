"""The calls that CloudFormation makes for a stack's resources: the emulator changes its state without them."""

import logging
from contextvars import ContextVar
from dataclasses import replace

from ministack.core.responses import get_account_id, get_region
from ministack.services import iam, lambda_svc
from ministack.services.cloudformation import provisioners

from api_calls import Answer, ApiCall, Request, service_model
from records import GLOBAL_REGION, GLOBAL_SERVICES, Caller, write_record
from trails import logging_trails

logger = logging.getLogger("layerwatch.stack_calls")

PRINCIPAL = "cloudformation.amazonaws.com"

# A whole stack is made within a second here. With CloudTrail's delay the events come, as on AWS, when the permissions that
# follow the rules are there.
DELIVERY_SECONDS = 2

# Each type's service, the parameter that its physical id is, and its calls. What a call says beside the name is left out
# but for functions and layers, which are what Layerwatch reads.
CALLS = {
    "AWS::CloudWatch::Alarm": ("monitoring", "AlarmName", ["PutMetricAlarm"], ["PutMetricAlarm"], ["DeleteAlarms"]),
    "AWS::DynamoDB::Table": (
        "dynamodb",
        "TableName",
        ["CreateTable", "UpdateContinuousBackups", "UpdateTimeToLive"],
        ["UpdateTable"],
        ["DeleteTable"],
    ),
    "AWS::Events::Rule": ("events", "Name", ["PutRule", "PutTargets"], ["PutRule", "PutTargets"], ["RemoveTargets", "DeleteRule"]),
    "AWS::IAM::Role": ("iam", "RoleName", ["CreateRole", "PutRolePolicy"], ["PutRolePolicy"], ["DeleteRolePolicy", "DeleteRole"]),
    "AWS::Lambda::Function": ("lambda", "FunctionName", ["CreateFunction"], ["UpdateFunctionCode", "UpdateFunctionConfiguration"], ["DeleteFunction"]),
    "AWS::Lambda::LayerVersion": ("lambda", "LayerName", ["PublishLayerVersion"], [], ["DeleteLayerVersion"]),
    "AWS::SNS::Subscription": ("sns", "SubscriptionArn", ["Subscribe"], ["SetSubscriptionAttributes"], ["Unsubscribe"]),
    "AWS::SNS::Topic": ("sns", "TopicArn", ["CreateTopic"], ["SetTopicAttributes"], ["DeleteTopic"]),
    "AWS::SQS::Queue": ("sqs", "QueueUrl", ["CreateQueue"], ["SetQueueAttributes"], ["DeleteQueue"]),
}
# Names of the same parameter in other calls of the type.
OTHER_NAMES = {"PutTargets": "Rule", "RemoveTargets": "Rule", "CreateTopic": "Name", "CreateQueue": "QueueName"}

# Who asked for the stack's change; a stack's work is done in tasks that begin with the request's context.
_stack_caller: ContextVar[Caller | None] = ContextVar("stack_caller", default=None)


class StackCalls:
    def __init__(self, deliveries):
        self._deliveries = deliveries
        self._roles = {}

    def install(self) -> None:
        for resource_type in CALLS:
            handlers = provisioners._RESOURCE_HANDLERS[resource_type]
            for index, verb in enumerate(("create", "update", "delete")):
                if verb in handlers:
                    handlers[verb] = self._recorded(resource_type, verb, CALLS[resource_type][2 + index], handlers[verb])

    def begin(self, call: ApiCall, caller: Caller) -> None:
        """Called before a request of CloudFormation is answered."""
        stack = str(call.parameters.get("StackName", "")).split("/")[1 if "/" in str(call.parameters.get("StackName")) else 0]
        if "RoleARN" in call.parameters:
            self._roles[(caller.account, stack)] = call.parameters["RoleARN"]
        role_arn = self._roles.get((caller.account, stack))
        identity = caller.identity if role_arn is None else _session_of(role_arn, caller.account)
        by_service = {**identity, "invokedBy": PRINCIPAL}
        _stack_caller.set(replace(caller, identity=by_service, source_address=PRINCIPAL, user_agent=PRINCIPAL))

    def _recorded(self, resource_type: str, verb: str, operations: list[str], handler):
        def handle(*arguments):
            result = handler(*arguments)
            physical_id = arguments[0] if verb == "delete" else result[0]
            properties = arguments[{"create": 1, "update": 2, "delete": 1}[verb]]
            before = arguments[1] if verb == "update" else {}
            try:
                for operation in operations:
                    if _is_made(operation, before, properties):
                        self._record(resource_type, operation, physical_id, properties)
            except Exception:
                logger.exception("not recorded: %s of %s", verb, physical_id)
            return result

        return handle

    def _record(self, resource_type: str, name: str, physical_id: str, properties: dict) -> None:
        caller = _stack_caller.get()
        if caller is None:
            return
        service, id_parameter = CALLS[resource_type][:2]
        operation = service_model(service).operation_model(name)
        call = ApiCall(operation, _parameters(operation, id_parameter, physical_id, properties))
        request = Request(service, "POST", "/", {}, b"", {})
        account, region = get_account_id(), get_region()
        record = write_record(call, _answer(name, physical_id), request, replace(caller, account=account, region=region))
        trails = logging_trails(account, GLOBAL_REGION if service in GLOBAL_SERVICES else region)
        self._deliveries.deliver_later(record, trails, DELIVERY_SECONDS)


def _is_made(operation: str, before: dict, after: dict) -> bool:
    changed = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    if operation == "UpdateFunctionCode":
        return "Code" in changed
    if operation == "UpdateFunctionConfiguration":
        return bool(changed - {"Code", "Tags"})
    if operation == "PutRolePolicy":
        return "Policies" in changed
    return True


def _parameters(operation, id_parameter: str, physical_id: str, properties: dict) -> dict:
    if operation.name == "DeleteAlarms":
        return {"AlarmNames": [physical_id]}
    if operation.name.endswith("LayerVersion"):
        _, _, name, version = physical_id.rsplit(":", 3)
        own = {"LayerName": name, "VersionNumber": int(version)}
    else:
        own = {OTHER_NAMES.get(operation.name, id_parameter): physical_id}
    whole = properties if operation.service_model.service_name == "lambda" else {}
    return {key: value for key, value in {**whole, **own}.items() if key in operation.input_shape.members}


def _answer(operation: str, physical_id: str) -> Answer:
    if operation == "PublishLayerVersion":
        _, _, name, version = physical_id.rsplit(":", 3)
        layer = lambda_svc._layers.get(name) or {"versions": []}
        found = next((each for each in layer["versions"] if each["Version"] == int(version)), {})
        return Answer(found, None, None)
    if operation in ("CreateFunction", "UpdateFunctionCode", "UpdateFunctionConfiguration"):
        return Answer((lambda_svc._functions.get(physical_id) or {}).get("config", {}), None, None)
    return Answer({}, None, None)


def _session_of(role_arn: str, account: str) -> dict:
    name = role_arn.split("/")[-1]
    role_id = (iam._roles.get_scoped(account, None, name) or {}).get("RoleId", "AROAEXAMPLE")
    return {
        "type": "AssumedRole",
        "principalId": f"{role_id}:AWSCloudFormation",
        "arn": f"arn:aws:sts::{account}:assumed-role/{name}/AWSCloudFormation",
        "accountId": account,
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role",
                "principalId": role_id,
                "arn": role_arn,
                "accountId": account,
                "userName": name,
            },
            "attributes": {"mfaAuthenticated": "false"},
        },
    }
