import { Argument } from '@commander-js/extra-typings';

/** Pages of the AWS console that belong to an alert. */
export const pages = ['target', 'event', 'history'] as const;

export type Page = (typeof pages)[number];

export const pageArgument = new Argument(
  '[PAGE]',
  'target: the function or layer; event: the call in the event history; history: what the access key did in the hour before and after',
)
  .choices(pages)
  .default('target' as const);
