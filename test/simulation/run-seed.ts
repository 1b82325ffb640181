import type { Evidence } from './evidence';
import { runInOrder } from './in-order';
import { installVirtualGlobals } from './machine/virtual-globals';
import { type Restriction, scenarioOf } from './scenario';
import { Simulation } from './simulation';

/** Runs one seed from its first call to the last sweep, and once more in order. */
export async function runSeed(seed: number, restriction: Restriction = {}): Promise<Evidence> {
  const scenario = scenarioOf(seed, restriction);
  const simulation = await Simulation.prepare(scenario, restriction);
  const restore = installVirtualGlobals(simulation.time, seed);
  try {
    await simulation.run();
  } finally {
    restore();
  }
  const inOrder = await runInOrder(scenario, simulation.listings);
  return { ...(await simulation.evidence()), inOrder };
}
