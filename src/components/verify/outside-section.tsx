import { useState } from 'preact/hooks';
import type { VerifyMessages } from '../../i18n/verify-en.ts';
import { commandFor } from './texts.ts';

interface Props {
  readonly root: string;
  readonly base: string | null;
  readonly words: VerifyMessages;
  /** Puts text on the clipboard; false where this browser does not let the page. Null where no script runs. */
  readonly copy: ((text: string) => Promise<boolean>) | null;
}

const COMMAND = 'command';

/** The command that checks the same from outside, and why it is worth the trouble. */
export function OutsideSection({ root, base, words, copy }: Props) {
  const [copied, setCopied] = useState<'copied' | 'selected' | null>(null);
  const command = commandFor(root, base);
  const press = async () => {
    const done = await copy?.(command);
    if (done !== true) select(document.getElementById(COMMAND));
    setCopied(done === true ? 'copied' : 'selected');
  };
  return (
    <section>
      <h2>{words.outsideTitle}</h2>
      <p>{words.outside}</p>
      <pre class="command">
        <code id={COMMAND}>{command}</code>
      </pre>
      {copy === null ? null : (
        <p class="turn">
          <button type="button" class="button" data-copy-command onClick={() => void press()}>
            {words.copy}
          </button>
          <span role="status">{copied === null ? '' : words[copied]}</span>
        </p>
      )}
    </section>
  );
}

/** Where the page may not copy, one key of the reader's does. */
function select(element: HTMLElement | null): void {
  if (element === null) return;
  getSelection()?.selectAllChildren(element);
}
