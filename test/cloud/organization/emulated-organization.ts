import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { PutBucketNotificationConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import { stackName, stackOutput } from '../../../lambda/contract';
import { forwarderName } from '../../../lambda/detection/forwarded-pattern';
import { Cleanup } from '../../../scripts/cloud/cleanup';
import { bootstrap, deploy } from '../../../scripts/cloud/deploy';
import { targetOf, withoutEvents } from '../../../scripts/cloud/emulated-account';
import { Emulator } from '../../../scripts/cloud/emulator';
import { outputOf } from '../../../scripts/cloud/stack-output';
import { createTrail } from '../../../scripts/cloud/trail';
import type { Place } from '../../../scripts/cloud/workload';

/** Where the hub and the bucket of the organization's trail are. */
const hubRegion = 'eu-west-3';
const bucket = 'organization-logs';
const externalId = 'layerwatch';

export const member = {
  account: '444455556666',
  /** A region with a forwarder, other than the hub's. */
  forwarded: 'us-east-1',
  /** A region without one. */
  unforwarded: 'eu-north-1',
} as const;

/** A hub with both doors, and a member account with a forwarder in one region, as `docs/organization.md` sets them up. */
export class EmulatedOrganization {
  private constructor(readonly emulator: Emulator) {}

  static async start(): Promise<EmulatedOrganization> {
    const emulator = await Emulator.start({ port: 0, region: hubRegion });
    const organization = new EmulatedOrganization(emulator);
    try {
      Object.assign(process.env, emulator.environment());
      await withoutEvents(emulator, () => organization.deploy());
      await organization.notifyQueueOfObjects();
      return organization;
    } catch (error) {
      await emulator.stop();
      throw error;
    }
  }

  stop(): Promise<void> {
    return this.emulator.stop();
  }

  /** The root of the member account, in one of its regions. */
  inMember(region: string): Place {
    // The id of an account is the access key id of its root.
    const secretAccessKey = this.emulator.environment().AWS_SECRET_ACCESS_KEY;
    return { region, credentials: { accessKeyId: member.account, secretAccessKey } };
  }

  private async deploy(): Promise<void> {
    await this.deployHub();
    await this.deployForwarder();
  }

  private async deployHub(): Promise<void> {
    const { account, region, folder } = this.emulator;
    await createTrail(
      { name: 'organization', bucket, isOfOrganization: true },
      region,
      account,
      new Cleanup(),
    );
    const config = join(folder, 'layerwatch.config.json');
    const organization = {
      id: 'o-a1b2c3d4e5',
      accounts: [member.account],
      externalId,
      regions: [member.forwarded, member.unforwarded],
    };
    writeFileSync(
      config,
      JSON.stringify({ email: 'you@example.com', trailBucket: { bucket }, organization }),
    );
    const target = targetOf(this.emulator);
    await bootstrap(target);
    await deploy(target, stackName, { config });
  }

  private async notifyQueueOfObjects(): Promise<void> {
    const QueueArn = await outputOf(stackName, stackOutput.trailObjectsQueueArn);
    await new S3Client({ forcePathStyle: true }).send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: bucket,
        NotificationConfiguration: {
          QueueConfigurations: [
            {
              QueueArn,
              Events: ['s3:ObjectCreated:*'],
              Filter: { Key: { FilterRules: [{ Name: 'suffix', Value: '.json.gz' }] } },
            },
          ],
        },
      }),
    );
  }

  /** The template that the deployment of the hub has synthesized as well. */
  private async deployForwarder(): Promise<void> {
    const folder = join(this.emulator.folder, 'cdk.out', 'assembly-Organization');
    const [template = ''] = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
    const parameters = {
      HubBusArn: await outputOf(stackName, stackOutput.hubBusArn),
      ExternalId: externalId,
      RoleRegion: member.forwarded,
    };
    const client = new CloudFormationClient(this.inMember(member.forwarded));
    await client.send(
      new CreateStackCommand({
        StackName: forwarderName,
        TemplateBody: readFileSync(join(folder, template), 'utf8'),
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
          ParameterKey,
          ParameterValue,
        })),
      }),
    );
    await waitUntilStackCreateComplete({ client, maxWaitTime: 60 }, { StackName: forwarderName });
  }
}
