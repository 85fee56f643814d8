import type { SubscribeMessages } from '../../i18n/subscribe-messages.ts';
import type { PushState } from '../../model/view.ts';
import { Offer } from './offer.tsx';

interface Props {
  readonly state: PushState;
  readonly words: SubscribeMessages;
}

/** Notifications of this browser: one button, and a sentence that says how it stands. */
export function PushOffer({ state, words }: Props) {
  return (
    <Offer offer={words.push}>
      <p aria-live="polite" data-push={state}>
        {words.push[state]}
      </p>
      <p>
        <button
          type="button"
          class="button"
          data-action="push"
          disabled={state === 'asking' || state === 'unsupported'}
        >
          {state === 'on' ? words.pushOff : words.pushOn}
        </button>
      </p>
    </Offer>
  );
}
