import { createElement, render } from 'preact';
import { Main, titleOf } from '../components/status/main.tsx';
import type { View } from '../model/view.ts';

/** Draws over whatever stands in the container, the server's HTML included; never `hydrate()`, which keeps old attributes. */
export function draw(view: View, container: Element): void {
  render(createElement(Main, { view }), container);
  document.title = titleOf(view);
}
