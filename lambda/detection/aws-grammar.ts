/**
 * The grammar of the names that a command to paste may hold. Text of a record that does not fit is no name of AWS's and goes into no
 * command: quoting protects a shell, and not the AWS CLI, which reads `file://` and options in any value.
 */

/** `FunctionName` without its ARN forms (Lambda API, CreateFunction); a leading hyphen would read as an option. */
export function isFunctionName(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/.test(text);
}

/** `LayerName` without its ARN form (Lambda API, PublishLayerVersion); a leading hyphen would read as an option. */
export function isLayerName(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_-]{0,139}$/.test(text);
}

/** `LayerVersionArn` of up to 2,048 characters (Lambda API, Layer); region and partition by their shape alone. */
export function isLayerVersionArn(text: string): boolean {
  return /^arn:[a-z]+(-[a-z]+){0,3}:lambda:[a-z]+(-[a-z0-9]+){1,4}:\d{12}:layer:[A-Za-z0-9_-]{1,140}:\d{1,12}$/.test(
    text,
  );
}

/** The code of a region: `eu-west-3`, `us-gov-east-1`, `us-isob-east-1`, `eusc-de-east-1`. Also a pattern of CloudFormation. */
export const regionPattern = '^[a-z]{2,4}(-[a-z]{2,10}){1,3}-[0-9]{1,2}$';

const region = new RegExp(regionPattern);

export function isRegion(text: string): boolean {
  return region.test(text);
}

/** `RevisionId` of a function: a UUID. */
export function isRevisionId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** The name of a trail (CloudTrail API, CreateTrail) or of a rule (EventBridge API, PutRule); no ARN. */
export function isTrailOrRuleName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(text);
}

/** `RoleName` or `UserName` (IAM API, CreateRole and CreateUser); a leading hyphen would read as an option. */
export function isPrincipalName(text: string): boolean {
  return /^[A-Za-z0-9_+=,.@][A-Za-z0-9_+=,.@-]{0,63}$/.test(text);
}

/** The id of a long-lived access key of a user (IAM API, AccessKey: 16 to 128 characters). */
export function isAccessKeyId(text: string): boolean {
  return /^AKIA[A-Z0-9]{12,124}$/.test(text);
}
