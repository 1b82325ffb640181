import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { eventType } from '../../lambda/detection/ecs-fields';
import type { DetectionSettings, Exception } from '../../lambda/detection/settings';
import { renderNotification } from '../../lambda/notification/message';
import { findingOf } from '../fixtures/finding';
import {
  account,
  givenPublish,
  givenUpdate,
  layerVersion,
  region,
  roleIdentity,
  userIdentity,
} from '../fixtures/records';

const foreign = layerVersion('boto-utils', 3, '999988887777');

describe('the finding document', () => {
  test('given a role that attaches a layer, then it is the ECS document of the CloudTrail mapping', () => {
    expect(findingOf(givenUpdate([foreign], { eventID: 'e-1' }))).toMatchObject({
      '@timestamp': '2026-10-06T21:14:05.000Z',
      ecs: { version: expect.stringMatching(/^9\./) },
      event: {
        kind: 'alert',
        id: 'e-1',
        provider: 'lambda.amazonaws.com',
        action: 'UpdateFunctionConfiguration20150331v2',
        category: ['configuration'],
        type: ['change'],
        module: 'layerwatch',
        dataset: 'layerwatch.finding',
        outcome: 'success',
        risk_score: 51,
        severity: 73,
      },
      rule: {
        id: '7d091a76-0737-11ef-8469-f661ea17fbcc',
        uuid: '7d091a76-0737-11ef-8469-f661ea17fbcc',
      },
      observer: { vendor: 'Layerwatch', product: 'Layerwatch', type: 'sensor' },
      layerwatch: { rule: { severity: 'low', risk_score: 21 } },
      threat: { framework: 'MITRE ATT&CK', tactic: { id: ['TA0002'] }, technique: { id: ['T1648'] } },
      cloud: { provider: 'aws', account: { id: account }, region, service: { name: 'lambda' } },
      user: {
        id: 'AROAEXAMPLE0000000001:gh-run-812',
        name: 'ci-deploy',
        entity: { id: roleIdentity['arn'] },
      },
      related: { user: ['ci-deploy', 'AROAEXAMPLE0000000001:gh-run-812', 'gh-run-812', roleIdentity['arn']] },
      source: {
        address: '45.167.52.18',
        ip: '45.167.52.18',
        geo: { country_iso_code: 'BR', country_name: 'Brazil' },
      },
      user_agent: { original: 'aws-cli/2.31.10' },
      aws: {
        cloudtrail: {
          user_identity: { type: 'AssumedRole', session_context: { mfa_authenticated: 'false' } },
        },
      },
    });
  });

  test.each([
    [
      'an IAM user',
      userIdentity,
      { name: 'eve', id: 'AIDAEXAMPLE0000000002', entity: { id: `arn:aws:iam::${account}:user/eve` } },
    ],
    [
      'the root user',
      { type: 'Root', principalId: account, arn: `arn:aws:iam::${account}:root`, accountId: account },
      { id: account, entity: { id: `arn:aws:iam::${account}:root` } },
    ],
    ['an AWS service', { type: 'AWSService', invokedBy: 'cloudformation.amazonaws.com' }, {}],
    [
      'an Identity Center user',
      { type: 'IdentityCenterUser', accountId: account, onBehalfOf: { userId: 'u-1' } },
      { id: 'u-1' },
    ],
    [
      'another account',
      { type: 'AWSAccount', accountId: '210987654321', principalId: 'AIDAX' },
      { id: 'AIDAX' },
    ],
    ['nobody', null, {}],
  ])('given %s, then user is as the mapping says', (_, identity, user) => {
    expect(findingOf(givenUpdate([foreign], { userIdentity: identity })).user).toEqual(user);
  });

  test('given an AWS service, then it is the service that called', () => {
    const userIdentity = { type: 'AWSService', invokedBy: 'cloudformation.amazonaws.com' };
    expect(findingOf(givenUpdate([foreign], { userIdentity })).service).toEqual({
      name: 'cloudformation.amazonaws.com',
      entity: { id: 'cloudformation.amazonaws.com' },
    });
  });

  test.each([
    ['anna@example.com', 'anna@example.com'],
    ['gh-run-812', undefined],
    ['@example.com', undefined],
    ['a@b', undefined],
  ])('given a session called %s, then user.email is %s', (session, email) => {
    const arn = `arn:aws:sts::${account}:assumed-role/ci-deploy/${session}`;
    const identity = { ...roleIdentity, arn };
    expect(findingOf(givenUpdate([foreign], { userIdentity: identity })).user.email).toBe(email);
  });

  test('given how a call was encrypted, then tls says it', () => {
    const tlsDetails = {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: 'lambda.eu-west-3.amazonaws.com',
    };
    expect(findingOf(givenUpdate([foreign], { tlsDetails })).tls).toEqual({
      cipher: 'TLS_AES_128_GCM_SHA256',
      version: '1.3',
      version_protocol: 'tls',
      client: { server_name: 'lambda.eu-west-3.amazonaws.com' },
    });
  });

  test.each([
    ['CreateFunction20150331', 'creation'],
    ['PublishLayerVersion20181031', 'creation'],
    ['DeleteTrail', 'deletion'],
    ['RemoveTargets', 'deletion'],
    ['UpdateFunctionConfiguration20150331v2', 'change'],
    ['StopLogging', 'change'],
  ])('given %s, then event.type is %s', (action, type) => {
    expect(eventType(action)).toBe(type);
  });

  test.each([
    ['198.51.100.24', '198.51.100.24'],
    ['2001:db8::1', '2001:db8::1'],
    ['81.2.69.142, 192.168.10.10', '81.2.69.142'],
    ['cloudformation.amazonaws.com', undefined],
    ['AWS Internal', undefined],
    ['999.1.1.1', undefined],
    ['::g', undefined],
  ])('given source address %s, then source.ip is %s', (sourceIPAddress, ip) => {
    const { source } = findingOf(givenUpdate([foreign], { sourceIPAddress }));
    expect(source.address).toBe(sourceIPAddress);
    expect(source.ip).toBe(ip);
  });

  test('given secrets in parameters, then none is in the document and names of variables are', () => {
    const secret = 'hunter2-very-secret';
    const requestParameters = {
      functionName: 'payments',
      layers: [foreign],
      environment: { variables: { NODE_OPTIONS: secret } },
      code: { zipFile: secret, location: secret },
      sessionToken: secret,
      link: `https://bucket.example/x?X-Amz-Signature=${secret}`,
      linkOfVersion2: `https://bucket.example/x?Expires=1&Signature=${secret}`,
    };
    const json = JSON.stringify(
      findingOf(givenUpdate([], { requestParameters, responseElements: requestParameters })),
    );
    expect(json).not.toContain(secret);
    expect(json).toContain('NODE_OPTIONS');
  });

  const secret = 'hunter2-very-secret';
  test.each([
    ['signature version 4', `https://bucket.example/x?X-Amz-Date=1&X-Amz-Signature=${secret}`],
    ['signature version 2', `https://bucket.example/x?AWSAccessKeyId=AKIA&Signature=${secret}&Expires=1`],
    ['two question marks', `https://bucket.example/x?a?X-Amz-Security-Token=${secret}`],
    ['a layer in front', `${foreign}?Signature=${secret}`],
  ])(
    'given a presigned address of %s as a layer, then the signature is not in the document',
    (_, address) => {
      const document = findingOf(givenUpdate([address, foreign]));
      expect(JSON.stringify(document)).not.toContain(secret);
      expect(JSON.stringify(document.layerwatch.change)).toContain('?[not kept]');
    },
  );

  test('given a presigned address as a layer, then the email does not show the signature', () => {
    const address = `https://bucket.example/x?X-Amz-Signature=${secret}`;
    const { bodies } = renderNotification(findingOf(givenUpdate([address])), {});
    expect(JSON.stringify(bodies)).not.toContain(secret);
  });

  test('given any JSON anywhere in a matching record, then there is a document that parses', () => {
    const field = fc.constantFrom(
      'userIdentity',
      'eventTime',
      'awsRegion',
      'requestParameters',
      'responseElements',
      'sourceIPAddress',
      'userAgent',
      'recipientAccountId',
    );
    fc.assert(
      fc.property(field, fc.jsonValue({ maxDepth: 4 }), fc.boolean(), (name, value, isPublish) => {
        const record = { ...(isPublish ? givenPublish('util', 1) : givenUpdate([foreign])), [name]: value };
        expect(JSON.parse(JSON.stringify(findingOf(record)))).toHaveProperty('layerwatch.alert_id');
      }),
    );
  });

  test('given parameters that nest deeper than the stack, then there is a document', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
    expect(
      findingOf(givenUpdate([], { requestParameters: { functionName: 'f', layers: [foreign], deep } }))
        .layerwatch.change.kind,
    ).toBe('before-unknown');
  });
});

