"""Records every management call that the emulator answers, as CloudTrail does."""

import logging

from ministack import app as emulator
from ministack.core.responses import get_account_id, get_request_client_ip
from ministack.core.router import detect_service, extract_access_key_id, extract_region

from api_calls import ApiCall, Request, read_answer, read_call
from identities import read_identity
from records import GLOBAL_REGION, GLOBAL_SERVICES, Caller, is_recorded, write_record
from trails import logging_trails

logger = logging.getLogger("layerwatch.recorder")


class Recorder:
    def __init__(self, deliveries, stack_calls, controls):
        self._deliveries = deliveries
        self._stack_calls = stack_calls
        self._controls = controls

    def install(self) -> None:
        answer_request = emulator._dispatch_service_request

        async def answer_and_record(method, path, headers, body, query, request_id):
            routing = emulator._routing_params(method, path, headers, body, query)
            request = Request(detect_service(method, path, headers, routing), method, path, headers, body, query)
            refusal = self._refusal(request, routing)
            call, caller = self._read(request, request_id)
            if call and caller and request.service == "cloudformation":
                self._stack_calls.begin(call, caller)
            trails = logging_trails(get_account_id(), _record_region(request))
            status, answer_headers, answer_body = refusal or await answer_request(
                method, path, headers, body, query, request_id
            )
            if call and caller and isinstance(answer_body, bytes):
                self._record(call, caller, request, (status, answer_headers, answer_body), trails)
            return status, answer_headers, answer_body

        emulator._dispatch_service_request = answer_and_record

    def _refusal(self, request: Request, routing: dict):
        from ministack.core.iam_actions import access_denied_response, extract_iam_action

        if not self._controls.refusedActions:
            return None
        action = extract_iam_action(
            request.service, request.method, request.path, request.headers, request.body, routing
        )
        if action not in self._controls.refusedActions:
            return None
        return access_denied_response(
            request.service, action, "", "refused", message=f"{action} is refused for now", headers=request.headers
        )

    def _read(self, request: Request, request_id: str) -> tuple[ApiCall | None, Caller | None]:
        try:
            call = read_call(request)
            is_wanted = call is not None and is_recorded(request.service, call.operation.name)
            return (call, _read_caller(request, request_id)) if is_wanted else (None, None)
        except Exception:
            logger.exception("not read: %s %s %s", request.service, request.method, request.path)
            return None, None

    def _record(self, call: ApiCall, caller: Caller, request: Request, answered: tuple, trails: list[dict]) -> None:
        try:
            record = write_record(call, read_answer(call, request, *answered), request, caller)
            self._deliveries.deliver(record, trails)
        except Exception:
            # The caller has its answer; a call that is not recorded shows in the log and in the tests that miss it.
            logger.exception("not recorded: %s %s %s", request.service, request.method, request.path)


def _record_region(request: Request) -> str:
    return GLOBAL_REGION if request.service in GLOBAL_SERVICES else extract_region(request.headers, request.query)


def _read_caller(request: Request, request_id: str) -> Caller | None:
    access_key = extract_access_key_id(request.headers, request.query)
    identity = read_identity(access_key, get_account_id())
    if identity is None:
        return None
    return Caller(
        identity=identity,
        account=get_account_id(),
        region=extract_region(request.headers, request.query),
        source_address=get_request_client_ip(),
        user_agent=request.headers.get("user-agent", ""),
        request_id=request_id,
    )
