import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DeleteLayerVersionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import type { Cleanup } from './cleanup';

const maxWaitTime = 60;

/** Account and region of the calls; what is not given follows from the environment's AWS variables. */
export interface Place {
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Functions and layers of an account and region, and the calls that somebody makes on them. */
export class Workload {
  private readonly lambda: LambdaClient;
  private roleArn: Promise<string> | undefined;

  constructor(
    /** Begins every name. */
    private readonly prefix: string,
    private readonly cleanup: Cleanup,
    private readonly place: Place = {},
  ) {
    this.lambda = new LambdaClient(place);
  }

  name(short: string): string {
    return `${this.prefix}${short}`;
  }

  /** Publishes a version of a layer and answers with its ARN. */
  async publishLayer(
    short: string,
    files: Readonly<Record<string, string>> = { 'lib.py': '' },
  ): Promise<string> {
    const { LayerVersionArn = '', Version = 0 } = await this.lambda.send(
      new PublishLayerVersionCommand({
        LayerName: this.name(short),
        Content: { ZipFile: archive(files) },
        CompatibleRuntimes: ['python3.13'],
      }),
    );
    const deleted = { LayerName: this.name(short), VersionNumber: Version };
    this.cleanup.add(`layer version ${LayerVersionArn}`, () =>
      this.lambda.send(new DeleteLayerVersionCommand(deleted)),
    );
    return LayerVersionArn;
  }

  /** Creates a function and answers with its name. */
  async createFunction(short: string, layers: readonly string[] = []): Promise<string> {
    const FunctionName = this.name(short);
    await this.lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Runtime: 'python3.13',
        Role: await this.role(),
        Handler: 'index.handler',
        Code: { ZipFile: archive({ 'index.py': 'def handler(event, context):\n    return "ok"\n' }) },
        Layers: [...layers],
      }),
    );
    this.cleanup.add(`function ${FunctionName}`, () =>
      this.lambda.send(new DeleteFunctionCommand({ FunctionName })),
    );
    await waitUntilFunctionActiveV2({ client: this.lambda, maxWaitTime }, { FunctionName });
    return FunctionName;
  }

  /** A call of UpdateFunctionConfiguration with exactly these parameters, as soon as Lambda takes one. */
  async update(
    FunctionName: string,
    change: Omit<UpdateFunctionConfigurationCommandInput, 'FunctionName'>,
    client = this.lambda,
  ): Promise<void> {
    await waitUntilFunctionUpdatedV2({ client: this.lambda, maxWaitTime }, { FunctionName });
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...change }));
  }

  setLayers(functionName: string, layers: readonly string[]): Promise<void> {
    return this.update(functionName, { Layers: [...layers] });
  }

  async layersOf(FunctionName: string): Promise<readonly string[]> {
    const { Layers = [] } = await this.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    return Layers.flatMap(({ Arn }) => Arn ?? []);
  }

  /** ARN of the role that the functions run with, which may write logs. */
  role(): Promise<string> {
    this.roleArn ??= this.createRole();
    return this.roleArn;
  }

  private async createRole(): Promise<string> {
    const iam = new IAMClient(this.place);
    const RoleName = this.name('worker');
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: policy({
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        }),
      }),
    );
    this.cleanup.add(`role ${RoleName}`, () => iam.send(new DeleteRoleCommand({ RoleName })));
    const PolicyName = 'logs';
    await iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName,
        PolicyDocument: policy({
          Effect: 'Allow',
          Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: '*',
        }),
      }),
    );
    this.cleanup.add(`policy of role ${RoleName}`, () =>
      iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })),
    );
    return Role?.Arn ?? '';
  }
}

export function policy(...statements: readonly Readonly<Record<string, unknown>>[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

function archive(files: Readonly<Record<string, string>>): Uint8Array {
  const encoder = new TextEncoder();
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, encoder.encode(text)])),
  );
}
