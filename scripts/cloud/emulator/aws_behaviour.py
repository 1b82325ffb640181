"""Where MiniStack 1.5.33 does otherwise than AWS and Layerwatch depends on it: each function closes one gap."""

import json
import logging

from ministack.core import iam_actions, iam_evaluator
from ministack.core.arn import parse_arn
from ministack.core.responses import get_account_id
from ministack.services import dynamodb, eventbridge, lambda_svc, sqs
from ministack.services.cloudformation import provisioners

import buses
from api_calls import Request, read_call

logger = logging.getLogger("layerwatch.aws")


def install(controls) -> None:
    give_resource_account_to_policies()
    deliver_over_tls()
    name_actions_of_lambda()
    name_rules_of_targets()
    invoke_asynchronously()
    ask_the_functions_policy()
    buses.install()
    keep_table_settings()
    accept_alarms_on_expressions()
    let_schedules_be_hurried(controls)


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


def invoke_asynchronously() -> None:
    """EventBridge's invocations are asynchronous: with Lambda's retries, and a destination for what fails."""

    def dispatch_to_lambda(arn, payload):
        function, config, name = lambda_svc._get_func_record_for_ref(arn)
        if not function or not config:
            logger.warning("no function %s to hand an event to", name)
            return
        lambda_svc.invoke_async_with_retry(lambda_svc._execution_record_for_config(function, config), json.loads(payload))

    eventbridge._dispatch_to_lambda = dispatch_to_lambda


def ask_the_functions_policy() -> None:
    """EventBridge needs the function's permission; what it may not or cannot hand over goes to the target's queue."""
    invoke_target = eventbridge._invoke_target

    def invoke_permitted_target(target, event, rule, view=None):
        problem = _delivery_problem(target.get("Arn", ""), rule)
        if problem is None:
            invoke_target(target, event, rule, view)
            return
        payload = (view or eventbridge._pattern_event_view(event)).event_with_detail()
        _send_to_dead_letter_queue(target, rule, payload, *problem)

    eventbridge._invoke_target = invoke_permitted_target


def _delivery_problem(target_arn: str, rule: dict) -> tuple[str, str] | None:
    if parse_arn(target_arn).service != "lambda":
        return None
    function, _config, name = lambda_svc._get_func_record_for_ref(target_arn)
    if not function:
        return "NO_RESOURCE", f"Lambda function {name} is not found."
    statements = (function.get("policy") or {}).get("Statement", [])
    if any(_permits(statement, rule.get("Arn", "")) for statement in statements):
        return None
    return "NO_PERMISSIONS", f"The function's policy does not let events.amazonaws.com invoke {name}."


def _permits(statement: dict, rule_arn: str) -> bool:
    principal = statement.get("Principal")
    service = principal.get("Service") if isinstance(principal, dict) else principal
    sources = [
        wanted
        for operator in (statement.get("Condition") or {}).values()
        for key, wanted in operator.items()
        if key.lower() == "aws:sourcearn"
    ]
    return service in ("events.amazonaws.com", "*") and all(source == rule_arn for source in sources)


def _send_to_dead_letter_queue(target: dict, rule: dict, payload: dict, code: str, message: str) -> None:
    queue_arn = (target.get("DeadLetterConfig") or {}).get("Arn")
    queue = sqs._queue_by_arn(queue_arn) if queue_arn else None
    if queue is None:
        logger.warning("an event of rule %s is lost: %s", rule.get("Name"), message)
        return
    eventbridge._dispatch_to_sqs(parse_arn(queue_arn), json.dumps(payload))
    attributes = {"RULE_ARN": rule.get("Arn", ""), "TARGET_ARN": target["Arn"], "ERROR_CODE": code, "ERROR_MESSAGE": message}
    queue["messages"][-1]["message_attributes"] = {
        name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
    }


def keep_table_settings() -> None:
    """CloudFormation's tables lose their time to live and their point-in-time recovery."""
    handlers = provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::Table"]
    create = handlers["create"]

    def create_with_settings(logical_id, properties, stack_name):
        name, attributes = create(logical_id, properties, stack_name)
        time_to_live = properties.get("TimeToLiveSpecification") or {}
        if str(time_to_live.get("Enabled")).lower() == "true":
            dynamodb._ttl_settings[name] = {
                "TimeToLiveStatus": "ENABLED",
                "AttributeName": time_to_live["AttributeName"],
            }
        recovery = properties.get("PointInTimeRecoverySpecification") or {}
        dynamodb._pitr_settings[name] = str(recovery.get("PointInTimeRecoveryEnabled")).lower() == "true"
        return name, attributes

    handlers["create"] = create_with_settings


def accept_alarms_on_expressions() -> None:
    """CloudFormation refuses alarms on expressions here; they are kept as alarms on the first metric that the expression reads."""
    handlers = provisioners._RESOURCE_HANDLERS["AWS::CloudWatch::Alarm"]
    create, update = handlers["create"], handlers["update"]
    handlers["create"] = lambda logical_id, properties, stack: create(logical_id, _on_one_metric(properties), stack)
    handlers["update"] = lambda physical_id, before, properties, *rest: update(
        physical_id, _on_one_metric(before), _on_one_metric(properties), *rest
    )


def _on_one_metric(properties: dict) -> dict:
    metrics = [each["MetricStat"] for each in properties.get("Metrics") or [] if "MetricStat" in each]
    if not metrics:
        return properties
    first = metrics[0]
    others = {key: value for key, value in properties.items() if key != "Metrics"}
    return {**others, **first["Metric"], "Period": first["Period"], "Statistic": first["Stat"]}


def let_schedules_be_hurried(controls) -> None:
    """Looks at schedules every half second, and takes every rate for the seconds that the controls say."""
    rate_seconds = eventbridge._parse_rate_seconds
    eventbridge._SCHEDULER_TICK_INTERVAL = 0.5

    def hurried_rate_seconds(expression):
        seconds = rate_seconds(expression)
        return seconds if seconds is None or controls.scheduleSeconds is None else controls.scheduleSeconds

    eventbridge._parse_rate_seconds = hurried_rate_seconds
