/**
 * Kinds of text that must not be mixed up. A plain text fits each of them, and none fits another: the compiler refuses a
 * layer's ARN where the ARN of one of its versions belongs. They exist for the compiler alone.
 */
declare const kind: unique symbol;
type Kind<Name extends string> = string & { readonly [kind]?: Name };

/** `arn:aws:lambda:REGION:ACCOUNT:layer:NAME`, without a version. */
export type LayerArn = Kind<'LayerArn'>;

/** `arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION`, as a call wrote it. */
export type LayerVersionArn = Kind<'LayerVersionArn'>;

/** `arn:aws:lambda:REGION:ACCOUNT:function:NAME`, without a qualifier. */
export type FunctionArn = Kind<'FunctionArn'>;

/** 64 hexadecimal digits; see `alertIdOf`. */
export type AlertId = Kind<'AlertId'>;

/** ISO 8601 in UTC with milliseconds, as `Date.toISOString` writes it: such times sort as text. */
export type IsoTime = Kind<'IsoTime'>;
