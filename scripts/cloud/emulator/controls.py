"""What a test may ask of the cloud beside AWS's own APIs: `GET` and `POST /_layerwatch/controls` with a JSON object."""

from dataclasses import asdict, dataclass, fields


@dataclass
class Controls:
    # "deliver" to the default bus; "drop" as if CloudTrail had never sent them; "hold" until "deliver" is asked for again.
    events: str = "deliver"
    # Whether LookupEvents gives no record that is written from now on, until it is released.
    holdHistory: bool = False
    # IAM actions that AWS refuses for now with an internal error, like "sns:Publish".
    refusedActions: tuple = ()
    # Seconds between two runs of every rate schedule; None: as the schedule says.
    scheduleSeconds: float | None = None

    def change(self, wanted: dict) -> str | None:
        """A sentence about what is wrong with it, or None."""
        known = {field.name for field in fields(self)}
        for key, value in wanted.items():
            if key not in known:
                return f'"{key}" is no control; known: {", ".join(sorted(known))}'
            setattr(self, key, tuple(value) if isinstance(value, list) else value)
        return None

    def as_dict(self) -> dict:
        return asdict(self)
