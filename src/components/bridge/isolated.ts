/**
 * `text` between Unicode's "first strong isolate" and its end: what somebody else wrote, right-to-left or with a
 * direction override in it, then cannot turn round the sentence that it stands in.
 */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
