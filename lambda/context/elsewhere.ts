import { bareLayer } from '../detection/arn';
import { isLayerVersionArn } from '../detection/aws-grammar';
import type { LayerElsewhere } from '../detection/context-document';
import type { StateStore } from '../ports';
import type { ChangeStep, ChangeSubject } from './context-step';

/** Lambda allows five layers on a function; a hostile record may name any number. */
const maxLayers = 5;

/** Functions that are counted, some 2 read units of DynamoDB; beyond that the exact number says nothing more. */
export const maxCountedFunctions = 100;

/** Counts the other functions that have the layers which are new on the function, or were published. */
export function elsewhereStep(state: Pick<StateStore, 'functionsWith'>): ChangeStep {
  return {
    name: 'elsewhere',
    run: async (subject) => {
      const layers = newLayers(subject);
      if (layers.length === 0) return {};
      return { elsewhere: await Promise.all(layers.map((layer) => countOthers(layer, subject, state))) };
    },
  };
}

function newLayers({ change }: ChangeSubject): readonly string[] {
  const arns = change.layers.flatMap(({ arn, change: kind }) =>
    arn !== undefined && kind !== 'kept' && kind !== 'removed' && isLayerVersionArn(arn) ? [arn] : [],
  );
  return [...new Set(arns.map(bareLayer))].slice(0, maxLayers);
}

async function countOthers(
  layer: string,
  { call }: ChangeSubject,
  state: Pick<StateStore, 'functionsWith'>,
): Promise<LayerElsewhere> {
  // Two more than are counted: the function of the call is one of them, and one says that there are more.
  const found = await state.functionsWith(layer, maxCountedFunctions + 2);
  const others = found.filter((functionArn) => functionArn !== call.target.arn).length;
  return {
    layer,
    functions: Math.min(others, maxCountedFunctions),
    more: others > maxCountedFunctions,
  };
}
