import { functionArn } from '../../fixtures/records';
import { account, base, ci, creates, on, sets } from '../actors';
import { noAlert, recorded, type Story } from '../story';

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
    noAlert(creates([base], ci, on(1, '08:00'))),
    ...forms.map((functionName, index) =>
      recorded(
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
