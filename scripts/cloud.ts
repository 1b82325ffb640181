import { parseArgs } from 'node:util';
import { stackName, stackOutput } from '../lambda/contract';
import { LayerwatchError } from '../lambda/errors';
import { Cleanup } from './cloud/cleanup';
import { startEmulatedAccount } from './cloud/emulated-account';
import type { Emulator } from './cloud/emulator';
import { CloudError } from './cloud/errors';
import { publishForeignLayer } from './cloud/foreign-layer';
import { Inbox, type Message } from './cloud/inbox';
import { createPerson, type Person } from './cloud/people';
import { outputOf } from './cloud/stack-output';
import { Workload } from './cloud/workload';

/** The sweep runs so often here; deployed elsewhere, every ten minutes. */
const sweepSeconds = 60;

interface Scene {
  readonly alice: Person;
  readonly functionName: string;
  readonly layers: readonly [string, string];
  readonly foreignLayer: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '4566' }, region: { type: 'string', default: 'us-east-1' } },
  });
  const started = Date.now();
  const onStep = (step: string) => console.error(`${((Date.now() - started) / 1000).toFixed(1)} s  ${step}`);
  const emulator = await startEmulatedAccount({ port: Number(values.port), region: values.region, onStep });
  try {
    const inbox = await Inbox.subscribe(
      await outputOf(stackName, stackOutput.alertTopicArn),
      'subscriber',
      new Cleanup(),
    );
    const scene = await createScene(emulator);
    await emulator.control({ scheduleSeconds: sweepSeconds });
    onStep('three functions, their layers, and a queue that is subscribed to the alerts');
    await untilQuiet(inbox);
    console.log(describeScene(emulator, scene));
    await printMessages(inbox, emulator);
  } finally {
    await emulator.stop();
    console.error('everything is taken down');
  }
}

async function createScene(emulator: Emulator): Promise<Scene> {
  const workload = new Workload('', new Cleanup());
  const base = await workload.publishLayer('base');
  const util = await workload.publishLayer('util');
  const functionName = await workload.createFunction('payments', [base]);
  await workload.createFunction('reports', [base, util]);
  await workload.createFunction('mailer');
  const alice = await createPerson('alice', ['*'], new Cleanup());
  const foreignLayer = await publishForeignLayer(emulator, 'boto-utils');
  return { alice, functionName, layers: [base, util], foreignLayer };
}

/** The messages about the deployment itself and about the layers above are nothing to look at. */
async function untilQuiet(inbox: Inbox): Promise<void> {
  while ((await inbox.receive(2)).length > 0);
}

function describeScene(emulator: Emulator, { alice, functionName, layers, foreignLayer }: Scene): string {
  const variables = Object.entries(emulator.environment(alice)).map(([key, value]) => `${key}=${value}`);
  const update = `aws lambda update-function-configuration --function-name ${functionName}`;
  return `
In another terminal, as the user alice:

  export ${variables.join(' ')}

Put a layer of an account that nobody knows on a function:

  ${update} --layers ${layers[0]} ${foreignLayer}

Then look at it, and take it off again:

  npx layerwatch alerts
  npx layerwatch restore ID
  npx layerwatch doctor

Or try to go unnoticed:

  ${update} --memory-size 256
  aws cloudtrail stop-logging --name audit
  aws events disable-rule --name NAME     (aws events list-rules)

The sweep runs every ${sweepSeconds} seconds. Messages of the alert topic appear here; Ctrl-C takes everything down.
`;
}

/** Until Ctrl-C, or the end of the emulator. */
async function printMessages(inbox: Inbox, emulator: Emulator): Promise<void> {
  let ended = false;
  const end = (): void => {
    ended = true;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  emulator.onEnd(end);
  while (!ended) for (const message of await inbox.receive()) console.log(describeMessage(message));
  if (emulator.problem !== undefined) throw new CloudError(emulator.problem);
}

function describeMessage({ document, subject, receivedAt }: Message): string {
  const { alert_id: id, risk } = document.layerwatch;
  const factors = risk.factors.map(({ points, reason }) => `${points} ${reason}`);
  return [
    `${receivedAt.toISOString()}  ${subject}`,
    `  ${document.message}`,
    `  score ${risk.score}: ${factors.join(', ')}`,
    `  npx layerwatch show ${id.slice(0, 12)}`,
    '',
  ].join('\n');
}

main().catch((error: unknown) => {
  console.error(error instanceof LayerwatchError ? error.message : error);
  process.exitCode = 1;
});
