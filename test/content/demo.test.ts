import { describe, expect, test } from 'vitest';
import { INCIDENT_STATUSES, isOpenIncident } from '../../src/model/status.ts';
import { DEMO_FOLDER } from '../../src/node/content/content-folder.ts';
import { readPeople } from '../../src/node/content/people.ts';
import { readRunbooks } from '../../src/node/content/runbook-folder.ts';
import { readSite } from '../../src/node/content/site.ts';
import { readTemplates } from '../../src/node/content/templates.ts';

const OWN = ['http://127.0.0.1:4747', 'http://127.0.0.1:4748', 'http://127.0.0.1:4749'] as const;
const variables = { site: OWN[0], relay1: OWN[1], relay2: OWN[2] };

describe('the demo company', () => {
  test('probes nothing but the relays and the site themselves', async () => {
    const site = await readSite(DEMO_FOLDER, variables);
    const probes = [...site.components, ...site.vendors].flatMap(({ probes }) => probes);
    expect(site.groups).toHaveLength(2);
    expect(site.components.map(({ id }) => id)).toEqual(['ledger', 'cards', 'api', 'webhooks']);
    expect(probes.length).toBeGreaterThan(0);
    for (const probe of probes) {
      const address =
        probe.kind === 'http' ? probe.url : probe.kind === 'tcp' ? `http://${probe.host}:${probe.port}` : '';
      expect(OWN.some((origin) => address.startsWith(origin))).toBe(true);
    }
  });

  test('has eight runbooks, each in four sections, owned, and about its own components', async () => {
    const runbooks = await readRunbooks(DEMO_FOLDER);
    const { components } = await readSite(DEMO_FOLDER, variables);
    const known = new Set(components.map(({ id }) => id));
    expect(runbooks).toHaveLength(8);
    for (const { id, blocks, owner, services, alerts, needs, last_verified } of runbooks) {
      const sections = blocks.flatMap((block) => (block.type === 'heading' ? (block.section ?? []) : []));
      expect(sections, id).toEqual(['meaning', 'impact', 'diagnosis', 'mitigation']);
      expect(owner, id).not.toBeNull();
      expect(last_verified, id).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(alerts.length * needs.length, id).toBeGreaterThan(0);
      expect(
        services.filter((service) => !known.has(service)),
        id,
      ).toEqual([]);
    }
  });

  test('names no number that could ring anywhere', async () => {
    const people = await readPeople(DEMO_FOLDER);
    const numbers = [...(people?.contacts ?? []), ...(people?.ladder ?? [])].flatMap(({ reach }) => reach);
    expect(numbers.length).toBeGreaterThan(10);
    for (const { text, note } of numbers) {
      expect(text).toMatch(/^\+1-202-555-01\d\d$/);
      expect(note).toContain('placeholder');
    }
  });

  test('has no two neighbours on the ladder that need the same carrier or vendor', async () => {
    const rungs = (await readPeople(DEMO_FOLDER))?.ladder ?? [];
    expect(rungs.length).toBeGreaterThan(3);
    for (const [index, rung] of rungs.entries()) {
      const next = rungs[index + 1]?.depends_on ?? [];
      expect(rung.depends_on.filter((need) => need !== 'internet' && next.includes(need))).toEqual([]);
    }
  });

  test('has a template for each step of an incident, with the time of the next update', async () => {
    const templates = await readTemplates(DEMO_FOLDER);
    const found = templates.flatMap(({ says, text }) =>
      says.of === 'incident' ? [{ status: says.status, text }] : [],
    );
    expect(found.map(({ status }) => status).sort()).toEqual(INCIDENT_STATUSES.toSorted());
    for (const { status, text } of found) if (isOpenIncident(status)) expect(text).toContain('Next update by <time>');
  });
});
