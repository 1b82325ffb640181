import { once } from 'node:events';
import { LoopbackAws } from '../../../harness/loopback-aws';
import { startLayerwatch } from '../../run-layerwatch';

const resource = (ResourceType: string, LogicalResourceId: string) => ({
  ResourceType,
  LogicalResourceId: `${LogicalResourceId}12345678`,
  PhysicalResourceId: LogicalResourceId,
});

describe('Ctrl-C while a self-test waits for its alert', () => {
  let aws: LoopbackAws;
  let exitCode: unknown;
  let stderr = '';

  beforeAll(async () => {
    aws = await LoopbackAws.start();
    const isWaiting = new Promise<void>((resolve) => {
      aws.on('Query', () => {
        resolve();
        return { Items: [] };
      });
    });
    aws
      .on('ListStackResources', () => ({
        StackResourceSummaries: [
          resource('AWS::DynamoDB::Table', 'TablesAlerts'),
          resource('AWS::DynamoDB::Table', 'TablesState'),
        ],
      }))
      .on('GetCallerIdentity', () => ({ Arn: 'arn:aws:iam::123456789012:user/ana', Account: '123456789012' }))
      .on('PublishLayerVersion', () => ({
        LayerArn: 'arn:aws:lambda:eu-west-3:123456789012:layer:layerwatch-selftest-1',
        Version: 1,
      }))
      .on('DeleteLayerVersion', () => ({}));
    const child = startLayerwatch(['selftest'], { env: aws.environment });
    child.stderr?.on('data', (chunk) => {
      stderr += String(chunk);
    });
    await isWaiting;
    child.kill('SIGINT');
    [exitCode] = await once(child, 'close');
  });
  afterAll(() => aws.stop());

  test('then its layer version is deleted', () => {
    expect(aws.called).toContain('DeleteLayerVersion');
  });

  test('then it ends as cancelled', () => {
    expect(exitCode).toBe(130);
  });

  test('then it says what is left', () => {
    expect(stderr).toContain(
      'error: cancelled; the layer version is deleted, and an alert of it may still come\n',
    );
  });
});
