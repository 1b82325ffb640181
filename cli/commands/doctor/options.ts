import { jsonOption, type OptionValues } from '../../options';

export const doctorOptions = [jsonOption('print one check a line')] as const;

export type DoctorOptions = OptionValues<typeof doctorOptions>;
