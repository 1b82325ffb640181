import { functionArn } from '../../fixtures/records';
import { account, base, ci, creates, on, sets } from '../actors';
import { nothing, type Story, stored } from '../story';

const forms = [
  'payments',
  functionArn('payments'),
  `${account}:function:payments`,
  `${functionArn('payments')}:$LATEST`,
];

export const story: Story = {
  name: 'a function is named in four ways, and each sends what it has',
  kind: 'benign',
  steps: [
    nothing(creates([base], ci, on(1, '08:00'))),
    ...forms.map((functionName, index) =>
      stored(
        {
          ...sets([base], ci, on(1 + index, '10:00')),
          requestParameters: { functionName, layers: [base] },
          responseElements: null,
        },
        'unchanged',
        'low',
      ),
    ),
  ],
};
