"""Which trails record a call. Without a trail that logs, no call reaches EventBridge or a bucket."""

from ministack.services import cloudtrail


def logging_trails(account: str, region: str) -> list[dict]:
    found = []
    for (owner, home_region, name), trail in list(cloudtrail._trails.all_items()):
        of_account = owner == account or trail.get("IsOrganizationTrail")
        of_region = home_region == region or trail.get("IsMultiRegionTrail")
        if of_account and of_region and trail.get("IsLogging"):
            selectors = cloudtrail._event_selectors.get_scoped(owner, home_region, name, None)
            found.append({**trail, "OwnerAccount": owner, "Selectors": selectors})
    return found


def selects(trail: dict, record: dict) -> bool:
    """Whether the trail's event selectors take this management event."""
    selectors = trail["Selectors"]
    if selectors is None:
        return True
    is_advanced = any("FieldSelectors" in selector for selector in selectors)
    matches = _matches_advanced if is_advanced else _matches_basic
    return any(matches(selector, record) for selector in selectors)


def _matches_basic(selector: dict, record: dict) -> bool:
    if not selector.get("IncludeManagementEvents", True):
        return False
    if record["eventSource"] in selector.get("ExcludeManagementEventSources", []):
        return False
    wanted = selector.get("ReadWriteType", "All")
    return wanted == "All" or wanted == ("ReadOnly" if record["readOnly"] else "WriteOnly")


def _matches_advanced(selector: dict, record: dict) -> bool:
    return all(_matches_field(field, record) for field in selector["FieldSelectors"])


def _matches_field(field: dict, record: dict) -> bool:
    value = record.get(field["Field"])
    text = str(value).lower() if isinstance(value, bool) else str(value)
    conditions = {
        "Equals": lambda values: text in values,
        "NotEquals": lambda values: text not in values,
        "StartsWith": lambda values: any(text.startswith(each) for each in values),
        "NotStartsWith": lambda values: not any(text.startswith(each) for each in values),
        "EndsWith": lambda values: any(text.endswith(each) for each in values),
        "NotEndsWith": lambda values: not any(text.endswith(each) for each in values),
    }
    return all(holds(field[name]) for name, holds in conditions.items() if field.get(name))
