import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { isolated } from './isolated.ts';

const PREFIXES = ['blocked', 'restricted', 'invalid'] as const;

/** What relays said that will not store an entry of this device, in the reader's words and then in theirs. */
export function Refusals({ refusals }: { readonly refusals: readonly string[] }) {
  const words = useStore($messages).people.refused;
  if (refusals.length === 0) return null;
  return (
    <p class="problem" data-refused={refusals.length}>
      {words.all(refusals.length)}:{' '}
      {[...new Set(refusals)].map((text) => `${words.why[kindOf(text)]} (${words.words(isolated(text))})`).join('; ')}
    </p>
  );
}

function kindOf(text: string): (typeof PREFIXES)[number] | 'other' {
  return PREFIXES.find((prefix) => text.startsWith(`${prefix}:`)) ?? 'other';
}
