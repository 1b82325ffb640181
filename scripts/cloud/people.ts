import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { Cleanup } from './cleanup';
import { policy } from './workload';

export interface Person {
  readonly userName: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** An IAM user with an access key, who may do these actions on everything. */
export async function createPerson(
  UserName: string,
  actions: readonly string[],
  cleanup: Cleanup,
): Promise<Person> {
  const iam = new IAMClient({});
  await iam.send(new CreateUserCommand({ UserName }));
  cleanup.add(`user ${UserName}`, () => iam.send(new DeleteUserCommand({ UserName })));
  if (actions.length > 0) await allow(iam, UserName, actions, cleanup);
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {};
  cleanup.add(`access key of ${UserName}`, () =>
    iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })),
  );
  return { userName: UserName, accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
}

async function allow(
  iam: IAMClient,
  UserName: string,
  actions: readonly string[],
  cleanup: Cleanup,
): Promise<void> {
  const PolicyName = 'allowed';
  const PolicyDocument = policy({ Effect: 'Allow', Action: actions, Resource: '*' });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));
  cleanup.add(`policy of ${UserName}`, () => iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName })));
}
