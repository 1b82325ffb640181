import { asffOf } from '../../lambda/notification/asff';
import { findingOf } from '../fixtures/finding';
import { patternRows } from '../fixtures/pattern-rows';
import { givenEnvelope, givenUpdate, layerVersion } from '../fixtures/records';
import { describeWith } from '../harness/tools';
import { resourcesOf, templateOf } from '../lib/synthesis';
import { selectedByEventRuler } from './event-ruler';

const foreign = layerVersion('boto-utils', 3, '999988887777');
const place = { partition: 'aws', region: 'eu-west-3', account: '123456789012' };
const update = givenEnvelope(givenUpdate([foreign]));

/** Events that look like ours and are not. */
const nearMisses: readonly (readonly [string, unknown])[] = [
  ['another source', { ...update, source: 'aws.s3' }],
  ['another detail type', { ...update, 'detail-type': 'AWS Service Event via CloudTrail' }],
  ['an insight', { ...update, 'detail-type': 'AWS Insight via CloudTrail' }],
  ['no detail', { ...update, detail: {} }],
  ['detail null', { ...update, detail: null }],
  ['the name beside the detail', { ...update, detail: {}, eventName: 'PublishLayerVersion20181031' }],
  [
    'deletion of a layer version',
    givenEnvelope(givenUpdate([], { eventName: 'DeleteLayerVersion20181031' })),
  ],
  [
    'permission on a layer version',
    givenEnvelope(givenUpdate([], { eventName: 'AddLayerVersionPermission20181031' })),
  ],
  ['a new function', givenEnvelope(givenUpdate([], { eventName: 'CreateFunction20150331' }))],
];

/** Asks about the pattern as it stands in the template that is deployed. */
function selectedOf(
  envelopes: readonly unknown[],
  isWanted: (ruleId: string) => boolean,
  configuration = {},
): readonly boolean[] {
  const rules = Object.entries(resourcesOf(templateOf(configuration), 'AWS::Events::Rule'));
  const [, deployed] = rules.find(([id]) => id.startsWith('LayerRule') && isWanted(id)) ?? [];
  return selectedByEventRuler(deployed?.Properties['EventPattern'], envelopes);
}

describeWith(['java', 'mvn'], 'the deployed pattern in Amazon’s event-ruler', () => {
  let answers: readonly boolean[];
  beforeAll(() => {
    answers = selectedOf(
      [...patternRows.map(({ envelope }) => envelope), ...nearMisses.map(([, each]) => each)],
      (ruleId) => !isLifecycle(ruleId),
    );
  });

  test.each(patternRows.map((row, index) => ({ ...row, index })))(
    'given $name, then it is selected: $selected',
    ({ index, selected }) => {
      expect(answers[index]).toBe(selected);
    },
  );

  test.each(nearMisses.map(([name], index) => ({ name, index: patternRows.length + index })))(
    'given $name, then it is passed over',
    ({ index }) => {
      expect(answers[index]).toBe(false);
    },
  );

  test('given calls about functions, then the other pattern selects those that create or delete one', () => {
    const names = [
      'CreateFunction20150331',
      'DeleteFunction20150331',
      'UpdateFunctionCode20150331v2',
      'Invoke',
    ];
    const envelopes = names.map((eventName) => givenEnvelope(givenUpdate([], { eventName })));
    expect(selectedOf(envelopes, isLifecycle)).toEqual([true, true, false, false]);
  });

  test('given findings of Security Hub, then another one selects those of Layerwatch that were resolved or suppressed', () => {
    const own = asffOf(findingOf(givenUpdate([foreign])), place, new Date());
    const other = { ...own, GeneratorId: 'aws-foundational-security-best-practices/v/1.0.0/Lambda.1' };
    const event = (finding: object, Status: string, detailType = 'Security Hub Findings - Imported') => ({
      source: 'aws.securityhub',
      'detail-type': detailType,
      detail: { findings: [{ ...finding, Workflow: { Status } }] },
    });
    const envelopes = [
      event(own, 'RESOLVED'),
      event(own, 'SUPPRESSED'),
      event(own, 'NEW'),
      event(other, 'RESOLVED'),
      event(own, 'RESOLVED', 'Security Hub Findings - Custom Action'),
    ];
    expect(
      selectedOf(envelopes, (ruleId) => ruleId.startsWith('LayerRuleWorkflow'), { securityHub: true }),
    ).toEqual([true, true, false, false, false]);
  });
});

function isLifecycle(ruleId: string): boolean {
  return ruleId.startsWith('LayerRuleLifecycle');
}
