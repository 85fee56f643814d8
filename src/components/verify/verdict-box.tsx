import type { VerifyMessages } from '../../i18n/verify-en.ts';
import { type VerifyState, verdictOf } from './verify-state.ts';

/** The answer in one line; a live region, so nothing that runs stands in it. */
export function VerdictBox({ state, words }: { readonly state: VerifyState; readonly words: VerifyMessages }) {
  const verdict = verdictOf(state);
  const mark = { right: '✓ ', wrong: '✗ ', held: '– ', unchecked: '– ', still: '', running: '' }[verdict];
  return (
    <p class="verdict" role="status" data-verdict={verdict}>
      {mark + words.verdict[verdict]}
    </p>
  );
}
