import { plural, shortLayer } from '../../../lambda/text/format';
import { openAlerts } from '../../aws/deployed-alerts';
import { findLayerUsers, type LayerUser, refuseOtherThanLayer } from '../../aws/layer-users';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { layerUserTable } from '../../output/layer-user-table';
import { terminalWidth } from '../../output/table';
import { writeLine } from '../../output/write-line';
import type { WhereOptions } from './options';

export async function run(layer: string, options: WhereOptions & AwsOptions): Promise<ExitCode> {
  refuseOtherThanLayer(layer);
  const { state } = await openAlerts(options.stack);
  const users = await findLayerUsers(state, layer);
  if (options.json === true) for (const user of users) await writeLine(process.stdout, jsonOf(user));
  else if (users.length > 0)
    for (const line of layerUserTable(users, terminalWidth())) await writeLine(process.stdout, line);
  process.stderr.write(`${shortLayer(layer)} is on ${plural(users.length, 'function')}\n`);
  return exitCode.done;
}

function jsonOf({ functionArn, account, region, versions, since, isExact, actor }: LayerUser): string {
  return JSON.stringify({
    function_arn: functionArn,
    account: account ?? null,
    region: region ?? null,
    versions,
    since,
    exact: isExact,
    actor: actor ?? null,
  });
}
