import { base, ci, creates, on, sets } from '../actors';
import { noAlert, recorded, type Story } from '../story';

const resent = sets([base], ci, on(2, '09:00'));

export const story: Story = {
  name: 'a record without any change of layers is delivered twice',
  kind: 'benign',
  steps: [
    noAlert(creates([base], ci, on(1, '09:00'))),
    recorded(resent, 'unchanged', 'low'),
    noAlert(resent),
  ],
};
