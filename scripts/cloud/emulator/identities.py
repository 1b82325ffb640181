"""Who made a call, as CloudTrail's `userIdentity`."""

from datetime import datetime, timezone

from ministack.core import iam_evaluator
from ministack.services import iam, sts


def read_identity(access_key: str, account: str) -> dict | None:
    """None for a key that the emulator does not know: CloudTrail records no call that could not be authenticated."""
    credential = iam_evaluator.resolve_credential(access_key, account)
    if isinstance(credential, iam_evaluator.CredentialResolutionError):
        return None
    identity = {
        "type": {"User": "IAMUser"}.get(credential.principal_type, credential.principal_type),
        "principalId": credential.principal_id,
        "arn": credential.principal_arn,
        "accountId": credential.account_id,
        "accessKeyId": access_key,
    }
    if credential.principal_type == "User":
        identity["userName"] = credential.principal_name
    if credential.principal_type == "AssumedRole":
        identity.update(_session_of(credential))
    return identity


def _session_of(credential) -> dict:
    """`arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION` is issued by the role."""
    role_name = credential.principal_arn.split("/")[-2]
    session_name = credential.principal_arn.split("/")[-1]
    role = iam._roles.get_scoped(credential.account_id, None, role_name) or {}
    role_id = role.get("RoleId", "AROAEXAMPLE")
    issued_at = (sts._sessions.get(credential.access_key_id) or {}).get("IssuedAt")
    created = datetime.fromtimestamp(issued_at, timezone.utc) if issued_at else datetime.now(timezone.utc)
    return {
        "principalId": f"{role_id}:{session_name}",
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role",
                "principalId": role_id,
                "arn": role.get("Arn", f"arn:aws:iam::{credential.account_id}:role/{role_name}"),
                "accountId": credential.account_id,
                "userName": role_name,
            },
            "attributes": {
                "creationDate": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "mfaAuthenticated": "false",
            },
        },
    }


def name_of(identity: dict) -> str:
    """The event history's `Username`."""
    return identity.get("userName") or identity.get("arn", "").split("/")[-1].split(":")[-1]
