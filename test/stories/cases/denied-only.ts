import { isDenied, mallory, on } from '../actors';
import { nothing, type Story } from '../story';

export const story: Story = {
  name: 'attempts that AWS denies',
  kind: 'benign',
  steps: [nothing(isDenied(mallory, on(2, '10:00'))), nothing(isDenied(mallory, on(2, '10:01')))],
};
