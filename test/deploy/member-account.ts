import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  CloudFormationClient,
  CreateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import {
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { zipSync } from 'fflate';
import { forwarderName, heartbeatRule } from '../../lambda/detection/forwarded-pattern';
import { temporaryFolder } from '../harness/temporary-folder';

const run = promisify(execFile);

/** What `cdk synth LayerwatchForwarder` prints, and the same as the file that it writes. */
export async function forwarderTemplate(): Promise<{ readonly printed: string; readonly file: string }> {
  const output = temporaryFolder();
  const words = ['cdk', 'synth', forwarderName, '-c', 'email=you@example.com', '-o', output];
  const { stdout } = await run('npx', words, { maxBuffer: 64 * 1024 * 1024 });
  const folder = join(output, 'assembly-Organization');
  const [name = ''] = readdirSync(folder).filter((each) => each.endsWith('.template.json'));
  return { printed: stdout, file: readFileSync(join(folder, name), 'utf8') };
}

/** Another account of the emulator; who assumes a role in it is of it. */
export class EmulatedMember {
  private constructor(
    readonly account: string,
    private readonly credentials: {
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken: string;
    },
  ) {}

  static async signIn(account: string): Promise<EmulatedMember> {
    const { Credentials } = await new STSClient({}).send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/admin`, RoleSessionName: 'admin' }),
    );
    return new EmulatedMember(account, {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    });
  }

  async deployForwarder(
    region: string,
    TemplateBody: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<void> {
    const client = new CloudFormationClient({ region, credentials: this.credentials });
    await client.send(
      new CreateStackCommand({
        StackName: forwarderName,
        TemplateBody,
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
          ParameterKey,
          ParameterValue,
        })),
      }),
    );
    await waitUntilStackCreateComplete({ client, maxWaitTime: 60 }, { StackName: forwarderName });
    await this.removeHeartbeat(region);
  }

  /** The emulator takes a rule with a schedule alone for one that selects every event. */
  private async removeHeartbeat(region: string): Promise<void> {
    const client = new EventBridgeClient({ region, credentials: this.credentials });
    const Rule = heartbeatRule.name;
    const { Targets = [] } = await client.send(new ListTargetsByRuleCommand({ Rule }));
    await client.send(new RemoveTargetsCommand({ Rule, Ids: Targets.flatMap(({ Id }) => Id ?? []) }));
  }

  /** A function without layers, whose runtime and environment an alert names. */
  async createFunction(region: string, FunctionName: string): Promise<void> {
    const client = new LambdaClient({ region, credentials: this.credentials });
    await client.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: `arn:aws:iam::${this.account}:role/${forwarderName}-${region}`,
        Code: { ZipFile: zipSync({ 'index.js': new TextEncoder().encode('exports.handler = () => {};') }) },
        Environment: { Variables: { NODE_OPTIONS: '--require /opt/agent.js' } },
      }),
    );
  }

  /** What AWS puts on the default bus of this account and region when a call was made there. */
  async call(region: string, source: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
    await new EventBridgeClient({ region, credentials: this.credentials }).send(
      new PutEventsCommand({
        Entries: [
          { Source: source, DetailType: 'AWS API Call via CloudTrail', Detail: JSON.stringify(detail) },
        ],
      }),
    );
  }
}
