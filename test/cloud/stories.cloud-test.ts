import { describeWith } from '../harness/tools';
import { Cloud } from './cloud';
import { startEmulatedCloud } from './emulated-cloud';
import { openLiveCloud } from './live-cloud';
import { commandStories } from './stories/commands';
import { outageStories, redriveStories } from './stories/failures';
import { layerStories } from './stories/layers';
import { outsideStories } from './stories/outside';
import { stackStories } from './stories/stacks';
import { sweepStories } from './stories/sweep';
import { tamperingStories } from './stories/tampering';

/** Against the account of the environment's AWS variables instead of an emulated one; `npm run test:live` sets it. */
const isLive = process.env['LAYERWATCH_LIVE'] === '1';
if (isLive) jest.setTimeout(60 * 60_000);

describeWith(['python3'], 'Layerwatch deployed in an account', () => {
  let opened: Cloud | undefined;
  const cloud = (): Cloud => {
    if (opened === undefined) throw new Error('the cloud was not started');
    return opened;
  };

  beforeAll(async () => {
    opened = await Cloud.open(isLive ? await openLiveCloud() : await startEmulatedCloud());
  });
  afterAll(() => opened?.close());

  describe('an outage', () => outageStories(cloud));
  describe('layers', () => layerStories(cloud));
  describe('stacks', () => stackStories(cloud));
  describe('commands', () => commandStories(cloud));
  describe('failures', () => redriveStories(cloud));
  describe('sweep', () => sweepStories(cloud));
  test('given all of these, then the context of functions and layers was there', () => {
    const contexts = cloud().inbox.messages.map(
      ({ document: { layerwatch } }) =>
        `${layerwatch.context.function?.runtime}, ${layerwatch.unavailable.length} unavailable`,
    );
    expect(contexts).toContain('python3.13, 0 unavailable');
  });

  test('given all of these, then no role of the stack lacked a permission', () => {
    expect(cloud().adapter.deniedCalls()).toEqual([]);
  });

  describe('without the detector', () => outsideStories(cloud));

  // Last: in the end it deletes what the stack has made.
  describe('tampering', () => tamperingStories(cloud));
});
