import { base, ci, on, sets, util } from '../actors';
import { noAlert, type Story } from '../story';

export const story: Story = {
  name: 'an update that Lambda refuses because another is under way',
  kind: 'benign',
  steps: [
    noAlert({
      ...sets([base, util], ci, on(2, '10:00')),
      errorCode: 'ResourceConflictException',
      responseElements: null,
    }),
  ],
};
