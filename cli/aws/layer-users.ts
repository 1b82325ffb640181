import { bareLayer, parseFunctionName } from '../../lambda/detection/arn';
import { isLayerVersionArn } from '../../lambda/detection/aws-grammar';
import type { FunctionArn } from '../../lambda/detection/brands';
import { type LayerUse, layerUseOf } from '../../lambda/detection/layer-use';
import type { StateStore } from '../../lambda/ports';
import { UsageError } from '../errors';

/** A function that has a layer. */
export interface LayerUser extends LayerUse {
  readonly functionArn: FunctionArn;
  readonly name: string;
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** Far more functions than the code of an account may have (75 GB of code storage, Lambda quotas). */
const maxFunctions = 1_000_000;

/** Histories that are read at once; a call takes as many. */
const historiesAtOnce = 100;

/** @throws {UsageError} for what is neither the ARN of a layer nor of one of its versions */
export function refuseOtherThanLayer(text: string): void {
  if (!isLayerVersionArn(text) && !isLayerVersionArn(`${text}:1`))
    throw new UsageError(
      `${JSON.stringify(text.slice(0, 200))} is no ARN of a layer; allowed: arn:aws:lambda:eu-west-3:123456789012:layer:NAME, with or without a version`,
    );
}

/** The functions that have a layer or, by the ARN of a version, this version of it; the latest first. */
export async function findLayerUsers(
  state: Pick<StateStore, 'functionsWith' | 'histories'>,
  layer: string,
): Promise<readonly LayerUser[]> {
  const functionArns = await state.functionsWith(bareLayer(layer), maxFunctions);
  const users: LayerUser[] = [];
  for (let first = 0; first < functionArns.length; first += historiesAtOnce) {
    const histories = await state.histories(functionArns.slice(first, first + historiesAtOnce));
    for (const [functionArn, history] of histories) {
      const use = layerUseOf(history, layer);
      if (use !== undefined) users.push({ ...use, functionArn, ...placeOf(functionArn) });
    }
  }
  return users.sort(latestFirst);
}

function placeOf(functionArn: FunctionArn): Pick<LayerUser, 'name' | 'account' | 'region'> {
  const parsed = parseFunctionName(functionArn);
  return { name: parsed?.name ?? functionArn, account: parsed?.account, region: parsed?.region };
}

function latestFirst(a: LayerUser, b: LayerUser): number {
  if (a.since !== b.since) return a.since > b.since ? -1 : 1;
  return a.functionArn < b.functionArn ? -1 : 1;
}
