import type { AsynchronousEvents } from '../machine/asynchronous-events';
import type { VirtualTime } from '../machine/virtual-time';
import { Random } from '../random';
import type { Scenario } from '../scenario';
import type { Call } from './calls';
import { envelopeOf } from './records';

const minute = 60_000;

/** CloudTrail writes a file of an account and region about every five minutes. */
const fileMilliseconds = 5 * minute;

/** EventBridge delivers each record at least once: one to three times, in any order; or not at all. */
export function scheduleDeliveries(scenario: Scenario, time: VirtualTime, events: AsynchronousEvents): void {
  const { seed, calls, deployedAt, lossProbability, undeliverableProbability } = scenario;
  for (const call of calls.filter((each) => each.time >= deployedAt)) {
    const random = new Random(seed, 'delivery', call.id);
    const isLost = random.chance(lossProbability);
    const isUndeliverable = random.chance(undeliverableProbability);
    const copies = copiesOf(random, scenario);
    if (isLost) continue;
    for (let copy = 1; copy <= copies; copy++) {
      const name = `call ${call.id} delivery ${copy}`;
      const event = { name, callId: call.id, payload: envelopeOf(call, copy) };
      time.at(call.time + delayOf(random, call, copy, scenario), () => {
        if (isUndeliverable) events.failed.push(event);
        else events.deliver(event);
      });
    }
  }
}

function copiesOf(random: Random, { duplicateProbability }: Scenario): number {
  return 1 + Number(random.chance(duplicateProbability)) + Number(random.chance(duplicateProbability / 2));
}

function delayOf(random: Random, { id, time }: Call, copy: number, scenario: Scenario): number {
  const { seed, delivery, burstMilliseconds } = scenario;
  const isWithOthers = random.chance(0.5);
  const first = new Random(seed, 'first delivery', id);
  const base = isWithOthers ? first : new Random(seed, 'delivery', id, copy);
  const burst = random.between(0, burstMilliseconds);
  switch (delivery) {
    case 'prompt':
      return base.between(2_000, 8_000) + burst;
    case 'by-file':
      return fileMilliseconds - (time % fileMilliseconds) + 2_000 + burst;
    case 'late':
      return base.between(5_000, 14 * minute) + burst;
  }
}
