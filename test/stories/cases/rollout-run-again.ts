import { base, ci, datadog, edits, instrumenter, on, sets } from '../actors';
import { recorded, type Story } from '../story';

const functions = Array.from({ length: 200 }, (_, index) => `function-${index}`);
const clock = (index: number) => `1${Math.floor(index / 60)}:${String(index % 60).padStart(2, '0')}`;

export const story: Story = {
  name: 'the instrumenter runs again and sends what 200 functions have already',
  kind: 'benign',
  steps: [
    ...functions.map((name, index) =>
      recorded(edits([base, datadog], ci, on(1, clock(index)), name), 'no-layers', 'low'),
    ),
    ...functions.map((name, index) =>
      recorded(sets([base, datadog], instrumenter, on(2, clock(index)), name), 'unchanged', 'low'),
    ),
  ],
};
