import { templateOf } from './synthesis';

const everything = { email: 'a@example.com', alarmEmail: 'b@example.com' };

test.each([
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
])('in %s every ARN is of that partition', (partition, region) => {
  const kmsKeyArn = `arn:${partition}:kms:${region}:123456789012:key/11111111-2222-3333-4444-555555555555`;
  const text = JSON.stringify(templateOf({ ...everything, kmsKeyArn }, { region }).toJSON());
  expect(text).not.toContain('arn:aws:');
  expect(text).toContain(`arn:${partition}:`);
});

test('one template serves every partition when no region is named', () => {
  const text = JSON.stringify(
    templateOf({ ...everything, slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' } }).toJSON(),
  );
  expect(text).not.toMatch(/arn:aws[a-z-]*:/);
});
