import { expect, test } from 'vitest';
import { rest } from '../../../src/components/status/rest.tsx';
import { paintStatus } from '../../../src/components/status/status-page.tsx';
import { statusView } from '../../../src/model/page-view.ts';
import { copyOf } from '../../enhance/copies.ts';
import { drawn, textOf } from '../drawn.ts';
import { calm, open } from '../told.ts';

test('the headline is explained by the gravest of the open incidents, not by the newest', () => {
  const incidents = [open('newest', 'Slow statements', 'minor'), open('older', 'Cards are down', 'critical')];
  const page = drawn(paintStatus(rest), statusView(copyOf({ state: { incidents } }).snapshot, calm));
  const [, detail] = /<p class="detail">(.*?)<\/p>/.exec(page) ?? [];
  expect(textOf(detail)).toBe('Cards are down · Identified');
});