describe('undo', () => {
  test('given a publish, then the command deletes the version', () => {
    expect(findingOf(givenPublish('util', 3)).layerwatch.undo.commands).toEqual([
      'aws lambda delete-layer-version --region eu-west-3 --layer-name util --version-number 3',
    ]);
  });

  test('given a foreign layer among others, then the first command keeps the others, without the record’s stale revision', () => {
    const own = layerVersion('base', 4);
    expect(findingOf(givenUpdate([own, foreign])).layerwatch.undo.commands[0]).toBe(
      `aws lambda update-function-configuration --region eu-west-3 --function-name payments --layers ${own}`,
    );
  });

  /** The words that a shell hands to the command line. */
  function wordsOf(command: string): readonly string[] {
    const script = `aws() { for word in "$@"; do printf '%s\\0' "$word"; done; }; ${command}`;
    return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
  }

  test.each([["a'b; touch x"], ['`id`'], ['$(id)'], ['a b'], ["''"], ['$IFS']])(
    'given a function called %p, then the shell reads it as one word and no more',
    (name) => {
      const record = givenUpdate([foreign], { responseElements: null }, name);
      for (const command of findingOf(record).layerwatch.undo.commands) {
        const words = wordsOf(command);
        expect(words[words.indexOf('--function-name') + 1]).toBe(name);
      }
    },
  );

  test.each([['a\nb'], ['x\u202ey'], ['\ud800'], ['--endpoint-url=x']])(
    'given a function called %p, then nothing invisible and no option is in the command',
    (name) => {
      const record = givenUpdate([foreign], { responseElements: null }, name);
      for (const command of findingOf(record).layerwatch.undo.commands) {
        expect(command).not.toMatch(/[\n\u202e\ud800]/);
        expect(wordsOf(command)).not.toContain('--endpoint-url=x');
      }
    },
  );
});

