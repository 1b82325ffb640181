import { type Interruption, listenForInterruption } from '../../output/interruption';
import type { RestoreSession } from './restore-session';

/**
 * A change that a person has agreed to. From then on Ctrl-C does not end it half way: it is made, verified and noted in the alert first.
 * Before, nothing was changed, and Ctrl-C ends the command as it ends any other.
 */
export class BegunChange {
  private interruption: Interruption | undefined;

  /** A session that begins the change with its question. */
  guard(session: RestoreSession): RestoreSession {
    return {
      ...session,
      confirm: async (question) => {
        await session.confirm(question);
        this.interruption = listenForInterruption(() =>
          process.stderr.write(
            'the change has begun, so it is finished, verified and noted in the alert; Ctrl-C again ends at once\n',
          ),
        );
      },
    };
  }

  /** Runs all that belongs to the change, then gives Ctrl-C back. */
  async whole<Result>(run: () => Promise<Result>): Promise<Result> {
    try {
      return await run();
    } finally {
      this.interruption?.stop();
    }
  }

  get isInterrupted(): boolean {
    return this.interruption?.signal.aborted === true;
  }
}
