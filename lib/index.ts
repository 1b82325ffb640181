export type { LayerwatchConfiguration } from '../config/configuration';
export { SettingsError, type SettingsProblem } from '../config/problems';
export type { Band as Severity } from '../lambda/detection/band';
export type { RestoreOptions } from './constructs/user-statements';
export { Layerwatch, type LayerwatchProps } from './layerwatch';
export { LayerwatchStack, type LayerwatchStackProps } from './layerwatch-stack';
