import { base, ci, edits, eve, foreignLayer, on, sets, util } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'two calls of one actor cannot be read, and their answers show other layers',
  kind: 'attack',
  steps: [
    notified(sets([base], ci, on(1, '09:00')), 'before-unknown', 'low'),
    notified({ ...edits([base, util], eve, on(2, '10:00')), requestParameters: null }, 'unreadable'),
    notified({ ...edits([base, foreignLayer], eve, on(2, '10:01')), requestParameters: null }, 'unreadable'),
  ],
};
