import type { FindingDocument } from '../../../lambda/detection/finding-document';
import { describeAwsFailure } from '../../aws/describe-failure';
import { NotDoneError } from '../../errors';
import { FailedAttemptError, type Restored, type RestoreSession } from './restore-session';

/** Deletes the layer version that was published, after showing the functions that use it. */
export async function deleteLayer(document: FindingDocument, session: RestoreSession): Promise<Restored> {
  const { target, change, undo } = document.layerwatch;
  const version = change.layers[0]?.version ?? null;
  if (target.arn === null || version === null)
    throw new NotDoneError('not deleted: the record does not name the version that was published');
  const versionArn = `${target.arn}:${version}`;
  const presence = await session.lambda.presenceOf(versionArn);
  if (presence === 'gone')
    return { action: 'delete-layer', outcome: 'the layer version is deleted already', wasTried: false };
  await printUsers(versionArn, session);
  if (session.dryRun) return { action: 'delete-layer', outcome: undo.commands[0] ?? '', wasTried: false };
  await session.confirm(`Delete layer version ${versionArn}?`);
  try {
    await session.lambda.deleteLayerVersion(target.arn, version);
  } catch (error) {
    throw new FailedAttemptError('delete-layer', describeAwsFailure(error), { cause: error });
  }
  if ((await session.lambda.presenceOf(versionArn)) === 'there')
    throw new FailedAttemptError(
      'delete-layer',
      'the deletion was sent, and the layer version is still there',
    );
  return { action: 'delete-layer', outcome: `deleted and verified: ${versionArn}`, wasTried: true };
}

async function printUsers(versionArn: string, { lambda, print }: RestoreSession): Promise<void> {
  const users = await lambda.usersOf(versionArn);
  if (users.length === 0) return print('no function of this account and region has this version');
  await print('functions that have this version, and keep running with it after its deletion:');
  for (const arn of users) await print(`  ${arn}`);
}
