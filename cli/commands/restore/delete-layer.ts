import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { NotDoneError } from '../../errors';
import { FailedAttemptError, type Restored, type RestoreSession } from './restore-session';

/** Deletes the layer version that an alert tells was published, after showing who uses it. */
export async function deleteLayer(document: FindingDocument, operator: RestoreSession): Promise<Restored> {
  const { target, change, undo } = document.layerwatch;
  const version = change.layers[0]?.version ?? null;
  if (target.arn === null || version === null)
    throw new NotDoneError('not deleted: the record does not tell which version was published');
  const versionArn = `${target.arn}:${version}`;
  const presence = await operator.lambda.presenceOf(versionArn);
  if (presence === 'gone')
    return { action: 'delete-layer', outcome: 'the layer version is deleted already', wasTried: false };
  await tellUsers(versionArn, operator);
  if (operator.dryRun) return { action: 'delete-layer', outcome: undo.commands[0] ?? '', wasTried: false };
  await operator.ask(`Delete layer version ${versionArn}?`);
  try {
    await operator.lambda.deleteLayerVersion(target.arn, version);
  } catch (error) {
    throw new FailedAttemptError(
      'delete-layer',
      error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    );
  }
  if ((await operator.lambda.presenceOf(versionArn)) === 'there')
    throw new FailedAttemptError(
      'delete-layer',
      'the deletion was sent, and the layer version is still there',
    );
  return { action: 'delete-layer', outcome: `deleted and verified: ${versionArn}`, wasTried: true };
}

async function tellUsers(versionArn: string, { lambda, tell }: RestoreSession): Promise<void> {
  const users = await lambda.usersOf(versionArn);
  if (users.length === 0) return tell('no function of this account and region has this version');
  await tell('functions that have this version, and keep running with it after its deletion:');
  for (const arn of users) await tell(`  ${arn}`);
}
