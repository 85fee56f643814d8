import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { verifyEvent } from '../../../src/log/event.ts';
import { type Notifier, startNotifier } from '../../../src/node/notify/notifier.ts';
import { type Outbox, openOutbox } from '../../../src/node/notify/outbox.ts';
import { tellWebhook } from '../../../src/node/notify/tell-webhook.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { type Harbour, openHarbour, site } from '../publish/harbour.ts';
import { openReceiver } from './receiver.ts';

let harbour: Harbour;
let receiver: Awaited<ReturnType<typeof openReceiver>>;
let folder = '';
let outbox: Outbox;
let notifier: Notifier;
let troubles: string[] = [];
const told = () => receiver.received.map(({ body }) => body);
/** Of each update that it took. */
const textsOf = ({ received }: typeof receiver) =>
  received.flatMap(({ body }) => ('incident' in body ? [(body['lifeboat'] as { text: string }).text] : []));
const eventually = <Value>(ask: () => Value) => expect.poll(ask, { timeout: 15_000 });

function start(...others: readonly string[]): void {
  notifier = startNotifier({
    site: { ...site, url: 'https://status.example' },
    log: harbour.log,
    platform: nodePlatform,
    outbox,
    webhooks: [...others, receiver.url],
    browsers: () => [],
    tell: ({ endpoint, body }, stop) => tellWebhook(endpoint, body, stop),
    onNews: () => {},
    onTrouble: (sentence) => void troubles.push(sentence),
  });
}

beforeEach(async () => {
  troubles = [];
  harbour = await openHarbour();
  await harbour.pulse();
  receiver = await openReceiver();
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-notify-'));
  outbox = openOutbox(join(folder, 'outbox.db'));
});
afterEach(async () => {
  await notifier.close();
  await receiver.close();
  await harbour.close();
  outbox.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a webhook', () => {
  test('is told an update in the shape of Statuspage, with the signed event in it', async () => {
    start();
    await eventually(() => outbox.begun).toBe(true);
    await harbour.post('investigating', 'We look.');
    await eventually(() => told().filter((body) => 'incident' in body).length).toBe(1);
    const [body] = told().filter((one) => 'incident' in one);
    expect(Object.keys(body ?? {})).toEqual(['meta', 'page', 'incident', 'lifeboat']);
    expect(body).toMatchObject({
      meta: { documentation: 'https://status.example/subscribe/' },
      page: { status_indicator: expect.any(String) },
      incident: {
        ...{ id: 'abc123abc123', status: 'investigating', incident_updates: [{ body: 'We look.' }] },
        ...{ backfilled: false, impact_override: null, postmortem_body: null, scheduled_for: null },
      },
      lifeboat: { text: 'We look.' },
    });
    const { event } = (body as { lifeboat: { event: unknown } }).lifeboat;
    expect(verifyEvent(event, harbour.log.org).type).toBe('ok');
  });

  test('is told that a component changed, from what to what', async () => {
    start();
    await eventually(() => outbox.begun).toBe(true);
    await harbour.pulse({ cards: 'major_outage' });
    await eventually(() => told()).toMatchObject([
      {
        component_update: {
          ...{ old_status: 'operational', new_status: 'major_outage', component_type: 'Component' },
          id: expect.stringMatching(/^[0-9a-z]{12}$/),
        },
        component: { name: 'Card payments', status: 'major_outage' },
      },
    ]);
  });

  test('is told nothing of the time before the notifier began, and nothing twice after a new start', async () => {
    await harbour.post('investigating', 'Before.');
    start();
    await eventually(() => outbox.begun).toBe(true);
    await notifier.close();
    start();
    await harbour.post('resolved', 'After.');
    await eventually(() => told().filter((body) => 'incident' in body).length).toBe(1);
    expect(told().filter((body) => 'incident' in body)).toMatchObject([{ lifeboat: { text: 'After.' } }]);
  });

  test('that hangs keeps no other waiting, also not with what comes meanwhile, and is told in order when it answers', async () => {
    const hanging = await openReceiver();
    onTestFinished(hanging.close);
    hanging.answer(null);
    start(hanging.url);
    await eventually(() => outbox.begun).toBe(true);
    await harbour.post('investigating', 'One.');
    await eventually(() => textsOf(receiver)).toEqual(['One.']);
    await harbour.post('identified', 'Two.');
    await eventually(() => textsOf(receiver)).toEqual(['One.', 'Two.']);
    expect(hanging.asked()).toBe(1);
    hanging.answer(204);
    hanging.hangUp();
    await eventually(() => textsOf(hanging)).toEqual(['One.', 'Two.']);
  });

  test('that redirects is spoken of without its secret address', async () => {
    const other = await openReceiver();
    onTestFinished(other.close);
    receiver.answer(302);
    start(other.url);
    await eventually(() => outbox.begun).toBe(true);
    await harbour.post('investigating', 'One.');
    await eventually(() => troubles).toEqual([
      `webhook 2 of site.yaml (${new URL(receiver.url).origin}) takes nothing (it redirects (302), which is not followed); it is tried again for a day.`,
    ]);
  });

  test('that fails is told in order once it works again; a redirect is a failure', async () => {
    receiver.answer(302);
    start();
    await eventually(() => outbox.begun).toBe(true);
    await harbour.post('investigating', 'One.');
    await eventually(() => outbox.heads()[0]?.tries ?? 0).toBeGreaterThan(0);
    await harbour.post('identified', 'Two.');
    receiver.answer(204);
    await eventually(() => textsOf(receiver)).toEqual(['One.', 'Two.']);
  });
});
