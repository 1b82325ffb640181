export { SettingsError, type SettingsProblem } from '../lambda/detection/settings-problems';
export type { LayerwatchConfiguration } from './configuration';
export { Layerwatch, type LayerwatchProps } from './layerwatch';
export { LayerwatchStack, type LayerwatchStackProps } from './layerwatch-stack';
