/**
 * What came back for a request: an HTTP answer, or why there is none. Header names are lower-case. `out_of_time`: the host
 * could not send it any more. `monthly_limit`: the host does not send it, as its user would be one too many in this month.
 * `note`: a sentence for a person, where the host knows more.
 */
export type UserLeapReply =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | { readonly failure: 'timeout' | 'network_failure' | 'out_of_time' | 'monthly_limit'; readonly note?: string };
