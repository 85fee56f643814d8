// Loaded where no copy could be verified: the server's HTML stands, and nobody signed that.
import { doubtWords } from '../components/status/doubt-words.ts';
import type { Language } from '../model/language.ts';
import type { Trouble } from '../model/view.ts';

/** Says on the server's own HTML why nothing on it is verified, near its answer. */
export function doubtHtml(container: Element, language: Language, trouble: Trouble): void {
  const line = container.querySelector<HTMLElement>('[data-trouble]') ?? newLine(container);
  if (line.dataset['trouble'] === trouble && line.lang === language) return;
  line.dataset['trouble'] = trouble;
  // The HTML is in the operator's language.
  line.lang = language;
  line.textContent = doubtWords(language).unverified[trouble];
}

function newLine(container: Element): HTMLElement {
  const line = document.createElement('p');
  const banner = container.querySelector('.banner .detail');
  if (banner !== null) {
    line.className = 'detail';
    banner.after(line);
    return line;
  }
  const box = document.createElement('div');
  box.className = 'doubts';
  box.append(line);
  (container.querySelector('.times') ?? container.querySelector('.headline'))?.after(box);
  return line;
}
