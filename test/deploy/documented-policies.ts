import { fitsWildcard } from '../../lambda/detection/exceptions';
import { iamPolicies } from '../../scripts/readme/iam-policies';
import type { RecordedCall } from '../harness/recording-proxy';

/** The role of `docs/iam.md` that has the command; none for a command that is no role's. */
const roles: Readonly<Record<string, string>> = {
  alerts: 'analyst',
  show: 'analyst',
  open: 'analyst',
  where: 'analyst',
  report: 'analyst',
  ack: 'analyst',
  close: 'analyst',
  reopen: 'analyst',
  assign: 'analyst',
  restore: 'responder',
  redrive: 'responder',
  doctor: 'auditor',
  init: 'learner',
  learn: 'learner',
};

/** IAM lets everybody make this call (GetCallerIdentity). */
const freeActions = ['sts:GetCallerIdentity'];

/** With exports a decision needs these, too, as `docs/iam.md` says beside the policies. */
const exportActions = ['securityhub:BatchImportFindings', 'events:PutEvents'];

let policies: ReturnType<typeof iamPolicies> | undefined;

/** Actions that a command called and the policy of its role lacks. */
export function undocumentedActions(command: string, calls: readonly RecordedCall[]): readonly string[] {
  const role = Object.hasOwn(roles, command) ? roles[command] : undefined;
  if (role === undefined) return [];
  return actionsBeyond(role, calls).filter((action) => !exportActions.includes(action));
}

/** Actions that were called and the policy of a role lacks. */
export function actionsBeyond(role: string, calls: readonly RecordedCall[]): readonly string[] {
  policies ??= iamPolicies();
  const allowed = (policies.get(role)?.Statement ?? []).flatMap(({ Action }) => Action);
  const called = new Set(calls.map(({ action }) => action));
  return [...called].filter(
    (action) => !freeActions.includes(action) && !allowed.some((each) => fitsWildcard(each, action)),
  );
}
