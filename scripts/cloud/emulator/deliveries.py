"""Hands CloudTrail records to those who get them: the default bus, the event history, the trails' buckets."""

import gzip
import json
import logging
import secrets
import threading
from collections import defaultdict
from datetime import datetime, timezone

from ministack.core.responses import request_scope
from ministack.services import eventbridge, s3

from event_history import EventHistory
from identities import name_of
from trails import logging_trails, selects

logger = logging.getLogger("layerwatch.deliveries")


class Deliveries:
    def __init__(self, controls):
        self._controls = controls
        self._history = EventHistory(controls)
        self._history.install()
        self._held_events = []
        self._for_buckets = defaultdict(list)

    def deliver(self, record: dict, trails: list[dict]) -> None:
        """`trails` are those that logged before the call: a trail records the call that stops it."""
        self._history.add(record, name_of(record["userIdentity"]))
        now_logging = logging_trails(record["recipientAccountId"], record["awsRegion"])
        recording = {trail["TrailARN"]: trail for trail in [*now_logging, *trails] if selects(trail, record)}
        for trail in recording.values():
            self._for_buckets[_object_place(trail, record)].append(record)
        if recording and not record["readOnly"]:
            self._put_on_bus(record)

    def deliver_later(self, record: dict, trails: list[dict], seconds: float) -> None:
        timer = threading.Timer(seconds, self.deliver, (record, trails))
        timer.daemon = True
        timer.start()

    def release(self) -> None:
        """Called when the controls have changed."""
        self._history.release()
        if self._controls.events == "deliver":
            held, self._held_events = self._held_events, []
            for record in held:
                self._put_on_bus(record)

    def _put_on_bus(self, record: dict) -> None:
        if self._controls.events == "hold":
            self._held_events.append(record)
        if self._controls.events != "deliver":
            return
        entry = {
            "Source": "aws." + record["eventSource"].split(".")[0],
            "DetailType": "AWS API Call via CloudTrail",
            "Detail": json.dumps(record),
        }
        with request_scope(record["recipientAccountId"], record["awsRegion"]):
            eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)

    async def write_buckets(self) -> None:
        """Writes what has gathered since the last time, one object for each trail, account and region."""
        gathered, self._for_buckets = self._for_buckets, defaultdict(list)
        for (owner, region, bucket, folder, stem), records in gathered.items():
            body = gzip.compress(json.dumps({"Records": records}).encode())
            path = f"/{bucket}/{folder}/{stem}_{secrets.token_hex(8)}.json.gz"
            headers = {"content-length": str(len(body)), "authorization": _as_root_of(owner, region)}
            with request_scope(owner, region):
                status, _headers, answer = await s3.handle_request("PUT", path, headers, body, {})
            if status >= 300:
                logger.error("no log file in %s: %s", path, answer)


def _object_place(trail: dict, record: dict) -> tuple:
    """AWSLogs/ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/ACCOUNT_CloudTrail_REGION_YYYYMMDDTHHMMZ_RANDOM.json.gz"""
    account, region = record["recipientAccountId"], record["awsRegion"]
    now = datetime.now(timezone.utc)
    folder = f"AWSLogs/{account}/CloudTrail/{region}/{now:%Y/%m/%d}"
    if trail.get("S3KeyPrefix"):
        folder = f"{trail['S3KeyPrefix']}/{folder}"
    stem = f"{account}_CloudTrail_{region}_{now:%Y%m%dT%H%MZ}"
    return trail["OwnerAccount"], trail["HomeRegion"], trail["S3BucketName"], folder, stem


def _as_root_of(account: str, region: str) -> str:
    """Within the emulator nobody checks the signature, and the account's id is its root's key."""
    return f"AWS4-HMAC-SHA256 Credential={account}/20260101/{region}/s3/aws4_request"
