export function showAsText(text: string): string {
  return text;
}
