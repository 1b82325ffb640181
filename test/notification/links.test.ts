import { actorHistoryLink, linksOf } from '../../lambda/notification/links';
import { findingOf } from '../fixtures/finding';
import { givenPublish, givenUpdate, layerVersion } from '../fixtures/records';

function hosts(record: unknown): readonly string[] {
  return linksOf(findingOf(record)).map(({ url }) => new URL(url).host);
}

describe('links', () => {
  test('given an alert, then function and event are one click away', () => {
    const document = findingOf(givenUpdate([layerVersion('util', 1)], { eventID: 'e-1' }));
    expect(linksOf(document)).toEqual([
      {
        title: 'Function in the console',
        url: 'https://eu-west-3.console.aws.amazon.com/lambda/home?region=eu-west-3#/functions/payments?tab=code',
      },
      {
        title: 'Event in the console',
        url: 'https://eu-west-3.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-3#/events/e-1',
      },
    ]);
    expect(actorHistoryLink(document)).toMatch(
      /#\/events\?AccessKeyId=ASIAEXAMPLE000000001&StartTime=2026-10-06T20:14:05.000Z&EndTime=2026-10-06T22:14:05.000Z$/,
    );
  });

  test('given a published version, then the link leads to that version', () => {
    expect(linksOf(findingOf(givenPublish('util', 3)))[0]?.url).toMatch(/#\/layers\/util\/versions\/3$/);
  });

  test.each([
    ['cn-north-1', 'console.amazonaws.cn'],
    ['us-gov-west-1', 'console.amazonaws-us-gov.com'],
  ])('given region %s, then the links lead to the console of its partition', (region, host) => {
    const record = givenUpdate([], {
      awsRegion: region,
      responseElements: null,
      userIdentity: { type: 'Root', accountId: '123456789012' },
    });
    expect(hosts(record)).toEqual([host, host]);
  });

  test.each(['evil.example/?', 'eu-west-3.evil.example', 'EU-WEST-3', '', 'eu-west-3\n'])(
    'given region %j, then no link is made of it',
    (awsRegion) => {
      expect(hosts(givenUpdate([], { awsRegion, responseElements: null }))).toEqual([]);
    },
  );

  test('given a hostile name, then it cannot leave its place in the address', () => {
    const [link] = linksOf(findingOf(givenUpdate([], { responseElements: null }, "a'/(../#?x=<y>\ud800")));
    expect(link?.url).toMatch(/#\/functions\/[A-Za-z0-9.%_-]+\?tab=code$/);
  });
});
