import { account, calls, mallory, on } from '../actors';
import { notified, type Story } from '../story';

export const story: Story = {
  name: 'the detector’s concurrency is set to 900 and then to 0',
  kind: 'attack',
  steps: [
    notified(
      calls(
        'lambda',
        'PutFunctionConcurrency20171031',
        { functionName: 'Layerwatch-Detector1234', reservedConcurrentExecutions: 900 },
        mallory,
        on(2, '10:00'),
      ),
      'tampering',
      'critical',
    ),
    notified(
      calls(
        'lambda',
        'PutFunctionConcurrency20171031',
        {
          functionName: `arn:aws:lambda:eu-west-3:${account}:function:Layerwatch-Detector1234`,
          reservedConcurrentExecutions: 0,
        },
        mallory,
        on(2, '10:01'),
      ),
      'tampering',
      'critical',
    ),
  ],
};
