import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reasonsSpanish } from '../../src/i18n/faults-es.ts';
import { reasonsPortuguese } from '../../src/i18n/faults-pt-BR.ts';
import { MAX_LINE_BYTES } from '../../src/log/published/event-lines.ts';
import { PROJECT } from '../quality/sources.ts';

test('every reason for which an event is refused has its words in each language', () => {
  const source = readFileSync(join(PROJECT, 'src/log/event.ts'), 'utf8');
  const said = [...source.matchAll(/(?:return|invalid\()\s*'((?:it|a) [^']+|its [^']+)'/g)].map(([, reason]) => reason);
  const elsewhere = ['it is no pulse', 'it is no UTF-8 text', `it is longer than ${MAX_LINE_BYTES} bytes`];
  expect(said.length).toBeGreaterThan(12);
  for (const words of [reasonsPortuguese, reasonsSpanish])
    expect(Object.keys(words).toSorted()).toEqual([...said, ...elsewhere].toSorted());
});
