import { Aws, Stack, Token } from 'aws-cdk-lib';
import * as chatbot from 'aws-cdk-lib/aws-chatbot';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';
import { SettingsError } from '../../config/schema';

export interface SlackChannelProps {
  /** Id of the workspace, which has to be authorised in the console once per account. */
  readonly workspaceId: string;

  /** Id of the channel; to a private one Amazon Q has to be invited. */
  readonly channelId: string;

  /** Topics whose messages the channel shows. */
  readonly topics: readonly sns.ITopic[];
}

/** A Slack channel that shows notifications and from which nothing can be done. */
export class SlackChannel extends Construct {
  constructor(scope: Construct, id: string, props: SlackChannelProps) {
    super(scope, id);
    const { region, stackName } = Stack.of(this);
    if (!Token.isUnresolved(region)) refuseSlackOutsideAws(region);
    new chatbot.SlackChannelConfiguration(this, 'Channel', {
      // The service is global, so the name has to differ between regions.
      slackChannelConfigurationName: `${stackName}-${Aws.REGION}`,
      slackWorkspaceId: props.workspaceId,
      slackChannelId: props.channelId,
      notificationTopics: [...props.topics],
      // Without a guardrail of its own the service takes AdministratorAccess.
      guardrailPolicies: [this.denyEverything()],
      userRoleRequired: true,
    });
  }

  private denyEverything(): iam.ManagedPolicy {
    return new iam.ManagedPolicy(this, 'Guardrail', {
      description: 'Nothing may be done from the Slack channel that shows Layerwatch notifications',
      statements: [new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['*'], resources: ['*'] })],
    });
  }
}

/** @throws {SettingsError} for a region whose partition has no Amazon Q Developer in chat applications */
export function refuseSlackOutsideAws(region: string): void {
  const partition = RegionInfo.get(region).partition ?? 'aws';
  if (partition === 'aws') return;
  const text = `slack is set for region ${region} of partition ${partition}; allowed: partition aws only, Amazon Q Developer in chat applications takes no other; leave slack out or use email`;
  throw new SettingsError('settings-invalid', [{ key: 'slack', text }]);
}
