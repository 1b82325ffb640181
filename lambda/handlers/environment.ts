import { environmentVariable } from '../contract';
import type { Clock } from '../ports';

export const systemClock: Clock = { now: () => new Date() };

/** Throws where the variable is not set. */
export function required(environment: NodeJS.ProcessEnv, name: keyof typeof environmentVariable): string {
  const variable = environmentVariable[name];
  const value = environment[variable];
  if (value === undefined || value === '') throw new Error(`environment variable ${variable} is not set`);
  return value;
}
