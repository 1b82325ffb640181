import { edits, mallory, on } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'the memory of the detector is changed, without a word of layers',
  kind: 'attack',
  steps: [notified(edits([], mallory, on(2, '10:00'), 'Layerwatch-Detector1234'), 'tampering', 'critical')],
};
