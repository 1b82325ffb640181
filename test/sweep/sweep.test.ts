import { sweptEventNames } from '../../lambda/detection/swept-event-names';
import { sweepEvents } from '../../lambda/sweep/event-history';
import { type SweepDependencies, sweep } from '../../lambda/sweep/sweep';
import {
  answering,
  eventId,
  givenCreate,
  givenPublish,
  givenUpdate,
  layerVersion,
} from '../fixtures/records';
import { PipelineHarness } from '../harness/pipeline-harness';
import { RecordedHistory, sweepDependencies } from '../harness/sweep-harness';

const foreign = layerVersion('boto-utils', 3, '999988887777');
const at = (time: string) => ({ eventTime: new Date(time).toISOString() });
const updates = 'UpdateFunctionConfiguration20150331v2';

/** A call on a rule of the stack's own. */
const ruleDisabled = (time: string) => ({
  ...givenUpdate(undefined, at(time)),
  eventSource: 'events.amazonaws.com',
  eventName: 'DisableRule',
  requestParameters: { name: 'Layerwatch-LayerRule1234-abc' },
  responseElements: null,
});

describe('a sweep', () => {
  let bench: PipelineHarness;
  let now: Date;
  beforeEach(async () => {
    now = new Date('2026-10-06T12:00:00Z');
    bench = await PipelineHarness.start({ notificationBudget: { count: 3, minutes: 10 } });
  });
  afterEach(() => bench.stop());

  const clock = { now: () => now };
  const later = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000);
  };
  const eventOptions = (hasTimeLeft = () => true) => ({
    ...bench.options,
    hasTimeLeft,
    onGap: async () => {},
  });
  const options = () => ({ ...bench.options, remainingMilliseconds: () => 480_000 });
  const dependenciesWith = (history: RecordedHistory): SweepDependencies =>
    sweepDependencies(bench, history, clock);

  const missed = givenUpdate([foreign], at('2026-10-06T11:10:00Z'));

  describe('of the event history', () => {
    test('given a record that no event brought, then its alert is sent and counted as missed', async () => {
      const swept = await sweepEvents(dependenciesWith(new RecordedHistory([missed])), eventOptions());
      expect(swept).toMatchObject({ records: 1, missed: 1, isFinished: true });
      expect(bench.topic.published).toHaveLength(1);
    });

    test('given the same record in the next run, then it is not missed again', async () => {
      const dependencies = dependenciesWith(new RecordedHistory([missed]));
      await sweepEvents(dependencies, eventOptions());
      later(10);
      expect(await sweepEvents(dependencies, eventOptions())).toMatchObject({ records: 1, missed: 0 });
      expect(bench.topic.published).toHaveLength(1);
    });

    test('given records that events brought, then nothing is missed and nobody is notified twice', async () => {
      const records = [
        missed,
        givenPublish('util', 1, at('2026-10-06T11:20:00Z')),
        givenUpdate(undefined, { ...at('2026-10-06T11:30:00Z'), ...answering([foreign]) }),
      ];
      for (const record of records) await bench.process(record);
      const notified = bench.topic.published.length;
      const swept = await sweepEvents(dependenciesWith(new RecordedHistory(records)), eventOptions());
      expect(swept).toMatchObject({ records: 3, missed: 0 });
      expect(bench.topic.published).toHaveLength(notified);
    });

    test('given a record of the last minutes, then it may be on its way and is not counted as missed', async () => {
      const recent = givenUpdate([foreign], at('2026-10-06T11:50:00Z'));
      const swept = await sweepEvents(dependenciesWith(new RecordedHistory([recent])), eventOptions());
      expect(swept).toMatchObject({ missed: 0 });
    });

    test('given several pages, then all are read', async () => {
      const records = Array.from({ length: 5 }, (_, index) =>
        givenUpdate(undefined, { ...at('2026-10-06T11:20:00Z'), eventID: eventId() }, `function-${index}`),
      );
      const swept = await sweepEvents(dependenciesWith(new RecordedHistory(records)), eventOptions());
      expect(swept).toMatchObject({ records: 5 });
    });

    test('given a function that was created, then its history begins with its layers', async () => {
      const created = givenCreate([layerVersion('base', 1)], at('2026-10-06T11:01:00Z'), 'orders');
      await sweepEvents(dependenciesWith(new RecordedHistory([created])), eventOptions());
      const arn = 'arn:aws:lambda:eu-west-3:123456789012:function:orders';
      expect((await bench.ports.state.histories([arn])).get(arn)?.entries).toMatchObject([
        { source: 'created' },
      ]);
    });

    test('given names without calls, then their marks are written with that of a name with calls, or at the end', async () => {
      const dependencies = dependenciesWith(new RecordedHistory([]));
      await sweepEvents(dependencies, eventOptions());
      later(10);
      const written: string[][] = [];
      const progress: SweepDependencies['progress'] = {
        read: (names) => dependencies.progress.read(names),
        write: async (marks) => {
          written.push(
            [...marks].flatMap(([name, mark]) => (mark.coveredUntil.includes('12:10') ? name : [])),
          );
        },
      };
      const history = new RecordedHistory([givenUpdate([foreign], at('2026-10-06T11:55:00Z'))]);
      await sweepEvents({ ...dependencies, progress, history }, eventOptions());
      const upToThatName = sweptEventNames.slice(0, sweptEventNames.indexOf(updates) + 1);
      expect(written).toEqual([upToThatName, [...sweptEventNames]]);
    });

    test('given a first run that is cut off, then it leaves a mark all the same', async () => {
      const dependencies = dependenciesWith(new RecordedHistory([missed]));
      await sweepEvents(
        dependencies,
        eventOptions(() => false),
      );
      const marks = await dependencies.progress.read([updates]);
      expect(marks.get(updates)?.coveredUntil).toBe('2026-10-06T12:00:00.000Z');
    });

    test('given a run that is cut off, then it is not finished', async () => {
      const swept = await sweepEvents(
        dependenciesWith(new RecordedHistory([missed])),
        eventOptions(() => false),
      );
      expect(swept.isFinished).toBe(false);
    });

    test('given runs that are cut off, then the next ones resume where they ended', async () => {
      const records = Array.from({ length: 10 }, (_, index) =>
        givenUpdate([foreign], at(`2026-10-06T11:${50 - index}:00Z`), `function-${index}`),
      );
      const dependencies = dependenciesWith(new RecordedHistory(records));
      const names = { eventNames: [updates] };
      for (let run = 0; run < 6; run++) {
        let pages = 3;
        await sweepEvents(dependencies, { ...eventOptions(() => pages-- > 0), ...names });
        later(1);
      }
      const found = await Promise.all(records.map((record) => bench.process(record)));
      expect(found.map((each) => each.kind === 'alert' && each.outcome)).toEqual(
        records.map(() => 'duplicate'),
      );
    });

    test('given a record that fails, then the pages and names behind it are looked through', async () => {
      bench.topic.refuseNext(1);
      const records = [
        missed,
        ...Array.from({ length: 4 }, (_, index) =>
          givenUpdate([foreign], at('2026-10-06T11:05:00Z'), `function-${index}`),
        ),
        givenPublish('util', 1, at('2026-10-06T11:20:00Z')),
      ];
      const swept = await sweepEvents(dependenciesWith(new RecordedHistory(records)), eventOptions());
      expect(swept).toMatchObject({ records: 6, isFinished: false });
      expect(swept.failures).toHaveLength(1);
    });

    test('given a record that fails, then only the mark of its name stays', async () => {
      const dependencies = dependenciesWith(new RecordedHistory([missed]));
      await sweepEvents(dependencies, eventOptions());
      later(10);
      const failing = givenUpdate([foreign], at('2026-10-06T12:05:00Z'), 'failing');
      bench.topic.refuseNext(1);
      const next = { ...dependencies, history: new RecordedHistory([failing]) };
      await sweepEvents(next, eventOptions());
      const marks = await dependencies.progress.read([updates, 'StopLogging']);
      expect([...marks.values()].map(({ coveredUntil }) => coveredUntil)).toEqual([
        '2026-10-06T12:00:00.000Z',
        '2026-10-06T12:10:00.000Z',
      ]);
    });

    test('given a record that another worker notifies right now, then nothing failed', async () => {
      bench.topic.refuseNext(1);
      await expect(bench.process(missed)).rejects.toThrow();
      const dependencies = { ...dependenciesWith(new RecordedHistory([missed])), clock: bench.ports.clock };
      const lookUp = async ({ eventName }: { readonly eventName: string }) => ({
        records: eventName === updates ? [missed] : [],
        nextToken: undefined,
      });
      const swept = await sweepEvents({ ...dependencies, history: { lookUp } }, eventOptions());
      expect(swept.failures).toEqual([]);
    });

    test('given a flood of harmless updates that no run can finish, then a disabled rule of our own is found', async () => {
      const flood = Array.from({ length: 60 }, (_, index) =>
        givenUpdate(undefined, at(`2026-10-06T11:${String(index % 60).padStart(2, '0')}:00Z`), `f-${index}`),
      );
      const history = new RecordedHistory([...flood, ruleDisabled('2026-10-06T11:30:00Z')], 1);
      let pages = sweptEventNames.length + 5;
      const swept = await sweepEvents(
        dependenciesWith(history),
        eventOptions(() => pages-- > 0),
      );
      expect(swept.isFinished).toBe(false);
      expect(bench.topic.published.map(({ document }) => document.event.action)).toEqual(['DisableRule']);
    });
  });

  test('given a notification that a crash left pending, then the sweep sends it once', async () => {
    bench.topic.refuseNext(1);
    await expect(bench.process(missed)).rejects.toThrow('away');
    bench.advanceSeconds(60);
    const dependencies = sweepDependencies(bench);
    await sweep(dependencies, options());
    await sweep(dependencies, options());
    expect(bench.topic.published).toHaveLength(1);
    expect(bench.observer.counts.get('FinishedBySweep')).toBe(1);
  });

  test('given an alert that cannot be notified, then the pending alerts behind it are', async () => {
    const records = ['a', 'b', 'c'].map((name) => givenUpdate([foreign], at('2026-10-06T11:10:00Z'), name));
    for (const record of records) {
      bench.topic.refuseNext(1);
      await bench.process(record).catch(() => undefined);
    }
    bench.advanceSeconds(600);
    bench.topic.refuseNext(1);
    await expect(sweep(sweepDependencies(bench), options())).rejects.toThrow('1 jobs of the sweep failed');
    expect(bench.topic.published).toHaveLength(2);
  });

  describe('of notifications over the budget', () => {
    const sent: { readonly subject: string; readonly email: string }[] = [];
    const publisher = {
      publish: async ({ subject, bodies }: { subject: string; bodies: Readonly<Record<string, string>> }) => {
        sent.push({ subject, email: bodies['email'] ?? '' });
        return { messageId: 'digest' };
      },
    };

    async function givenDigest(): Promise<SweepDependencies> {
      sent.length = 0;
      for (let index = 0; index < 8; index++)
        await bench.process(
          givenUpdate([layerVersion('base', index + 1)], at('2026-10-06T11:00:00Z'), `function-${index}`),
        );
      const dependencies = { ...sweepDependencies(bench, [], clock), publisher };
      await sweep(dependencies, { ...options(), alertTable: { name: 'alerts', region: 'eu-west-3' } });
      return dependencies;
    }

    test('then one digest has their number and highest severity in its subject', async () => {
      await givenDigest();
      expect(sent.map(({ subject }) => subject)).toEqual(['DIGEST LOW: 5 notifications withheld']);
    });

    test.each([
      ['who made them', '- 5: arn:aws:iam::123456789012:role/ci-deploy\n'],
      ['on what', '- 1: arn:aws:lambda:eu-west-3:123456789012:function:function-7\n'],
      ['how to list them', 'aws dynamodb query --region eu-west-3 --table-name alerts --index-name by-day'],
    ])('then the digest says %s', async (_, text) => {
      await givenDigest();
      expect(sent[0]?.email).toContain(text);
    });

    test('then the next sweep sends none', async () => {
      await sweep(await givenDigest(), options());
      expect(sent).toHaveLength(1);
    });
  });

  describe('after two days of silence', () => {
    const subjects: string[] = [];
    let isAway = false;
    const publisher = {
      publish: async ({ subject }: { subject: string }) => {
        if (isAway) throw new Error('the topic is away');
        subjects.push(subject);
        return { messageId: 'gap' };
      },
    };
    let dependencies: SweepDependencies;
    beforeEach(async () => {
      subjects.length = 0;
      isAway = false;
      dependencies = { ...sweepDependencies(bench, new RecordedHistory([]), clock), publisher };
      const mark = { coveredUntil: '2026-10-04T10:00:00.000Z' };
      await dependencies.progress.write(new Map(sweptEventNames.map((name) => [name, mark])));
    });

    test('then the hours that no sweep looked through are reported once', async () => {
      await sweep(dependencies, options());
      expect(subjects).toEqual(['GAP: 2026-10-04T10:00 to 2026-10-05T12:00 UTC']);
      expect(bench.observer.counts.get('SweepGapMinutes')).toBe(26 * 60);
    });

    test('then the sweep continues as before', async () => {
      await sweep(dependencies, options());
      expect(bench.observer.counts.get('SweepHeartbeat')).toBe(1);
    });

    test('given a topic that is away, then the hours are reported by the next sweep', async () => {
      isAway = true;
      await expect(sweep(dependencies, options())).rejects.toThrow('1 jobs of the sweep failed');
      isAway = false;
      later(10);
      await sweep(dependencies, options());
      expect(subjects).toHaveLength(1);
    });
  });

  test('given a history that fails, then the other jobs are done, the run fails, and there is no heartbeat', async () => {
    const history = new RecordedHistory([]);
    history.isFailing = true;
    let listed = 0;
    const dependencies = dependenciesWith(history);
    const functions = {
      page: async () => {
        listed++;
        return { functions: [], next: undefined };
      },
    };
    const listing = { ...dependencies.listing, functions };
    await expect(sweep({ ...dependencies, listing }, options())).rejects.toThrow(
      '1 jobs of the sweep failed',
    );
    expect({ listed, hasHeartbeat: bench.observer.counts.has('SweepHeartbeat') }).toEqual({
      listed: 1,
      hasHeartbeat: false,
    });
  });

  test('given another sweep at work, then this one does nothing', async () => {
    const history = new RecordedHistory([]);
    await dependenciesWith(history).lease.acquire(new Date(now.getTime() + 60_000));
    await sweep(dependenciesWith(history), options());
    expect(history.asked).toEqual([]);
  });
});
