import { recordSteps } from '../../lambda/context/steps';
import type { FindingDocument } from '../../lambda/detection/finding-document';
import { givenCreate, givenPublish, givenUpdate, layerVersion, userIdentity } from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';

const countries: Readonly<Record<string, string>> = { '52.208.0.10': 'IE', '45.167.52.18': 'BR' };
const from = (sourceIPAddress: string) => ({ sourceIPAddress });
const at = (eventTime: string) => ({ eventTime });
const foreignLayer = layerVersion('boto-utils', 3, '999988887777');

describe('what is remembered of earlier calls', () => {
  let bench: PipelineHarness;
  beforeEach(async () => {
    const contextSteps = recordSteps({ countryOf: (address) => countries[address] }, undefined);
    bench = await PipelineHarness.start({}, { contextSteps });
  });
  afterEach(() => bench.stop());

  async function findingOf(record: unknown): Promise<FindingDocument['layerwatch']> {
    const outcome = await bench.process(record);
    if (outcome.kind !== 'alert') throw new Error(outcome.kind);
    return outcome.alert.judgedDocument.layerwatch;
  }

  const factorsOf = ({ risk }: FindingDocument['layerwatch']) => risk.factors.map(({ id }) => id);

  test('given the first call ever, then there is nothing to compare with and no novelty counts', async () => {
    const finding = await findingOf(
      givenUpdate([foreignLayer], { ...at('2026-10-06T09:00:00Z'), ...from('45.167.52.18') }),
    );
    expect(finding.context.history).toMatchObject({ comparable: false, actor_new: true });
    expect(factorsOf(finding)).toEqual(['rule', 'unknown-account-layer']);
  });

  test('given an actor never seen beside one that was, then that counts, as does a publisher never seen', async () => {
    await bench.process(givenUpdate([layerVersion('base', 1)], at('2026-10-06T09:00:00Z')));
    const finding = await findingOf(
      givenUpdate([foreignLayer], { userIdentity, ...at('2026-10-06T12:00:00Z') }, 'orders'),
    );
    expect(finding.context.history).toMatchObject({
      comparable: true,
      actor_new: true,
      new_publishers: ['999988887777'],
      new_layers: [foreignLayer.slice(0, -2)],
      actor_words: 'first layer change by this actor that Layerwatch has seen',
    });
    expect(factorsOf(finding)).toEqual([
      'rule',
      'unknown-account-layer',
      'user-without-mfa',
      'new-actor',
      'new-publisher',
    ]);
  });

  test('given a foreign layer that was taken off, then its publisher is not new', async () => {
    await bench.process(givenUpdate([layerVersion('base', 1)], at('2026-10-06T09:00:00Z')));
    const record = givenUpdate([], at('2026-10-06T12:00:00Z'), 'orders');
    await bench.process(givenCreate([foreignLayer], at('2026-10-06T10:00:00Z'), 'orders'));
    const { change, context } = await findingOf(record);
    expect(change.layers).toMatchObject([{ arn: foreignLayer, change: 'removed' }]);
    expect(context.history).toMatchObject({ new_publishers: [], new_layers: [] });
  });

  test('given an actor that changed layers 12 days before, then 30 and 90 days hold it and 7 do not', async () => {
    await bench.process(givenUpdate([layerVersion('base', 1)], at('2026-09-24T09:00:00Z')));
    const { context } = await findingOf(givenUpdate([layerVersion('base', 2)], at('2026-10-06T09:00:00Z')));
    expect(context.history).toMatchObject({
      actor_new: false,
      days_since_change: 12,
      changed_within_days: [30, 90],
      actor_words: 'last changed layers 12 days before, known since 2026-09-24',
    });
  });

  test('given a country new for the actor, then the earlier ones are named and it counts', async () => {
    await bench.process(givenPublish('base', 1, { ...at('2026-10-05T09:00:00Z'), ...from('52.208.0.10') }));
    const finding = await findingOf(
      givenPublish('base', 2, { ...at('2026-10-06T09:00:00Z'), ...from('45.167.52.18') }),
    );
    expect(finding.context.history).toMatchObject({
      country_new_for_actor: true,
      countries_before: ['IE'],
      origin_words: 'this actor was only seen from Ireland before',
    });
    expect(factorsOf(finding)).toContain('new-country');
  });

  test('given a change of memory by an actor never seen, then nothing of layers counts, and it is remembered nowhere', async () => {
    await bench.process(givenUpdate([layerVersion('base', 1)], at('2026-10-06T09:00:00Z')));
    const resize = await findingOf(givenUpdate(undefined, { userIdentity, ...at('2026-10-06T12:00:00Z') }));
    expect(factorsOf(resize)).toEqual(['rule', 'user-without-mfa']);
    const { context } = await findingOf(
      givenPublish('base', 2, { userIdentity, ...at('2026-10-06T13:00:00Z') }),
    );
    expect(context.history?.actor_new).toBe(true);
  });

  test('given a layer that the same actor published four minutes before, then the story says so', async () => {
    await bench.process(givenPublish('helper', 1, { userIdentity, ...at('2026-10-06T09:00:00Z') }));
    const { context } = await findingOf(
      givenUpdate([layerVersion('helper', 1)], { userIdentity, ...at('2026-10-06T09:04:10Z') }),
    );
    expect(context.story).toMatchObject({
      publishes: [{ minutes_before: 4, by_same_actor: true }],
      words: ['helper:1 was published 4 minutes before by the same actor'],
    });
  });

  test('given denied attempts, in any order and twice, then those of the day before are counted with their error', async () => {
    const denied = (eventTime: string) =>
      givenUpdate(undefined, { errorCode: 'AccessDenied', requestParameters: null, ...at(eventTime) });
    const attempts = [
      denied('2026-10-06T08:59:00Z'),
      denied('2026-10-06T08:58:00Z'),
      denied('2026-10-05T10:00:00Z'),
      denied('2026-10-05T08:00:00Z'),
      denied('2026-10-06T10:00:00Z'),
      givenUpdate([foreignLayer], { errorCode: 'ResourceConflictException', ...at('2026-10-06T08:57:00Z') }),
    ];
    for (const attempt of [...attempts, ...attempts]) await bench.process(attempt);
    const finding = await findingOf(givenUpdate([layerVersion('base', 1)], at('2026-10-06T09:00:00Z')));
    expect(finding.context.story).toMatchObject({
      denied_attempts: 3,
      denied_errors: ['AccessDenied'],
      words: ['3 denied attempts by this actor in the day before (AccessDenied)'],
    });
    expect(factorsOf(finding)).toContain('denied-attempts');
  });

  test('given a record without a time, then the steps say so and the alert goes out', async () => {
    const finding = await findingOf(givenUpdate([foreignLayer], { eventTime: 'soon' }));
    expect(finding.unavailable.map(({ step }) => step)).toEqual(['history', 'story']);
    expect(bench.topic.published).toHaveLength(1);
  });
});
