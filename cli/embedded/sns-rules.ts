/** UTF-8 bytes of a message with its subject and attributes (SNS Publish). */
const maxMessageBytes = 262_144;

/** "less than 100 characters long" (SNS Publish). */
const subjectLimit = 100;

/** Why SNS would refuse a message with `MessageStructure=json`; `undefined` where it would accept it. */
export function refusalOf(subject: string, message: string): string | undefined {
  if (subject.length === 0 || subject.length >= subjectLimit)
    return `subject has ${subject.length} characters`;
  if (!/^[A-Za-z0-9!-/:-@[-`{-~][ -~]*$/.test(subject)) return 'subject is not one line of printable ASCII';
  const bytes = Buffer.byteLength(message) + Buffer.byteLength(subject);
  if (bytes > maxMessageBytes) return `message has ${bytes} bytes`;
  return refusedStructure(message);
}

function refusedStructure(message: string): string | undefined {
  const bodies: unknown = JSON.parse(message);
  if (typeof bodies !== 'object' || bodies === null) return 'message is no JSON object';
  const values = new Map(Object.entries(bodies));
  if (typeof values.get('default') !== 'string') return 'message has no default';
  const empty = [...values].find(([, body]) => typeof body !== 'string' || body === '');
  return empty === undefined ? undefined : `body for ${empty[0]} is no text`;
}