describe('exceptions', () => {
  const exception: Exception = { name: 'ci', owner: 'team', reason: 'deploys', expires: '2026-12-31' };
  const disposition = (conditions: Partial<Exception>, fields = {}) =>
    findingOf(givenUpdate([foreign], fields), { exceptions: [{ ...exception, ...conditions }] }).layerwatch
      .disposition;

  test.each([
    ['the role', { principal: `arn:aws:iam::${account}:role/ci-*` }],
    ['the account and the region', { account, region }],
    ['the function', { function: 'pay*' }],
    ['the layer', { layer: 'arn:aws:lambda:eu-west-3:999988887777:layer:boto-utils' }],
  ])('given an exception for %s, then the alert is stored and nobody is notified', (_, conditions) => {
    expect(disposition(conditions)).toBe('except');
  });

  test.each([
    ['another principal', { principal: `arn:aws:iam::${account}:role/other` }],
    ['the session’s ARN', { principal: String(roleIdentity['arn']) }],
    ['one condition of two', { account, region: 'us-east-1' }],
    ['a day before', { account, expires: '2026-10-05' }],
    ['no condition', {}],
    ['a layer whose name only begins alike', { layer: 'arn:aws:lambda:eu-west-3:999988887777:layer:boto' }],
  ])('given an exception for %s, then it alerts', (_, conditions) => {
    expect(disposition(conditions)).toBe('notify');
  });

  test('given a second layer that the exception does not cover, then it alerts', () => {
    const record = givenUpdate([foreign, layerVersion('other', 1, '888877776666')]);
    const settings = { exceptions: [{ ...exception, layer: foreign }] };
    expect(findingOf(record, settings).layerwatch.disposition).toBe('notify');
  });

  test('given a session that is called like a trusted role, then it alerts', () => {
    const trusted = `arn:aws:iam::${account}:role/trusted`;
    const identity = {
      ...roleIdentity,
      arn: `arn:aws:sts::${account}:assumed-role/evil/${trusted}`,
      sessionContext: { sessionIssuer: { arn: `arn:aws:iam::${account}:role/evil` } },
    };
    expect(
      findingOf(givenUpdate([foreign], { userIdentity: identity }), {
        exceptions: [{ ...exception, principal: trusted }],
      }).layerwatch.disposition,
    ).toBe('notify');
  });
});

describe('provenance', () => {
  const provenance = (arn: string, settings: Partial<DetectionSettings> = {}) =>
    findingOf(givenUpdate([arn]), settings).layerwatch.change.layers[0]?.provenance;

  test.each([
    ['its own account', layerVersion('a', 1), 'own-account'],
    ['Datadog', layerVersion('Datadog-Extension', 91, '464622532012'), 'vendor'],
    ['Datadog’s account under another name', layerVersion('boto', 1, '464622532012'), 'unknown-account'],
    [
      'a vendor’s name in another account',
      layerVersion('Datadog-Extension', 91, '999988887777'),
      'unknown-account',
    ],
    ['Lambda Insights', layerVersion('LambdaInsightsExtension', 53, '580247275435'), 'aws'],
    [
      'Lambda Insights of another partition',
      'arn:aws-cn:lambda:cn-north-1:580247275435:layer:LambdaInsightsExtension:1',
      'unknown-account',
    ],
    ['no ARN at all', 'boto-utils', 'unknown-account'],
  ])('given a layer of %s', (_, arn, expected) => {
    expect(provenance(arn)).toBe(expected);
  });

  test('given a trusted account and a configured vendor, then both are known', () => {
    expect(provenance(foreign, { trustedAccounts: ['999988887777'] })).toBe('trusted');
    const vendors = [{ name: 'Acme', account: '999988887777', layerPrefix: 'boto-' }];
    expect(provenance(foreign, { vendors })).toBe('vendor');
  });
});
