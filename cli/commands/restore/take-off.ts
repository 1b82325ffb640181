import { bareLayer, parseFunctionName } from '../../../lambda/detection/arn';
import type { LayerUser } from '../../aws/layer-users';
import { commandFor, refuseForeignNames, refuseMissing, setLayers } from './restore-layers';
import type { Restored, RestoreSession } from './restore-session';

/**
 * Takes a layer, or one version of it, off a function. A version that it replaced is restored in its place, where the history of the
 * function says which one that was.
 *
 * @throws {NotDoneError} where that version does not exist any more, a name is none of AWS, or AWS did not do it
 */
export async function takeOff(user: LayerUser, layer: string, session: RestoreSession): Promise<Restored> {
  refuseForeignNames(user.name, user.replaced === undefined ? [] : [user.replaced]);
  const now = await session.lambda.read(user.functionArn);
  if (now === undefined) return untried('the function does not exist any more');
  const layers = layersWithout(layer, user.replaced, now.layers);
  if (layers.length === now.layers.length && layers.every((arn) => now.layers.includes(arn)))
    return untried('the function has it no more');
  if (user.replaced !== undefined && layers.includes(user.replaced))
    await refuseMissing([user.replaced], session);
  const region = parseFunctionName(user.functionArn)?.region ?? null;
  if (session.dryRun) return untried(commandFor(user.functionArn, region, layers, now.revisionId));
  return setLayers(user.functionArn, layers, now.revisionId, session);
}

function untried(outcome: string): Restored {
  return { action: 'restore', outcome, wasTried: false };
}

function layersWithout(
  layer: string,
  replaced: string | undefined,
  layers: readonly string[],
): readonly string[] {
  const put = replaced === undefined || layers.includes(replaced) ? [] : [replaced];
  return layers.flatMap((arn) => (arn === layer || bareLayer(arn) === layer ? put : [arn]));
}
