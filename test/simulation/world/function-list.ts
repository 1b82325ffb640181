import { functionArn } from '../../fixtures/records';
import { Random } from '../random';
import type { Call, InitialLayers } from './calls';
import { revisionOf } from './records';

export interface ListedFunction {
  readonly arn: string;
  readonly layers: readonly string[];
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
  readonly revisionId: string | undefined;
}

export interface FunctionPage {
  readonly functions: readonly ListedFunction[];
  readonly next: string | undefined;
}

/** How long a list may show a function as it was. */
const maxLagMilliseconds = 3_000;

/** The revision changes once more when Lambda has finished an update. */
const updateMilliseconds = 4_000;

const pageSize = 3;

/** Before the world begins. */
const longAgo = Date.parse('2026-09-01T00:00:00Z');

/** What ListFunctions answers at a moment. */
export class ModelledFunctionList {
  constructor(
    private readonly seed: number,
    private readonly calls: readonly Call[],
    private readonly initialLayers: InitialLayers,
  ) {}

  /** `now` in milliseconds since the epoch. */
  page(marker: string | undefined, now: number): FunctionPage {
    const lag = new Random(this.seed, 'list', Math.round(now)).between(0, maxLagMilliseconds);
    const shown = [...this.initialLayers.keys()].flatMap((name) => this.stateOf(name, now - lag));
    const first = Number(marker ?? 0);
    const next = first + pageSize;
    return {
      functions: shown.slice(first, next),
      next: next < shown.length ? String(next) : undefined,
    };
  }

  private stateOf(name: string, moment: number): readonly ListedFunction[] {
    const arn = functionArn(name);
    const last = this.calls.findLast(
      (call) => call.functionName === name && call.lastModified <= moment && isOnFunction(call),
    );
    if (last === undefined)
      return [
        {
          arn,
          layers: this.initialLayers.get(name) ?? [],
          lastModified: longAgo,
          revisionId: `initial-${name}`,
        },
      ];
    if (last.operation === 'delete') return [];
    const isUpdating = moment < last.lastModified + updateMilliseconds;
    return [
      {
        arn,
        layers: last.after,
        lastModified: last.lastModified,
        revisionId: isUpdating ? revisionOf(last) : `${revisionOf(last)}-updated`,
      },
    ];
  }
}

function isOnFunction({ operation }: Call): boolean {
  return operation === 'update' || operation === 'create' || operation === 'delete';
}
