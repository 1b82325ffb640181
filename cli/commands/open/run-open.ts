import { documentOf } from '../../../lambda/detection/alert';
import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { actorHistoryLink, eventLink, targetLink } from '../../../lambda/notification/links';
import { findAlert, openAlerts } from '../../aws/deployed-alerts';
import { NotDoneError } from '../../errors';
import { type ExitCode, exitCode } from '../../exit-code';
import type { AwsOptions } from '../../options';
import { shortAlertId } from '../../output/format';
import { openAddress } from '../../output/open-address';
import { writeLine } from '../../output/write-line';
import type { Page } from './options';

export async function run(id: string, page: Page, options: AwsOptions): Promise<ExitCode> {
  const alert = await findAlert(await openAlerts(options.stack), id);
  const address = addressOf(page, documentOf(alert));
  if (address === undefined)
    throw new NotDoneError(
      `alert ${shortAlertId(alert.alertId)} has no page "${page}", because its record does not have what the address consists of`,
    );
  await writeLine(process.stdout, address);
  if (!(await openAddress(address))) process.stderr.write('no browser was opened here; copy the address\n');
  return exitCode.done;
}

/** An address in the console, in which all text of the record is encoded. */
export function addressOf(page: Page, document: FindingDocument): string | undefined {
  switch (page) {
    case 'target':
      return targetLink(document)?.url;
    case 'event':
      return eventLink(document)?.url;
    case 'history':
      return actorHistoryLink(document);
  }
}
