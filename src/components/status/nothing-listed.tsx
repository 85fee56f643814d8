import type { Messages } from '../../i18n/messages.ts';
import { doubtWords } from './doubt-words.ts';

/** In place of the list of components where a site has none: an empty list would look as if nothing were wrong. */
export function NothingListed({ messages }: { readonly messages: Messages }) {
  return <p data-nothing-listed>{doubtWords(messages.language).nothingListed}</p>;
}
