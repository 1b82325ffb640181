"""The ASGI application in front of the emulator: the side door for tests, and what a load balancer would add."""

import asyncio
import json
import logging

from ministack import app as emulator

logger = logging.getLogger("layerwatch.gateway")

CONTROLS_PATH = "/_layerwatch/controls"
# CloudTrail delivers to buckets about every five minutes; here, so often.
BUCKET_SECONDS = 1


def create_gateway(controls, deliveries):
    async def gateway(scope, receive, send):
        if scope["type"] == "lifespan":
            writer = asyncio.create_task(_write_buckets_forever(deliveries))
            await emulator.app(scope, receive, send)
            writer.cancel()
        elif scope["type"] == "http" and scope["path"] == CONTROLS_PATH:
            await _answer_controls(scope, receive, send, controls, deliveries)
        else:
            await emulator.app(_as_if_over_tls(scope), receive, send)

    return gateway


def _as_if_over_tls(scope: dict) -> dict:
    """The bucket of `cdk bootstrap` refuses what does not come over TLS."""
    return {**scope, "headers": [*scope.get("headers", []), (b"x-forwarded-proto", b"https")]}


async def _write_buckets_forever(deliveries) -> None:
    while True:
        await asyncio.sleep(BUCKET_SECONDS)
        try:
            await deliveries.write_buckets()
        except Exception:
            logger.exception("records did not get into the trails' buckets")


async def _answer_controls(scope, receive, send, controls, deliveries) -> None:
    problem = None
    if scope["method"] == "POST":
        problem = controls.change(json.loads(await _read_body(receive)))
        deliveries.release()
    answer = controls.as_dict() if problem is None else {"message": problem}
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200 if problem is None else 400, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})


async def _read_body(receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body
