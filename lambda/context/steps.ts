import type { WorkingHours } from '../detection/settings';
import type { ArchiveReader, CountryLookup, LambdaLookupAt, StateStore } from '../ports';
import { actorStep } from './actor';
import type { ChangeStep, ContextStep } from './context-step';
import { elsewhereStep } from './elsewhere';
import { functionStep } from './function';
import { historyStep } from './history';
import { layersStep } from './layers';
import { originStep } from './origin';
import { storyStep } from './story';
import { timeStep } from './time';

/** What the record alone says. */
export function recordSteps(
  countries: CountryLookup,
  workingHours: WorkingHours | undefined,
): readonly ContextStep[] {
  return [actorStep, originStep(countries), timeStep(workingHours)];
}

/** What Layerwatch's own memory adds. */
export function memorySteps(state: Pick<StateStore, 'functionsWith'>): readonly ChangeStep[] {
  return [historyStep, storyStep, elsewhereStep(state)];
}

/** What Lambda answers when it is asked; a replay asks nobody. */
export function lookupSteps(lambdaAt: LambdaLookupAt, archive: ArchiveReader): readonly ChangeStep[] {
  return [layersStep(lambdaAt, archive), functionStep(lambdaAt)];
}
