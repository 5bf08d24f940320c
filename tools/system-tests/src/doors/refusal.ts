/** The body of a refusal, and of nothing else: a code, and a sentence in both places where SDKs look for it. */
export function refusal(
  message: unknown = expect.any(String),
  code: unknown = expect.stringMatching(/^[a-z_]+$/),
): object {
  return { code, message, error: message };
}
