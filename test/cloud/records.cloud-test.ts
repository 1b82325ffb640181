import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { Cleanup } from '../../scripts/cloud/cleanup';
import { Emulator } from '../../scripts/cloud/emulator';
import { createPerson } from '../../scripts/cloud/people';
import { createTrail } from '../../scripts/cloud/trail';
import { policy, Workload } from '../../scripts/cloud/workload';
import { describeWith } from '../harness/tools';
import { type CloudTrailRecord, history } from './event-history';

const region = 'eu-west-3';
const anyUuid = expect.stringMatching(/^[0-9a-f-]{36}$/);

describeWith(['python3'], "the emulated account's CloudTrail records", () => {
  let emulator: Emulator;
  let workload: Workload;
  let layer: string;
  let name: string;

  beforeAll(async () => {
    emulator = await Emulator.start({ port: 0, region });
    Object.assign(process.env, emulator.environment());
    const cleanup = new Cleanup();
    workload = new Workload('', cleanup);
    await createTrail({ name: 'audit', bucket: 'audit-logs' }, region, emulator.account, cleanup);
    layer = await workload.publishLayer('base');
    name = await workload.createFunction('payments');
    await workload.setLayers(name, [layer]);
  });
  afterAll(() => emulator?.stop());

  const newest = async (eventName: string): Promise<CloudTrailRecord | undefined> =>
    (await history(eventName))[0];

  test('given a layer that is put on a function, then the record is as CloudTrail writes it', async () => {
    const arn = `arn:aws:lambda:${region}:${emulator.account}:function:payments`;
    expect(await newest('UpdateFunctionConfiguration20150331v2')).toEqual({
      eventVersion: '1.11',
      userIdentity: {
        type: 'Root',
        principalId: emulator.account,
        arn: `arn:aws:iam::${emulator.account}:root`,
        accountId: emulator.account,
        accessKeyId: emulator.account,
      },
      eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      eventSource: 'lambda.amazonaws.com',
      eventName: 'UpdateFunctionConfiguration20150331v2',
      awsRegion: region,
      sourceIPAddress: '127.0.0.1',
      userAgent: expect.stringContaining('aws-sdk-js'),
      requestParameters: { functionName: 'payments', layers: [layer], environment: {} },
      responseElements: expect.objectContaining({
        functionName: 'payments',
        functionArn: arn,
        environment: {},
        layers: [{ arn: layer, codeSize: expect.any(Number), uncompressedCodeSize: 0 }],
        revisionId: anyUuid,
        version: '$LATEST',
      }),
      requestID: anyUuid,
      eventID: anyUuid,
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: emulator.account,
      eventCategory: 'Management',
      tlsDetails: {
        tlsVersion: 'TLSv1.3',
        cipherSuite: 'TLS_AES_128_GCM_SHA256',
        clientProvidedHostHeader: `lambda.${region}.amazonaws.com`,
      },
    });
  });

  test('given a published layer, then neither its bytes nor their address are in the record', async () => {
    expect(await newest('PublishLayerVersion20181031')).toMatchObject({
      requestParameters: { layerName: 'base', content: {}, compatibleRuntimes: ['python3.13'] },
      responseElements: {
        content: { codeSha256: expect.any(String), codeSize: expect.any(Number), uncompressedCodeSize: 0 },
        layerVersionArn: layer,
        version: 1,
      },
      additionalEventData: { signatureStatus: 'VALID' },
    });
    expect(JSON.stringify(await newest('PublishLayerVersion20181031'))).not.toContain('location');
  });

  test('given values of environment variables, then none is in a record', async () => {
    await workload.update(name, { Environment: { Variables: { KEY: 'top-secret' } } });
    const record = await newest('UpdateFunctionConfiguration20150331v2');
    expect(record?.['requestParameters']).toEqual({ functionName: name, environment: {} });
    expect(JSON.stringify(record)).not.toContain('top-secret');
  });

  test('given no layers, then the answer has no key for them', async () => {
    await workload.setLayers(name, []);
    const record = await newest('UpdateFunctionConfiguration20150331v2');
    expect(record).toMatchObject({ requestParameters: { layers: [] } });
    expect(record?.['responseElements']).not.toHaveProperty('layers');
  });

  test('given a user who may not, then the record says who and not what was asked', async () => {
    const guest = await createPerson('guest', [], new Cleanup());
    const lambda = new LambdaClient({ credentials: guest });
    await expect(workload.update(name, { Layers: [layer] }, lambda)).rejects.toThrow(/not authorized/);
    expect(await newest('UpdateFunctionConfiguration20150331v2')).toMatchObject({
      userIdentity: {
        type: 'IAMUser',
        arn: `arn:aws:iam::${emulator.account}:user/guest`,
        accessKeyId: guest.accessKeyId,
        userName: 'guest',
      },
      errorCode: 'AccessDenied',
      errorMessage: expect.stringContaining('lambda:UpdateFunctionConfiguration'),
      requestParameters: null,
      responseElements: null,
    });
  });

  test('given a call that the service refuses, then the record says what was asked', async () => {
    const lambda = new LambdaClient({});
    const missing = layer.replace(/1$/, '99');
    await expect(workload.update(name, { Layers: [missing] }, lambda)).rejects.toThrow();
    expect(await newest('UpdateFunctionConfiguration20150331v2')).toMatchObject({
      errorCode: 'InvalidParameterValueException',
      requestParameters: { layers: [missing] },
      responseElements: null,
    });
  });

  test('given a session of a role, then the record names the role behind it', async () => {
    const { Credentials } = await new STSClient({}).send(
      new AssumeRoleCommand({ RoleArn: await createOpenRole('deployer'), RoleSessionName: 'gh-run-812' }),
    );
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    await new LambdaClient({ credentials }).send(new ListFunctionsCommand({})).catch(() => {});
    expect(await newest('ListFunctions20150331')).toMatchObject({
      userIdentity: {
        type: 'AssumedRole',
        principalId: expect.stringMatching(/^AROA\w+:gh-run-812$/),
        arn: `arn:aws:sts::${emulator.account}:assumed-role/deployer/gh-run-812`,
        sessionContext: {
          sessionIssuer: {
            type: 'Role',
            arn: `arn:aws:iam::${emulator.account}:role/deployer`,
            userName: 'deployer',
          },
          attributes: { mfaAuthenticated: 'false' },
        },
      },
      readOnly: true,
    });
  });

  test('given a call of the query protocol, then its parameters are read as well', async () => {
    const sns = new SNSClient({});
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'talk' }));
    const attribute = { AttributeName: 'DisplayName', AttributeValue: 'Talk' };
    await sns.send(new SetTopicAttributesCommand({ TopicArn, ...attribute }));
    expect(await newest('SetTopicAttributes')).toMatchObject({
      eventSource: 'sns.amazonaws.com',
      requestParameters: { topicArn: TopicArn, attributeName: 'DisplayName', attributeValue: 'Talk' },
    });
    expect(await newest('CreateTopic')).toMatchObject({ responseElements: { topicArn: TopicArn } });
  });

  test('given calls of IAM, then they are recorded in us-east-1 alone', async () => {
    expect(await history('CreateUser')).toEqual([]);
    const { Events } = await new CloudTrailClient({ region: 'us-east-1' }).send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'CreateUser' }],
      }),
    );
    expect(JSON.parse(Events?.[0]?.CloudTrailEvent ?? '{}')).toMatchObject({ awsRegion: 'us-east-1' });
  });
});

/** A role that everybody of the account may assume. */
async function createOpenRole(RoleName: string): Promise<string> {
  const trust = policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' });
  const { Role } = await new IAMClient({}).send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }),
  );
  return Role?.Arn ?? '';
}
