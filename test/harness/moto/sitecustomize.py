"""Python imports this at its start. It adds to moto's server the one call of `cdk deploy` that it lacks."""

from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import EmptyResult


def update_termination_protection(self):
    self._get_param("StackName")
    return EmptyResult()


CloudFormationResponse.update_termination_protection = update_termination_protection
