import type { OrganizationSettings, StackSettings, WrittenSettings } from '../lambda/detection/settings';

/** What `layerwatch.config.json` may hold; every key may be left out. The README says what each does. */
export type LayerwatchConfiguration = Partial<
  Omit<WrittenSettings, 'notificationBudget' | 'organization'> & {
    readonly organization: Pick<OrganizationSettings, 'id'> & Partial<OrganizationSettings>;
    readonly notificationBudget: Partial<WrittenSettings['notificationBudget']>;
  }
> &
  StackSettings;
