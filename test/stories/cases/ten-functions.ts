import { ci, foreignLayer, mallory, on, publishes, sets } from '../actors';
import { notified, type Story } from '../story';

const functions = Array.from({ length: 10 }, (_, index) => `function-${index}`);

export const story: Story = {
  name: 'one layer of an unknown account is put on ten functions in a row',
  kind: 'attack',
  steps: [
    notified(publishes('util', 2, ci, on(1, '09:00')), 'published', 'low'),
    ...functions.map((name, index) =>
      notified(sets([foreignLayer], mallory, on(2, `10:0${index}`), name), 'before-unknown', 'high'),
    ),
  ],
};
