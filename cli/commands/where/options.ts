import { Argument } from '@commander-js/extra-typings';
import { jsonOption, type OptionValues } from '../../options';

export const layerArgument = new Argument('<LAYER>', 'ARN of a layer, or of one of its versions');

export const whereOptions = [jsonOption('print one function a line')] as const;

export type WhereOptions = OptionValues<typeof whereOptions>;
