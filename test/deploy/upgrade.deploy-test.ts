import {
  CloudFormationClient,
  CreateStackCommand,
  ListStackResourcesCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { alertTable, stackName, stateTable } from '../../lambda/contract';
import { runLayerwatch } from '../cli/run-layerwatch';
import { type Emulator, startEmulator } from '../harness/emulator';
import { describeWith } from '../harness/tools';
import { previousItems, previousRelease, previousTemplate, writePreviousItems } from '../upgrade/previous';
import { bootstrap, cdkDeploy, emulatedEnvironment, inspect } from './deployment';

/** Every CDK template of a stack has this parameter. */
const bootstrapVersion = {
  ParameterKey: 'BootstrapVersion',
  ParameterValue: '/cdk-bootstrap/hnb659fds/version',
};

const { byLayer } = stateTable.indexes;
const [layer, functionArn] = [byLayer.partitionKey, byLayer.sortKey];

/** The index that the upgrade adds to the state table, while the table is used. The emulator changes no table of a stack. */
const stateTableIndex = {
  AttributeDefinitions: [stateTable.partitionKey, layer, functionArn].map((AttributeName) => ({
    AttributeName,
    AttributeType: 'S',
  })),
  GlobalSecondaryIndexes: [
    {
      IndexName: byLayer.name,
      KeySchema: [
        { AttributeName: layer, KeyType: 'HASH' },
        { AttributeName: functionArn, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};

/** The template of the release; its functions run no code here, and their archives are not kept. */
function templateWithoutArchives(): string {
  const { Resources } = previousTemplate();
  const replaced = Object.entries(Resources).map(([id, resource]) => {
    if (id.startsWith('TablesState'))
      return [id, { ...resource, Properties: { ...resource.Properties, ...stateTableIndex } }];
    if (resource.Type !== 'AWS::Lambda::Function') return [id, resource];
    return [
      id,
      { ...resource, Properties: { ...resource.Properties, Code: { ZipFile: 'exports.handler = 1' } } },
    ];
  });
  const Parameters = {
    [bootstrapVersion.ParameterKey]: {
      Type: 'AWS::SSM::Parameter::Value<String>',
      Default: bootstrapVersion.ParameterValue,
    },
  };
  return JSON.stringify({ Parameters, Resources: Object.fromEntries(replaced) });
}

async function tablesOf(): Promise<Readonly<Record<string, string>>> {
  const { StackResourceSummaries = [] } = await new CloudFormationClient({}).send(
    new ListStackResourcesCommand({ StackName: stackName }),
  );
  return Object.fromEntries(
    StackResourceSummaries.filter(({ ResourceType }) => ResourceType === 'AWS::DynamoDB::Table').map(
      ({ LogicalResourceId = '', PhysicalResourceId = '' }) => [LogicalResourceId, PhysicalResourceId],
    ),
  );
}

describeWith(['moto_server'], `an upgrade from ${previousRelease}`, () => {
  let emulator: Emulator;
  beforeAll(async () => {
    Object.assign(process.env, emulatedEnvironment('http://localhost'));
    emulator = await startEmulator();
    Object.assign(process.env, emulatedEnvironment(emulator.endpoint));
  });
  afterAll(() => emulator?.stop());

  test('given its stack with alerts, then cdk deploy keeps tables and topic, and every alert is found', async () => {
    await bootstrap(emulator.endpoint);
    const client = new CloudFormationClient({});
    await client.send(
      new CreateStackCommand({
        StackName: stackName,
        TemplateBody: templateWithoutArchives(),
        Parameters: [bootstrapVersion],
        Capabilities: ['CAPABILITY_IAM'],
      }),
    );
    await waitUntilStackCreateComplete({ client, maxWaitTime: 60 }, { StackName: stackName });
    const before = await tablesOf();
    const { TablesAlertsF4292B9D: alerts = '', TablesState705891C2: state = '' } = before;
    await writePreviousItems(new DynamoDBClient({}), { alerts, state });

    // The emulator knows no change set of a stack that is there, and replaces what differs in metadata alone.
    await cdkDeploy(emulator.endpoint, {}, [
      '--method',
      'direct',
      '--no-path-metadata',
      '--no-asset-metadata',
    ]);

    expect(await tablesOf()).toEqual(before);
    expect((await inspect(emulator.endpoint)).alertTableName).toBe(alerts);
    const { stdout } = await runLayerwatch(['alerts', '--since', '2026-10-01', '--json'], {
      env: emulatedEnvironment(emulator.endpoint),
    });
    const found = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { layerwatch: { alert_id: string } }).layerwatch.alert_id);
    const written = previousItems().alerts.map((item) => item[alertTable.partitionKey]?.S ?? '');
    expect([...found].sort()).toEqual([...written].sort());
    for (const id of written) {
      const key = { [alertTable.partitionKey]: { S: id } };
      const { Item } = await new DynamoDBClient({}).send(new GetItemCommand({ TableName: alerts, Key: key }));
      expect(Item).toEqual(previousItems().alerts.find((item) => item[alertTable.partitionKey]?.S === id));
    }
  });
});
