import { watchAlerts, watchLine } from '../../../../cli/commands/alerts/watch-alerts';
import { AwsFailureError } from '../../../../cli/errors';
import type { StoredAlert } from '../../../../lambda/detection/alert';
import { withContribution } from '../../../../lambda/detection/fold-alert';
import { alertRecordOf } from '../../../fixtures/finding';
import { givenUpdate, layerVersion } from '../../../fixtures/records';

function alertOf(name: string): StoredAlert {
  const finding = alertRecordOf(givenUpdate([layerVersion('base', 1)], {}, name));
  const judged = [{ finding, sameNews: [] }] as const;
  return withContribution(
    undefined,
    { counted: undefined, judged, historyVersion: 0, isComplete: false, exporters: [] },
    new Date('2026-10-06T21:15:00Z'),
  );
}

const nobodyWatches = new Error('nobody watches any more');

/** What is reported of one list after the other. */
async function reported(
  shown: readonly StoredAlert[],
  ...looks: readonly (readonly StoredAlert[] | Error)[]
) {
  const lines: string[] = [];
  let look = 0;
  const watching = watchAlerts(
    {
      list: async () => {
        const answer = looks[look++] ?? [];
        if (answer instanceof Error) throw answer;
        return answer;
      },
      report: async (alert, what) =>
        void lines.push(`${what} ${alert.judgedDocument.layerwatch.target.name}`),
      warn: (line) => void lines.push(line),
      pause: async () => {
        if (look === looks.length) throw nobodyWatches;
      },
    },
    shown,
  );
  await expect(watching).rejects.toThrow(nobodyWatches);
  return lines;
}

const [a, b] = [alertOf('a'), alertOf('b')];
const withBand = (alert: StoredAlert, band: 'high'): StoredAlert => {
  const { judgedDocument: document } = alert;
  const { layerwatch } = document;
  return {
    ...alert,
    judgedDocument: { ...document, layerwatch: { ...layerwatch, risk: { ...layerwatch.risk, band } } },
  };
};

describe('a watch', () => {
  test('given alerts that are new, then each is reported once, the earliest first', async () => {
    expect(await reported([], [b, a], [b, a])).toEqual(['new a', 'new b']);
  });

  test('given alerts that were listed before, then nothing is reported', async () => {
    expect(await reported([a, b], [a, b])).toEqual([]);
  });

  test.each([
    ['another status', { ...a, status: 'closed' } as const, 'closed a'],
    ['a higher severity', withBand(a, 'high'), 'high now a'],
    ['a further call to notify', { ...a, news: new Map([...a.news, ['e-2', 'owed' as const]]) }, 'again a'],
  ])('given %s, then it is reported', async (_, changed, line) => {
    expect(await reported([a], [changed])).toEqual([line]);
  });

  test('given a call to AWS that fails, then it is named and the next look reports', async () => {
    const refused = Object.assign(new Error('Rate exceeded'), { $metadata: {} });
    expect(await reported([], refused, [a])).toEqual([
      'AWS call failed: Rate exceeded (the next look is made all the same)',
      'new a',
    ]);
  });

  test('given another failure, then the watch ends with it', async () => {
    const broken = new AwsFailureError('no stack');
    const watching = watchAlerts(
      {
        list: () => Promise.reject(broken),
        report: async () => {},
        warn: () => {},
        pause: async () => {},
      },
      [],
    );
    await expect(watching).rejects.toThrow(broken);
  });

  test('given an alert, then its line has what happened, the id and the severity', () => {
    expect(watchLine(a, 'new')).toBe(
      `new  ${a.alertId.slice(0, 12)}  low 21  Layer base:1 of this account was set on function a (the layers before are not known) by role ci-deploy from Brazil.`.replace(
        /\.$/,
        '',
      ),
    );
  });
});
