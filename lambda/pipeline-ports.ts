import type { ContextStep } from './context/context-step';
import type { DetectionSettings } from './detection/settings';
import type { AlertStore, Clock, NotificationBudget, Observer, Publisher, RenderNotification } from './ports';

export interface PipelinePorts {
  readonly alerts: AlertStore;
  readonly budget: NotificationBudget;
  readonly publisher: Publisher;
  readonly render: RenderNotification;
  readonly clock: Clock;
  readonly observer: Observer;
  readonly newToken: () => string;
  readonly contextSteps: readonly ContextStep[];
}

export interface PipelineOptions {
  readonly settings: DetectionSettings;
  /** How long a worker may hold an alert's notification. */
  readonly leaseMilliseconds: number;
  /** How long all context steps together may take. */
  readonly contextMilliseconds: number;
  /** Names of Layerwatch's own functions. */
  readonly ownFunctionNames: readonly string[];
  readonly alertTable?: { readonly name: string; readonly region: string };
}
