import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { sameList } from '../../../lambda/detection/history';
import { quoteForShell } from '../../../lambda/text/shell';
import { NotDoneError } from '../../errors';
import { comparison, decide } from './decide';
import { FailedAttemptError, type Restored, type RestoreSession } from './restore-session';

/** Puts the layers from before back on the function of an alert. */
export async function restoreLayers(document: FindingDocument, operator: RestoreSession): Promise<Restored> {
  const { target, change } = document.layerwatch;
  const arn = target.arn ?? target.name;
  if (target.type === 'function' && arn === null)
    throw new NotDoneError('the alert does not name the function');
  const now = target.type === 'function' && arn !== null ? await operator.lambda.read(arn) : noFunction;
  if (arn === null || now === undefined)
    throw new NotDoneError(`function ${arn} is not there any more, so there is nothing to restore`);
  if (target.type === 'function')
    for (const line of comparison(change.before, change.after, now.layers)) await operator.tell(line);
  const decision = decide(document, now);
  if (decision.kind === 'refused')
    throw new NotDoneError(`not restored: ${decision.reason}; ${decision.instead}`);
  if (decision.kind === 'done-already')
    return { action: 'restore', outcome: 'the function has the layers from before already', wasTried: false };
  await refuseMissing(decision.layers, operator);
  if (operator.dryRun)
    return {
      action: 'restore',
      outcome: commandOf(arn, target.region, decision.layers, now.revisionId),
      wasTried: false,
    };
  await operator.ask(`Put back ${decision.layers.length} layers on ${target.name}?`);
  return put(arn, decision.layers, now.revisionId, operator);
}

const noFunction = { layers: [], revisionId: '', lastModified: '' };

async function refuseMissing(layers: readonly string[], { lambda, tell }: RestoreSession): Promise<void> {
  for (const arn of layers) {
    const presence = await lambda.presenceOf(arn);
    if (presence === 'gone')
      throw new NotDoneError(
        `not restored: layer version ${arn} from before does not exist any more; publish it again from its source, or set the layers without it`,
      );
    if (presence !== 'there')
      await tell(`layer version ${arn} could not be looked up (${presence.unknown}); Lambda decides`);
  }
}

async function put(
  arn: string,
  layers: readonly string[],
  revisionId: string,
  { lambda }: RestoreSession,
): Promise<Restored> {
  try {
    await lambda.setLayers(arn, layers, revisionId);
  } catch (error) {
    const name = error instanceof Error ? error.name : String(error);
    const why =
      name === 'PreconditionFailedException'
        ? 'somebody changed the function in this moment; run the command again'
        : `Lambda refused: ${name}: ${error instanceof Error ? error.message : ''}`;
    throw new FailedAttemptError('restore', why);
  }
  const status = await lambda.settled(arn);
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

/** The same by hand. */
function commandOf(
  arn: string,
  region: string | null,
  layers: readonly string[],
  revisionId: string,
): string {
  const list = layers.length === 0 ? ['[]'] : layers;
  const place = region === null ? [] : ['--region', region];
  const words = [...place, '--function-name', arn, '--layers', ...list, '--revision-id', revisionId];
  return ['aws lambda update-function-configuration', ...words.map(quoteForShell)].join(' ');
}
