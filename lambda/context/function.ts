import { changePolicy } from '../detection/change-kinds';
import type { FunctionContext } from '../detection/context-document';
import { sameList } from '../detection/history';
import { at, text } from '../detection/json';
import type { FunctionFacts, LambdaLookupAt } from '../ports';
import { errorMessage } from '../text/format';
import { displayName } from '../text/untrusted-text';
import { type ChangeStep, type ChangeSubject, placeOf } from './context-step';

/**
 * Environment variables that start other code with the runtime or put it first (Lambda, "Modifying the runtime
 * environment", and the loaders' own documentation).
 */
const wrapperVariables: ReadonlySet<string> = new Set([
  'AWS_LAMBDA_EXEC_WRAPPER',
  'DOTNET_STARTUP_HOOKS',
  'JAVA_TOOL_OPTIONS',
  'LD_LIBRARY_PATH',
  'LD_PRELOAD',
  'NODE_OPTIONS',
  'NODE_PATH',
  'PERL5LIB',
  'PYTHONPATH',
  'PYTHONSTARTUP',
  'RUBYLIB',
  'RUBYOPT',
]);

/** Looks at the function as it is now: its role, who invokes it, what starts with its runtime. */
export function functionStep(lambdaAt: LambdaLookupAt): ChangeStep {
  return {
    name: 'function',
    run: async (subject) => {
      const { target } = subject.call;
      if (
        target.type !== 'function' ||
        target.arn === undefined ||
        !changePolicy(subject.change.kind).looksUpFunction
      )
        return {};
      const { arn } = target;
      const lambda = lambdaAt(placeOf(subject));
      const [facts, aliases, invokers] = await Promise.all([
        lambda.functionConfiguration(arn, subject.signal),
        namesOrReason('aliases', lambda.aliases(arn, subject.signal)),
        namesOrReason('invokers', lambda.invokers(arn, subject.signal)),
      ]);
      return { function: describeFunction(subject, facts, aliases, invokers) };
    },
  };
}

interface Names {
  readonly names: readonly string[];
  readonly problem?: string;
}

/** Aliases and invokers complete the picture; without them the rest stands. */
async function namesOrReason(what: string, names: Promise<readonly string[]>): Promise<Names> {
  try {
    return { names: await names };
  } catch (error) {
    return { names: [], problem: `${what}: ${errorMessage(error)}` };
  }
}

export function describeFunction(
  subject: ChangeSubject,
  facts: FunctionFacts,
  aliases: Names,
  invokers: Names,
): FunctionContext {
  const { environmentProblem } = facts;
  const wrappers = facts.environmentNames.filter((name) => wrapperVariables.has(name)).sort();
  const changedSince = changedSinceCall(subject, facts);
  return {
    role: facts.role ?? null,
    runtime: facts.runtime ?? null,
    last_modified: facts.lastModified ?? null,
    wrapper_variables: environmentProblem === undefined ? wrappers : null,
    secret_variables: facts.environmentNames.filter(mayHoldSecret).slice(0, maxSecretVariables).sort(),
    aliases: aliases.names,
    invokers: invokers.names,
    problems: [
      environmentProblem === undefined
        ? undefined
        : `environment variables: not available, ${environmentProblem}`,
      aliases.problem,
      invokers.problem,
    ].filter((problem) => problem !== undefined),
    layers_now: facts.layers,
    revision_id: facts.revisionId ?? null,
    ...(facts.lastUpdateStatus === undefined ? {} : { update_status: facts.lastUpdateStatus }),
    changed_since: changedSince,
    words: [
      facts.role === undefined ? '' : `role ${displayName(bareRole(facts.role))}`,
      facts.runtime === undefined ? '' : displayName(facts.runtime),
      wrappers.length === 0 ? '' : `environment has ${wrappers.join(', ')}`,
      invokers.names.length === 0
        ? ''
        : `invoked by ${invokers.names.slice(0, 4).map(displayName).join(', ')}`,
      aliases.names.length === 0 ? '' : `aliases ${aliases.names.slice(0, 4).map(displayName).join(', ')}`,
      changedSince === true ? 'changed again since this call' : '',
    ]
      .filter((part) => part !== '')
      .join('; '),
  };
}

/** More names than this help nobody to rotate what they hold. */
const maxSecretVariables = 20;

/** Endings of the words that names of secrets consist of, and addresses that carry a password. */
const secretWord =
  /(?:secret|token|pass|passwd|password|passphrase|pwd|key|credential|cred|auth|dsn)s?(?:_|$)|(?:database|db|redis|mongo|mongodb|postgres|amqp|webhook|connection)_(?:url|uri|string)(?:_|$)/;

/** `apiKey` counts as `API_KEY` does. */
function mayHoldSecret(name: string): boolean {
  return secretWord.test(name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase());
}

function bareRole(arn: string): string {
  return arn.split(':role/')[1] ?? arn;
}

/** Lambda gives a function a new revision when an update is complete, so only the layers show whether it raced. */
function changedSinceCall({ record, change }: ChangeSubject, facts: FunctionFacts): boolean | null {
  const revisionId = text(at(record.responseElements, 'revisionId'));
  if (revisionId !== undefined && revisionId === facts.revisionId) return false;
  if (change.after === undefined) return null;
  return !sameList(change.after, facts.layers);
}
