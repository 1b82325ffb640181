import {
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { policy } from '../../../scripts/cloud/workload';
import type { Tampering } from './tampering';

const iam = new IAMClient({});
const PolicyName = 'story';
const PolicyDocument = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });
const PermissionsBoundary = 'arn:aws:iam::aws:policy/AdministratorAccess';

async function putTrustAgain(RoleName: string): Promise<void> {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const trust = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust }));
}

/** Recorded in one region only. */
export const roleTamperings: readonly Tampering[] = [
  {
    action: 'PutRolePolicy',
    attack: ({ sweeperRole }) =>
      iam.send(new PutRolePolicyCommand({ RoleName: sweeperRole, PolicyName, PolicyDocument })),
  },
  {
    action: 'DeleteRolePolicy',
    attack: ({ sweeperRole }) => iam.send(new DeleteRolePolicyCommand({ RoleName: sweeperRole, PolicyName })),
  },
  {
    action: 'PutRolePermissionsBoundary',
    attack: ({ sweeperRole }) =>
      iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: sweeperRole, PermissionsBoundary })),
    repair: ({ sweeperRole }) =>
      iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: sweeperRole })),
  },
  { action: 'UpdateAssumeRolePolicy', attack: ({ sweeperRole }) => putTrustAgain(sweeperRole) },
];
