import { base, ci, on, sets } from '../actors';
import { noAlert, type Story } from '../story';

const names = [
  'UpdateFunctionCode20150331v2',
  'UpdateFunctionEventInvokeConfig',
  'PublishVersion20150331',
  'DeleteLayerVersion20181031',
];

export const story: Story = {
  name: 'calls whose names are alike',
  kind: 'benign',
  steps: [
    ...names.map((eventName) => noAlert({ ...sets([base], ci, on(2, '10:00')), eventName })),
    noAlert({ ...sets([base], ci, on(2, '10:00')), eventSource: 'opsworks.amazonaws.com' }),
  ],
};
