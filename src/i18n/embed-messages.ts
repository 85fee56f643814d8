/** Sentences of the banner. */
export interface EmbedMessages {
  /** `when` is ready to print. */
  readonly asOf: (when: string) => string;
  /** In plain HTML: after `until` the banner claims nothing. */
  readonly validUntil: (when: string, until: string) => string;
  readonly more: (count: number) => string;
  readonly open: string;
  /** Why the answer is to be doubted, in a word: there is room for one line. */
  readonly doubts: {
    readonly disagreement: string;
    readonly trouble: string;
    readonly skew: string;
  };
}
