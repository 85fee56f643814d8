import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isoTime } from '../../../../src/model/clock.ts';
import { worstWireStatus } from '../../../../src/node/publish/statuspage/components.ts';
import { rollup } from '../../../../src/node/publish/statuspage/rollup.ts';
import type {
  WireComponent,
  WireIncident,
  WireMaintenance,
  WirePage,
  WireRollup,
} from '../../../../src/node/publish/statuspage/wire.ts';
import { wireWriter } from '../../../../src/node/publish/statuspage/write.ts';

/** Real answers of public pages, where they lie beside this repository. */
const FOLDER = join(import.meta.dirname, '../../../../../shared/data/statuspage-v2');
const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : [];
if (names.length === 0) console.log(`Not tested: real answers of Statuspage, because ${FOLDER} is not there.`);

interface Answer {
  readonly page: WirePage;
  readonly components: readonly WireComponent[];
  readonly incidents?: readonly WireIncident[];
  readonly scheduled_maintenances?: readonly WireMaintenance[];
  readonly status?: WireRollup;
}

const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/;

/** As our own types have it: every time in UTC. */
const parsed = (text: string) =>
  JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' && STAMP.test(value) ? isoTime(Date.parse(value)) : value,
  ) as Answer;

/** As our publisher would write it. */
function written({ page, components, incidents, scheduled_maintenances, status }: Answer): string {
  const write = wireWriter(page.time_zone);
  return JSON.stringify({
    page: write.page(page),
    components: components.map(write.component),
    ...(incidents === undefined ? {} : { incidents: incidents.map(write.incident) }),
    ...(scheduled_maintenances === undefined
      ? {}
      : { scheduled_maintenances: scheduled_maintenances.map(write.maintenance) }),
    ...(status === undefined ? {} : { status: write.rollup(status) }),
  });
}

describe.skipIf(names.length === 0)('a real answer', () => {
  test.each(names)('%s is written again byte for byte: keys, their order, and every time in its zone', (name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    expect(written(parsed(text))).toBe(JSON.stringify(JSON.parse(text)));
  });

  test.each(names)('%s keeps the rules that ours keep', (name) => {
    const { page, components, status } = parsed(readFileSync(join(FOLDER, name), 'utf8'));
    const positions = components.map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    expect(components.every(({ id, page_id }) => /^[0-9a-z]{12}$/.test(id) && page_id === page.id)).toBe(true);
    for (const group of components.filter((one) => one.group)) {
      const children = components.filter(({ group_id }) => group_id === group.id);
      expect(group.components).toEqual(children.map(({ id }) => id));
      expect([group.name, group.status]).toEqual([group.name, worstWireStatus(children.map((one) => one.status))]);
    }
    const leaves = components.filter(({ group }) => !group).map((one) => one.status);
    if (status !== undefined) expect(rollup(leaves, true)).toEqual(status);
  });
});
