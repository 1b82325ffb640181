import type * as events from 'aws-cdk-lib/aws-events';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Settings, StackSettings } from '../../lambda/detection/settings';
import { DetectorFunction, type DetectorFunctionProps } from './detector-function';
import { LogReaderFunction } from './log-reader-function';
import { SelftesterFunction } from './selftester-function';
import { SweeperFunction } from './sweeper-function';
import type { TrailQueues } from './trail-queues';

/** The functions of a stack. */
export interface LayerwatchFunctions {
  readonly detector: lambda.Function;
  readonly sweeper: lambda.Function;
  /** Only where a trail's bucket is set. */
  readonly logReader: lambda.Function | undefined;
  /** Only where a self-test is scheduled. */
  readonly selftester: lambda.Function | undefined;
  readonly all: readonly lambda.Function[];
  /** Rules that run the functions at their times. */
  readonly schedules: readonly events.IRule[];
}

/** Adds the functions, each with its role, its log group and, but for the detector, its schedule. */
export function addFunctions(
  scope: Construct,
  { detection, stack }: Settings,
  props: Omit<DetectorFunctionProps, 'settings' | 'exports'> & {
    readonly trailQueues: TrailQueues | undefined;
  },
): LayerwatchFunctions {
  const { failureQueue, trailQueues: queues, ...rest } = props;
  const trail = stack.trailBucket;
  const common = { ...rest, settings: detection, exports: stack };
  const watchesSelftest = stack.selftest === true;
  const detector = new DetectorFunction(scope, 'Detector', { ...common, failureQueue }).function;
  const sweeper = new SweeperFunction(scope, 'Sweeper', { ...common, watchesSelftest });
  const selftester = watchesSelftest ? new SelftesterFunction(scope, 'Selftester', common) : undefined;
  const logReader =
    trail === undefined || queues === undefined
      ? undefined
      : new LogReaderFunction(scope, 'LogReader', { ...common, trail, queues }).function;
  const all = [detector, sweeper.function, logReader, selftester?.function];
  return {
    detector,
    sweeper: sweeper.function,
    logReader,
    selftester: selftester?.function,
    all: all.filter((each) => each !== undefined),
    schedules: [sweeper.schedule, ...(selftester === undefined ? [] : [selftester.schedule])],
  };
}

/** Whether findings go to other products too. */
export function exportsFindings({ securityHub, findingsBusArn }: StackSettings): boolean {
  return securityHub === true || findingsBusArn !== undefined;
}
