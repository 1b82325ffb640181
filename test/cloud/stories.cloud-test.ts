import { describeWith } from '../harness/tools';
import { Cloud } from './cloud';
import { startEmulatedCloud } from './emulated-cloud';
import { commandStories } from './stories/commands';
import { failureStories } from './stories/failures';
import { layerStories } from './stories/layers';
import { stackStories } from './stories/stacks';
import { sweepStories } from './stories/sweep';
import { tamperingStories } from './stories/tampering';

describeWith(['python3'], 'Layerwatch deployed in an account', () => {
  let opened: Cloud | undefined;
  const cloud = (): Cloud => {
    if (opened === undefined) throw new Error('the cloud was not started');
    return opened;
  };

  beforeAll(async () => {
    opened = await Cloud.open(await startEmulatedCloud());
  });
  afterAll(() => opened?.close());

  describe('layers', () => layerStories(cloud));
  describe('stacks', () => stackStories(cloud));
  describe('commands', () => commandStories(cloud));
  describe('sweep', () => sweepStories(cloud));
  describe('failures', () => failureStories(cloud));
  // Last: in the end it deletes what the stack has made.
  describe('tampering', () => tamperingStories(cloud));
});
