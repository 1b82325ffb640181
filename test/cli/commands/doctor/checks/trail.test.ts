import { trailCheck } from '../../../../../cli/commands/doctor/checks/trail';
import { logsManagementWrites } from '../../../../../lambda/aws/self-checks/trails';
import { AwsError, accessDenied } from '../../../../harness/loopback-aws';
import { CheckBench } from '../check-bench';

const advanced = (...fields: readonly (readonly [string, readonly string[]])[]) => ({
  AdvancedEventSelectors: [
    { FieldSelectors: fields.map(([Field, Equals]) => ({ Field, Equals: [...Equals] })) },
  ],
});

test.each<[string, Parameters<typeof logsManagementWrites>[0], boolean]>([
  ['no selectors', {}, true],
  ['all', { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] }, true],
  ['writes', { EventSelectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }] }, true],
  ['reads', { EventSelectors: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }] }, false],
  ['data events', { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: false }] }, false],
  ['management, advanced', advanced(['eventCategory', ['Management']]), true],
  ['writes, advanced', advanced(['eventCategory', ['Management']], ['readOnly', ['false']]), true],
  ['reads, advanced', advanced(['eventCategory', ['Management']], ['readOnly', ['true']]), false],
  ['data events, advanced', advanced(['eventCategory', ['Data']]), false],
  [
    'all but Lambda',
    { EventSelectors: [{ ReadWriteType: 'All', ExcludeManagementEventSources: ['lambda.amazonaws.com'] }] },
    false,
  ],
  [
    'another service only, advanced',
    advanced(['eventCategory', ['Management']], ['eventSource', ['kms.amazonaws.com']]),
    false,
  ],
  [
    'all but Lambda, advanced',
    {
      AdvancedEventSelectors: [
        {
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Management'] },
            { Field: 'eventSource', NotEquals: ['lambda.amazonaws.com'] },
          ],
        },
      ],
    },
    false,
  ],
])(
  'given a trail with selectors of %s, then whether it logs what is needed is known',
  (_, selectors, expected) => {
    expect(logsManagementWrites(selectors)).toBe(expected);
  },
);

describe('the trail', () => {
  const here = { Name: 'main', TrailARN: 'arn:main', HomeRegion: 'eu-west-3' };
  const elsewhere = { Name: 'far', TrailARN: 'arn:far', HomeRegion: 'us-east-1' };
  let bench: CheckBench;
  beforeEach(async () => {
    bench = await CheckBench.start();
    bench
      .on('DescribeTrails', { trailList: [here] })
      .on('GetTrailStatus', { IsLogging: true })
      .on('GetEventSelectors', { EventSelectors: [{ ReadWriteType: 'All' }] });
  });
  afterEach(() => bench.stop());

  test('given one that logs writes of this region, then it is right', async () => {
    expect(await bench.run(trailCheck)).toMatchObject({
      status: 'ok',
      found: 'trail main logs management write events of eu-west-3',
    });
  });

  test('given one of all regions, then it covers this one', async () => {
    bench.on('DescribeTrails', { trailList: [{ ...elsewhere, IsMultiRegionTrail: true }] });
    expect(await bench.run(trailCheck)).toMatchObject({ status: 'ok' });
  });

  describe('given one whose home region is another', () => {
    const missing = () => {
      throw new AwsError('ValidationError', 'Stack with id Layerwatch does not exist');
    };
    beforeEach(() => {
      bench.on('DescribeTrails', { trailList: [{ ...elsewhere, IsMultiRegionTrail: true }] });
    });

    test('and no stack there, then the check names the region', async () => {
      bench.on('ListStackResources', missing);
      expect(await bench.run(trailCheck, ['Hub'])).toMatchObject({
        status: 'warning',
        found:
          'trail far logs management write events of eu-west-3; calls that stop or change it are recorded in us-east-1, where there is no stack Layerwatch',
      });
    });

    test('and a stack there, then it is right', async () => {
      bench.on('ListStackResources', { StackResourceSummaries: [] });
      expect(await bench.run(trailCheck, ['Hub'])).toMatchObject({ status: 'ok' });
    });

    test('and a region that refuses, then it is right', async () => {
      bench.on('ListStackResources', accessDenied);
      expect(await bench.run(trailCheck, ['Hub'])).toMatchObject({ status: 'ok' });
    });

    test('and a hub, then it is right, because forwarders watch trails', async () => {
      bench.on('ListStackResources', missing);
      expect(await bench.run(trailCheck)).toMatchObject({ status: 'ok' });
    });
  });

  test.each([
    ['none', 'DescribeTrails', { trailList: [] }, /^no trail covers eu-west-3/],
    ['one of another region', 'DescribeTrails', { trailList: [elsewhere] }, /^no trail covers eu-west-3/],
    ['one that is stopped', 'GetTrailStatus', { IsLogging: false }, /^trail main is stopped$/],
    [
      'one of reads only',
      'GetEventSelectors',
      { EventSelectors: [{ ReadWriteType: 'ReadOnly' }] },
      /^trail main does not log management events of type write$/,
    ],
  ])('given %s, then the check fails', async (_, operation, output, found) => {
    bench.on(operation, output);
    expect(await bench.run(trailCheck)).toMatchObject({
      status: 'failed',
      found: expect.stringMatching(found),
    });
  });
});
