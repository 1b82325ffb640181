import { decideAll } from '../../../../cli/commands/triage/decide-all';
import { NotDoneError } from '../../../../cli/errors';

const alerts = ['a', 'b', 'c'];

describe('several alerts', () => {
  test('given one that stays as it is, then the others are decided and the exit code says so', async () => {
    const decided: string[] = [];
    const exitCode = await decideAll(alerts, 'closed', async (alert) => {
      if (alert === 'b') throw new NotDoneError('alert b is unchanged');
      decided.push(alert);
    });
    expect([exitCode, decided]).toEqual([1, ['a', 'c']]);
  });

  test('given Ctrl-C, then the decision that runs is finished, and it says what was done', async () => {
    const interrupted = decideAll(alerts, 'closed', async (alert) => {
      if (alert === 'b') process.emit('SIGINT');
    });
    await expect(interrupted).rejects.toMatchObject({
      code: 'Cancelled',
      message: 'cancelled; 2 of 3 alerts are closed now, the others are as they were',
    });
    expect(process.listenerCount('SIGINT')).toBe(0);
  });

  test('given a failure of AWS, then it ends the command', async () => {
    const failing = decideAll(alerts, 'closed', async () => {
      throw new Error('throttled');
    });
    await expect(failing).rejects.toThrow('throttled');
  });
});
