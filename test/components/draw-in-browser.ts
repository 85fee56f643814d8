// Bundled and run inside the browser: draws `b` over the HTML of `a` and compares with the HTML of `b`.
import { createElement, render } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Main } from '../../src/components/status/main.tsx';
import { paintAll } from '../../src/components/status/paint-all.tsx';
import { languageOf } from '../../src/components/status/title.ts';
import { messagesFor } from '../../src/i18n/choose.ts';
import type { View } from '../../src/model/view.ts';

const pageOf = (view: View) => createElement(Main, { view, messages: messagesFor(languageOf(view)), paint: paintAll });

/** Null when the bytes are equal; else both. `again` is drawn over the drawn tree, as at every refresh. */
export function differences(a: View, b: View, again: View): readonly string[] | null {
  const container = document.createElement('div');
  container.innerHTML = renderToString(pageOf(a));
  for (const view of [b, again]) {
    render(pageOf(view), container);
    const expected = document.createElement('div');
    expected.innerHTML = renderToString(pageOf(view));
    const [drawn, written] = [bytesOf(container), bytesOf(expected)];
    if (drawn !== written) return firstDifference(drawn, written);
  }
  return null;
}

/** HTML with each element's attributes in the order of their names: an element that is used again keeps their old order. */
function bytesOf(container: Element): string {
  const copy = container.cloneNode(true) as Element;
  for (const element of copy.querySelectorAll('*')) {
    const attributes = [...element.attributes].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { name } of attributes) element.removeAttribute(name);
    for (const { name, value } of attributes) element.setAttribute(name, value);
  }
  return copy.innerHTML;
}

function firstDifference(drawn: string, expected: string): readonly string[] {
  let at = 0;
  while (drawn[at] === expected[at]) at += 1;
  return [drawn.slice(Math.max(0, at - 200), at + 200), expected.slice(Math.max(0, at - 200), at + 200)];
}

Object.assign(globalThis, { differences });
