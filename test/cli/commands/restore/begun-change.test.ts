import { BegunChange } from '../../../../cli/commands/restore/begun-change';
import type { RestoreSession } from '../../../../cli/commands/restore/restore-session';
import { NotDoneError } from '../../../../cli/errors';

function sessionThat(confirm: RestoreSession['confirm']): RestoreSession {
  const unused = () => Promise.reject(new Error('not asked'));
  const lambda = {
    read: unused,
    presenceOf: unused,
    setLayers: unused,
    waitUntilUpdated: unused,
    usersOf: unused,
    deleteLayerVersion: unused,
  };
  return { lambda, dryRun: false, print: async () => {}, confirm };
}

describe('a change and Ctrl-C', () => {
  test('given Ctrl-C after a yes, then the change is finished', async () => {
    const change = new BegunChange();
    const { confirm } = change.guard(sessionThat(async () => {}));
    const outcome = await change.whole(async () => {
      await confirm('Restore?');
      process.emit('SIGINT');
      return 'restored';
    });
    expect([outcome, change.isInterrupted]).toEqual(['restored', true]);
  });

  test('given the end of the change, then Ctrl-C has its default again', async () => {
    const change = new BegunChange();
    const { confirm } = change.guard(sessionThat(async () => {}));
    await change.whole(() => confirm('Restore?'));
    expect([process.listenerCount('SIGINT'), change.isInterrupted]).toEqual([0, false]);
  });

  test('given a no, then Ctrl-C keeps its default', async () => {
    const change = new BegunChange();
    const { confirm } = change.guard(
      sessionThat(() => Promise.reject(new NotDoneError('nothing was changed'))),
    );
    const refused = change.whole(async () => {
      await expect(confirm('Restore?')).rejects.toThrow('nothing was changed');
      return process.listenerCount('SIGINT');
    });
    expect(await refused).toBe(0);
  });
});
