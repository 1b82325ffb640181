import type { StackSettings, WrittenSettings } from '../lambda/detection/settings';

/** What `layerwatch.config.json` may hold; every key may be left out. The README says what each does. */
export type LayerwatchConfiguration = Partial<
  Omit<WrittenSettings, 'notificationBudget'> & {
    readonly notificationBudget: Partial<WrittenSettings['notificationBudget']>;
  }
> &
  StackSettings;
