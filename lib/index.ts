export type { LayerwatchConfiguration } from '../config/configuration';
export { SettingsError, type SettingsProblem } from '../config/problems';
export { Layerwatch, type LayerwatchProps } from './layerwatch';
export { LayerwatchStack, type LayerwatchStackProps } from './layerwatch-stack';
