export function headline(_: unknown): string {
  return 'stub';
}
