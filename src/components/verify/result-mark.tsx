import type { VerifyMessages } from '../../i18n/verify-en.ts';

/** The word of a result; its sign and its word say it without any colour. */
export function ResultMark({
  result,
  words,
}: {
  readonly result: keyof VerifyMessages['result'];
  readonly words: VerifyMessages;
}) {
  return <b class="result">{words.result[result]}</b>;
}
