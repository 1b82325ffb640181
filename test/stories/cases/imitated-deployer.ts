import { account, ci, ciPrincipal, foreignLayer, mallory, on, publishes, sets } from '../actors';
import { notified, recorded, type Story } from '../story';

const imitator = {
  ...mallory,
  userIdentity: {
    ...(mallory['userIdentity'] as object),
    arn: `arn:aws:sts::${account}:assumed-role/batch-runner/${ciPrincipal}`,
    userName: 'ci-deploy',
  },
};

export const story: Story = {
  name: 'a session is named like the role of a deployer',
  kind: 'attack',
  settings: {
    deployers: [{ name: 'pipeline', principal: ciPrincipal }],
    exceptions: [
      {
        name: 'pipeline',
        owner: 'platform',
        reason: 'deploys',
        expires: '2999-12-31',
        principal: ciPrincipal,
      },
    ],
  },
  steps: [
    recorded(publishes('util', 2, ci, on(1, '09:00')), 'published', 'low'),
    notified(sets([foreignLayer], imitator, on(2, '10:00')), 'before-unknown', 'high'),
  ],
};
