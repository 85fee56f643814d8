import type { VerifyMessages } from '../../i18n/verify-en.ts';
import { ResultMark } from './result-mark.tsx';
import { recordTime } from './texts.ts';
import type { HeldCheck } from './verify-state.ts';

interface Props {
  readonly held: HeldCheck | null;
  readonly words: VerifyMessages;
  readonly locale: string;
  readonly timeZone: string;
}

/** What could be checked of the copy on this device, where the log could not be had. */
export function HeldList({ held, words, locale, timeZone }: Props) {
  if (held === null) return <p>{words.held.none}</p>;
  return (
    <section>
      <p>{words.held.intro}</p>
      <ul class="steps">
        <li data-check="held-signature" data-result={held.signature}>
          <h3>{words.held.signature}</h3>
          <ResultMark result={held.signature} words={words} />
          <p class="about">
            {held.signature === 'right' ? (
              <time datetime={held.generated_at}>{recordTime(held.generated_at, locale, timeZone)}</time>
            ) : (
              words.held.badSignature
            )}
          </p>
        </li>
        <li data-check="held-publisher" data-result={held.publisher}>
          <h3>{words.held.publisher}</h3>
          <ResultMark result={held.publisher} words={words} />
          <p class="about hash">{held.key}</p>
          {held.publisher === 'right' ? null : <p class="about why">{words.held.unknownPublisher}</p>}
        </li>
      </ul>
    </section>
  );
}
