"""Event buses of other accounts and regions, and their policies, of which MiniStack 1.5.33 knows less than AWS."""

from ministack.core.responses import request_scope
from ministack.services import eventbridge
from ministack.services.cloudformation import provisioners


def install() -> None:
    forward_to_buses_elsewhere()
    provision_bus_policies()


def forward_to_buses_elsewhere() -> None:
    """A bus of another account or region gets the event as it is; the emulator drops it. Bus policies are not asked."""

    def dispatch_to_event_bus(spec, event, rule, event_path, target_input_payload=None):
        came_by = eventbridge._rule_key(rule["Name"], rule.get("EventBusName", "default"))
        forwarded = {
            **event,
            "EventBusName": spec.resource.split("/", 1)[1],
            "_DispatchPath": [*event_path, came_by],
        }
        if target_input_payload is not None:
            forwarded["Detail"] = target_input_payload
        with request_scope(spec.account_id, spec.region):
            eventbridge._dispatch_event(forwarded)

    eventbridge._dispatch_to_event_bus = dispatch_to_event_bus


def provision_bus_policies() -> None:
    """CloudFormation refuses a template with a bus's policy as a resource of its own."""
    provisioners._RESOURCE_HANDLERS["AWS::Events::EventBusPolicy"] = {
        "create": _create_bus_policy,
        "delete": _delete_bus_policy,
    }


def _create_bus_policy(_logical_id, properties, _stack_name):
    bus, statement_id = properties.get("EventBusName", "default"), properties["StatementId"]
    statement = properties.get("Statement") or {}
    eventbridge._put_permission({**statement, "EventBusName": bus, "StatementId": statement_id})
    return f"{bus}|{statement_id}", {}


def _delete_bus_policy(physical_id, _properties):
    bus, statement_id = physical_id.split("|")
    eventbridge._remove_permission({"EventBusName": bus, "StatementId": statement_id})
