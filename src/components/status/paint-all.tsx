import { paintEmbed } from '../embed/embed-page.tsx';
import { paintHistory } from '../history/history-page.tsx';
import { paintRecord } from '../history/record-page.tsx';
import { paintSubscribe } from '../subscribe/subscribe-page.tsx';
import { paintVerify } from '../verify/paint-verify.tsx';
import type { Paint } from './main.tsx';
import { paintNotice } from './notice-page.tsx';
import { rest } from './rest.tsx';
import { paintStatus } from './status-page.tsx';

const PAINTS: readonly Paint[] = [
  paintStatus(rest),
  paintRecord,
  paintHistory,
  paintSubscribe,
  paintEmbed,
  paintVerify,
  paintNotice,
];

/** Every family at once: for Node. A browser loads the family of its page alone. */
export const paintAll: Paint = (view, messages) => {
  for (const paint of PAINTS) {
    const drawn = paint(view, messages);
    if (drawn !== null) return drawn;
  }
  return null;
};
