import type { ChangeStep, ContextStep } from '../context/context-step';
import type { ClassifyOptions } from '../detection/classify';
import type { DetectionSettings } from '../detection/settings';
import type {
  AlertStore,
  Clock,
  FindingExporter,
  NotificationBudget,
  Observer,
  Publisher,
  RenderNotification,
  StateStore,
} from '../ports';

export interface PipelineDependencies {
  readonly alerts: AlertStore;
  readonly state: StateStore;
  readonly budget: NotificationBudget;
  readonly publisher: Publisher;
  readonly render: RenderNotification;
  readonly clock: Clock;
  readonly observer: Observer;
  readonly newToken: () => string;
  /** Steps that read the record alone. */
  readonly contextSteps: readonly ContextStep[];
  /** Steps that run once the change is known. */
  readonly changeSteps: readonly ChangeStep[];
  /** None by default. */
  readonly exporters?: readonly FindingExporter[] | undefined;
}

export interface PipelineOptions extends ClassifyOptions {
  readonly settings: DetectionSettings;
  /** How long a worker may hold an alert's notification. */
  readonly leaseMilliseconds: number;
  /** How long all context steps together may take. */
  readonly contextMilliseconds: number;
  readonly alertTable?: { readonly name: string; readonly region: string };
}
