import { base, ci, creates, datadog, instrumenter, instrumenterPrincipal, on, sets } from '../actors';
import { noAlert, recorded, type Story } from '../story';

const functions = Array.from({ length: 200 }, (_, index) => `function-${index}`);
const clock = (index: number) => `1${Math.floor(index / 60)}:${String(index % 60).padStart(2, '0')}`;

export const story: Story = {
  name: 'a vendor’s instrumenter puts its layer on 200 functions, as an exception says',
  kind: 'benign',
  settings: {
    exceptions: [
      {
        name: 'apm-rollout',
        owner: 'platform team',
        reason: 'rollout of the agent',
        expires: '2999-12-31',
        principal: instrumenterPrincipal,
        layer: 'arn:aws:lambda:*:464622532012:layer:Datadog-Extension',
      },
    ],
  },
  steps: [
    noAlert(creates([base], ci, on(1, '09:00'))),
    ...functions.map((name, index) =>
      recorded(sets([datadog], instrumenter, on(2, clock(index)), name), 'before-unknown'),
    ),
  ],
};
