"""Where MiniStack 1.5.33 does otherwise than AWS and Layerwatch depends on it: each function closes one gap."""

import json
import logging

from ministack.core.arn import parse_arn
from ministack.core.responses import get_account_id, get_region
from ministack.services import dynamodb, eventbridge, lambda_svc, sqs
from ministack.services.cloudformation import changesets, engine, handlers, provisioners, stacks

import buses
import policies

logger = logging.getLogger("layerwatch.aws")


def install(controls) -> None:
    policies.install()
    invoke_asynchronously()
    ask_the_functions_policy()
    buses.install()
    give_pseudo_parameters_to_conditions()
    keep_table_settings()
    accept_alarms_on_expressions()
    let_schedules_be_hurried(controls)


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


def give_pseudo_parameters_to_conditions() -> None:
    """A condition of a template may compare the region; the emulator compares the words `AWS::Region`."""
    evaluate = engine._evaluate_conditions

    def evaluate_in_region(template, parameters):
        pseudo = {"AWS::Region": {"Value": get_region()}, "AWS::AccountId": {"Value": get_account_id()}}
        return evaluate(template, {**parameters, **pseudo})

    for module in (engine, handlers, changesets, stacks):
        module._evaluate_conditions = evaluate_in_region


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
