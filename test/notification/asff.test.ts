import type { FindingDocument } from '../../lambda/detection/finding-document';
import { tamperingRule } from '../../lambda/detection/rule';
import { asffOf } from '../../lambda/notification/asff';
import { findingOf } from '../fixtures/finding';
import { looked } from '../fixtures/looked-up';
import { account, givenUpdate, layerVersion, userIdentity } from '../fixtures/records';

const place = { partition: 'aws', region: 'eu-west-3', account };
const foreign = layerVersion('boto-utils', 3, '999988887777');
const base = layerVersion('base', 1);
const id = '11111111-0000-4000-8000-000000000001';
const document = looked(findingOf(givenUpdate([base, foreign], { eventID: id }), {}, { before: [base] }));

function asff(given: FindingDocument = document) {
  return asffOf(given, place, new Date('2026-10-06T21:20:00Z'));
}

test('given any finding, then product and company are named, and the event in CloudTrail is its source', () => {
  expect(asff()).toMatchObject({
    ProductName: 'Layerwatch',
    CompanyName: 'Layerwatch',
    SourceUrl: `https://eu-west-3.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-3#/events/${id}`,
  });
});

test('given an added layer, then its type is the execution of serverless code', () => {
  expect(asff().FindingProviderFields.Types).toEqual(['TTPs/Execution/T1648-Serverless Execution']);
});

test('given the rule of tampering, then its type is the defense evasion', () => {
  const { threat } = tamperingRule;
  expect(asff({ ...document, threat }).FindingProviderFields.Types).toEqual([
    'TTPs/Defense Evasion/T1562-Impair Defenses',
  ]);
});

test('given the function, then its details have the layers after the call', () => {
  expect(asff().Resources[0]).toMatchObject({
    Type: 'AwsLambdaFunction',
    Details: {
      AwsLambdaFunction: {
        FunctionName: 'payments',
        Runtime: 'python3.13',
        Role: 'arn:aws:iam::123456789012:role/payments',
        Layers: [{ Arn: base }, { Arn: foreign }],
      },
    },
  });
});

test('given the change, then a field of the product names its layer', () => {
  expect(asff().ProductFields['layerwatch/Layers']).toBe(foreign);
});

describe('the second resource', () => {
  test('given a session of a role, then it is the access key with its issuer', () => {
    expect(asff().Resources[1]).toMatchObject({
      Type: 'AwsIamAccessKey',
      Id: 'AWS::IAM::AccessKey:ASIAEXAMPLE000000001',
      Details: {
        AwsIamAccessKey: {
          PrincipalName: 'ci-deploy',
          SessionContext: {
            Attributes: { MfaAuthenticated: false },
            SessionIssuer: { Arn: `arn:aws:iam::${account}:role/ci-deploy` },
          },
        },
      },
    });
  });

  test('given a user without a key in the record, then it is the user', () => {
    const { accessKeyId: _, ...identity } = userIdentity;
    expect(asff(findingOf(givenUpdate([foreign], { userIdentity: identity }))).Resources[1]).toEqual({
      Type: 'AwsIamUser',
      Id: userIdentity['arn'],
      Partition: 'aws',
    });
  });

  test('given nobody in the record, then there is none', () => {
    expect(asff(findingOf(givenUpdate([foreign], { userIdentity: null }))).Resources).toHaveLength(1);
  });
});

describe('the recommendation', () => {
  const textOf = (given: FindingDocument) => asff(given).Remediation.Recommendation.Text;

  test('given a command that fits, then it is in the text as it was built', () => {
    const { commands, note } = document.layerwatch.undo;
    expect(textOf(document)).toBe(`${note}: ${commands[0]}`);
  });

  test('given a command that does not fit, then none of it is in the text', () => {
    const undo = { commands: [`aws lambda ${'x'.repeat(600)}`], note: 'restores the layers' };
    expect(textOf({ ...document, layerwatch: { ...document.layerwatch, undo } })).toBe(
      'restores the layers; the alert has the command',
    );
  });
});
