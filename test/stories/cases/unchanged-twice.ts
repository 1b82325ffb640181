import { base, ci, creates, on, sets } from '../actors';
import { nothing, type Story, stored } from '../story';

const resent = sets([base], ci, on(2, '09:00'));

export const story: Story = {
  name: 'a record without any change of layers is delivered twice',
  kind: 'benign',
  steps: [nothing(creates([base], ci, on(1, '09:00'))), stored(resent, 'unchanged', 'low'), nothing(resent)],
};
