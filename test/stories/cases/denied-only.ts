import { isDenied, mallory, on } from '../actors';
import { noAlert, type Story } from '../story';

export const story: Story = {
  name: 'attempts that AWS denies',
  kind: 'benign',
  steps: [noAlert(isDenied(mallory, on(2, '10:00'))), noAlert(isDenied(mallory, on(2, '10:01')))],
};
