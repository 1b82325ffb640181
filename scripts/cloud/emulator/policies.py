"""Where MiniStack 1.5.33 decides on a policy otherwise than AWS: each function closes one gap."""

import logging

from ministack.core import iam_actions, iam_evaluator
from ministack.core.responses import get_account_id

from api_calls import Request, read_call

logger = logging.getLogger("layerwatch.aws")


def install() -> None:
    give_resource_account_to_policies()
    name_roles_of_sessions()
    deliver_over_tls()
    name_actions_of_lambda()
    name_rules_of_targets()


def give_resource_account_to_policies() -> None:
    """The roles of `cdk bootstrap` ask for `aws:ResourceAccount`, which no request carries."""
    enforce = iam_evaluator.enforce

    def enforce_with_resource_account(key, action, service, region, resource_arn="*", service_context=None):
        context = {**(service_context or {}), "aws:ResourceAccount": get_account_id()}
        denied = enforce(key, action, service, region, resource_arn=resource_arn, service_context=context)
        if denied:
            logger.info("denied: %s on %s: %s", action, resource_arn, denied)
        return denied

    iam_evaluator.enforce = enforce_with_resource_account


def name_roles_of_sessions() -> None:
    """For a session of a role, `aws:PrincipalArn` is the role (IAM, "Global condition context keys")."""
    resolve = iam_evaluator._resolve_condition_key

    def resolve_with_role(key, context):
        value = resolve(key, context)
        is_session = key.lower() == "aws:principalarn" and ":assumed-role/" in str(value)
        return _role_of(value) if is_session else value

    iam_evaluator._resolve_condition_key = resolve_with_role


def _role_of(session_arn: str) -> str:
    """`arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION` is of `arn:aws:iam::ACCOUNT:role/ROLE`."""
    head, role, _session = session_arn.split("/")
    return f"{head.replace(':sts:', ':iam:').replace(':assumed-role', ':role')}/{role}"


def deliver_over_tls() -> None:
    """Services deliver to queues over TLS, for which queues may ask; the emulator does not say how it delivers."""
    evaluate = iam_evaluator.evaluate_resource_policy

    def evaluate_over_tls(policy, context, *arguments, **options):
        context.secure_transport = context.secure_transport or context.principal_type == "Service"
        return evaluate(policy, context, *arguments, **options)

    iam_evaluator.evaluate_resource_policy = evaluate_over_tls


def name_actions_of_lambda() -> None:
    """The emulator takes every GET of a layer for `ListLayers`, every other call of a layer for `PublishLayerVersion`."""
    other_names = {"GetLayerVersionByArn": "GetLayerVersion", "Invoke": "InvokeFunction", "InvokeAsync": "InvokeFunction"}
    extract_action, extract_arn = iam_actions.extract_iam_action, iam_actions.extract_resource_arn

    def extract_iam_action(service, method, path, headers, body, query):
        call = read_call(Request(service, method, path, headers, body, query)) if service == "lambda" else None
        if call is None:
            return extract_action(service, method, path, headers, body, query)
        return f"lambda:{other_names.get(call.operation.name, call.operation.name)}"

    def extract_resource_arn(service, method, path, headers, body, query, region, account):
        call = read_call(Request(service, method, path, headers, body, query)) if service == "lambda" else None
        layer = _layer_arn(call.parameters, region, account) if call else None
        return layer or extract_arn(service, method, path, headers, body, query, region, account)

    iam_actions.extract_iam_action = extract_iam_action
    iam_actions.extract_resource_arn = extract_resource_arn


def _layer_arn(parameters: dict, region: str, account: str) -> str | None:
    if "Arn" in parameters:
        return parameters["Arn"]
    name = parameters.get("LayerName")
    if name is None:
        return None
    arn = name if name.startswith("arn:") else f"arn:aws:lambda:{region}:{account}:layer:{name}"
    version = parameters.get("VersionNumber")
    return arn if version is None else f"{arn}:{version}"


def name_rules_of_targets() -> None:
    """The emulator reads the name of a rule from `Name`; the calls on a rule's targets have it in `Rule`."""
    extract_arn = iam_actions.extract_resource_arn

    def extract_resource_arn(service, method, path, headers, body, query, region, account):
        call = read_call(Request(service, method, path, headers, body, query)) if service == "events" else None
        rule = call.parameters.get("Rule") if call else None
        if rule is None:
            return extract_arn(service, method, path, headers, body, query, region, account)
        bus = call.parameters.get("EventBusName", "default").split("/")[-1]
        return f"arn:aws:events:{region}:{account}:rule/{bus}/{rule}"

    iam_actions.extract_resource_arn = extract_resource_arn
