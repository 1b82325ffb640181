import { isFunctionName, isLayerVersionArn } from '../../../lambda/detection/aws-grammar';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { sameList } from '../../../lambda/detection/history';
import { plural } from '../../../lambda/text/format';
import { quoteForShell } from '../../../lambda/text/shell';
import { quoted } from '../../../lambda/text/untrusted-text';
import { describeAwsFailure } from '../../aws/describe-failure';
import { NotDoneError } from '../../errors';
import { comparison, decide } from './decide';
import { FailedAttemptError, type Restored, type RestoreSession } from './restore-session';

/** Sets the layers from before the change on the function of an alert. */
export async function restoreLayers(document: FindingDocument, session: RestoreSession): Promise<Restored> {
  const { target, change, undo } = document.layerwatch;
  if (target.type !== 'function')
    throw new NotDoneError(
      `not restored: the alert is about a ${target.type}; its own commands are: ${undo.commands.join('; ') || 'none'}`,
    );
  const arn = target.arn ?? target.name;
  if (arn === null || target.name === null) throw new NotDoneError('the alert does not name the function');
  refuseForeignNames(target.name, change.before ?? []);
  const now = await session.lambda.read(arn);
  if (now === undefined)
    throw new NotDoneError(`function ${arn} does not exist any more, so there is nothing to restore`);
  for (const line of comparison(change.before, change.after, now.layers)) await session.print(line);
  const decision = decide(document, now);
  switch (decision.kind) {
    case 'refused':
      throw new NotDoneError(`not restored: ${decision.reason}; ${decision.instead}`);
    case 'done-already':
      return {
        action: 'restore',
        outcome: 'the function has the layers from before already',
        wasTried: false,
      };
    case 'restore':
      break;
  }
  await refuseMissing(decision.layers, session);
  if (session.dryRun)
    return {
      action: 'restore',
      outcome: commandFor(arn, target.region, decision.layers, now.revisionId),
      wasTried: false,
    };
  await session.confirm(
    `Set the ${plural(decision.layers.length, 'layer')} from before on ${target.name ?? arn}?`,
  );
  return setLayers(arn, decision.layers, now.revisionId, session);
}

/**
 * A name that AWS does not allow is of a record from elsewhere: the AWS CLI would read it as an option or as a file.
 *
 * @throws {NotDoneError} for such a name
 */
export function refuseForeignNames(functionName: string, layers: readonly string[]): void {
  const foreign = isFunctionName(functionName) ? layers.find((arn) => !isLayerVersionArn(arn)) : functionName;
  if (foreign !== undefined)
    throw new NotDoneError(
      `not restored: the alert names ${quoted(foreign, 140)}, which is no name that AWS allows`,
    );
}

/** @throws {NotDoneError} where a layer version that is to be set does not exist any more */
export async function refuseMissing(
  layers: readonly string[],
  { lambda, print }: RestoreSession,
): Promise<void> {
  for (const arn of layers) {
    const presence = await lambda.presenceOf(arn);
    if (presence === 'gone')
      throw new NotDoneError(
        `not restored: layer version ${arn} from before does not exist any more; publish it again from its source, or set the layers without it`,
      );
    if (presence !== 'there')
      await print(`layer version ${arn} could not be looked up (${presence.unknown}); Lambda will check it`);
  }
}

/** Sets a list of layers, guarded by the revision that was read, and verifies it. */
export async function setLayers(
  arn: string,
  layers: readonly string[],
  revisionId: string,
  { lambda }: RestoreSession,
): Promise<Restored> {
  try {
    await lambda.setLayers(arn, layers, revisionId);
  } catch (error) {
    throw new FailedAttemptError('restore', describeRefusedUpdate(error), { cause: error });
  }
  const status = await lambda.waitUntilUpdated(arn);
  const after = await lambda.read(arn);
  if (status !== 'Successful' || after === undefined || !sameList(layers, after.layers))
    throw new FailedAttemptError(
      'restore',
      `the update was sent, and the function has other layers than from before (status ${status}); look at it in the console`,
    );
  return {
    action: 'restore',
    outcome: `restored and verified: ${layers.join(' ') || 'no layers'}`,
    wasTried: true,
  };
}

function describeRefusedUpdate(error: unknown): string {
  return error instanceof Error && error.name === 'PreconditionFailedException'
    ? 'the function was changed at the same time; run the command again'
    : describeAwsFailure(error);
}

/** The command of the AWS CLI that does the same. */
export function commandFor(
  arn: string,
  region: string | null,
  layers: readonly string[],
  revisionId: string,
): string {
  const list = layers.length === 0 ? ['[]'] : layers;
  // Emulators have no revisions; an empty one would be refused.
  const guard = revisionId === '' ? [] : ['--revision-id', revisionId];
  const place = region === null ? [] : ['--region', region];
  const words = [...place, '--function-name', arn, '--layers', ...list, ...guard];
  return ['aws lambda update-function-configuration', ...words.map(quoteForShell)].join(' ');
}
