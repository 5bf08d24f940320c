/**
 * A text for the screen: without the token, and without what would steer a terminal or turn the order of characters. Code
 * and messages that come from Segment may hold anything.
 */
export function cleanText(text: string, token: string): string {
  return text
    .replaceAll(token, '…')
    .replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, (character) => (/[\n\t]/.test(character) ? character : '\uFFFD'));
}
