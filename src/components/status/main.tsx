import type { VNode } from 'preact';
import type { Messages } from '../../i18n/messages.ts';
import type { View } from '../../model/view.ts';

/** Draws the views of one family of pages; null for a view that is not of its family. One root element, never a Fragment. */
export type Paint = (view: View, messages: Messages) => VNode | null;

interface Props {
  readonly view: View;
  readonly messages: Messages;
  readonly paint: Paint;
}

/** Any public page: exactly one root element, whatever the view. */
export function Main({ view, messages, paint }: Props) {
  return paint(view, messages);
}
