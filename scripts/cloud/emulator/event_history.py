"""CloudTrail's event history: what LookupEvents answers, with pages, which the emulator's own lacks."""

import json
from calendar import timegm
from collections import defaultdict, deque
from time import strptime

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudtrail

MAX_RECORDS = 10_000
PAGE_SIZE = 50  # CloudTrail, LookupEvents, MaxResults

# LookupAttributes that are answered; ResourceName and ResourceType are not.
ATTRIBUTES = ("EventId", "EventName", "EventSource", "ReadOnly", "Username", "AccessKeyId")


class EventHistory:
    def __init__(self, controls):
        self._controls = controls
        self._entries = defaultdict(lambda: deque(maxlen=MAX_RECORDS))
        self._held = []

    def add(self, record: dict, user_name: str) -> None:
        entry = {
            "EventId": record["eventID"],
            "EventName": record["eventName"],
            "EventSource": record["eventSource"],
            "EventTime": timegm(strptime(record["eventTime"], "%Y-%m-%dT%H:%M:%SZ")),
            "ReadOnly": str(record["readOnly"]).lower(),
            "Username": user_name,
            "AccessKeyId": record["userIdentity"].get("accessKeyId", ""),
            "Resources": [],
            "CloudTrailEvent": json.dumps(record),
        }
        self._held.append(((record["recipientAccountId"], record["awsRegion"]), entry))
        self.release()

    def release(self) -> None:
        if self._controls.holdHistory:
            return
        for place, entry in self._held:
            self._entries[place].append(entry)
        self._held.clear()

    def install(self) -> None:
        cloudtrail._DISPATCH["LookupEvents"] = self.lookup

    def lookup(self, body: dict):
        wanted = {each["AttributeKey"]: each["AttributeValue"] for each in body.get("LookupAttributes", [])}
        if any(key not in ATTRIBUTES for key in wanted):
            return cloudtrail._err("InvalidLookupAttributesException", f"known attributes: {', '.join(ATTRIBUTES)}")
        start, end = body.get("StartTime") or 0, body.get("EndTime") or float("inf")
        newest_first = reversed(self._entries[(get_account_id(), get_region())])
        found = [
            entry
            for entry in newest_first
            if start <= entry["EventTime"] <= end and all(entry[key] == value for key, value in wanted.items())
        ]
        offset = int(body.get("NextToken") or 0)
        size = min(int(body.get("MaxResults") or PAGE_SIZE), PAGE_SIZE)
        page = {"Events": found[offset : offset + size]}
        if offset + size < len(found):
            page["NextToken"] = str(offset + size)
        return cloudtrail._ok(page)
