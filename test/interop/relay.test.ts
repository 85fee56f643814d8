import { nip77 } from 'nostr-tools';
import type { Filter } from 'nostr-tools/filter';
import { finalizeEvent } from 'nostr-tools/pure';
import { Relay } from 'nostr-tools/relay';
import { describe, expect, onTestFinished, test } from 'vitest';
import { KIND, type SignedEvent } from '../../src/model/event.ts';
import { firstRoster, org, responder, STATUS, sealed, stranger, TIME, update } from '../node/relay/organisation.ts';
import { relay } from '../node/relay/running.ts';

// The client of nostr-tools, written by others after the same NIPs, talks to our relay.
async function connected() {
  const { url } = await relay();
  const client = await Relay.connect(url);
  onTestFinished(() => client.close());
  return client;
}

const mutable = (event: SignedEvent) => ({ ...event, tags: event.tags.map((tag) => [...tag]) });

function stored(client: Relay, filter: Filter): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const ids: string[] = [];
    const subscription = client.subscribe([filter], {
      onevent: (event) => ids.push(event.id),
      oneose: () => {
        resolve(ids);
        subscription.close();
      },
      onclose: (reason) => reject(new Error(reason)),
    });
  });
}

describe('nostr-tools against our relay', () => {
  test('publishes, reads back and hears live events', async () => {
    const writer = await connected();
    await writer.publish(mutable(firstRoster));
    const events = [0, 1, 2].map((n) => update(responder, `from outside ${n}`, { created_at: TIME + n }));
    const live: string[] = [];
    writer.subscribe([{ kinds: [KIND.public], '#d': [STATUS], limit: 0 }], { onevent: (event) => live.push(event.id) });
    for (const event of events) await writer.publish(mutable(event));
    await expect.poll(() => live).toEqual(events.map(({ id }) => id));
    expect(await stored(writer, { kinds: [KIND.public] })).toEqual(events.map(({ id }) => id).reverse());
    await expect(writer.publish(mutable(update(stranger, 'no')))).rejects.toThrow('restricted:');
  });

  test('proves itself by AUTH and then reads sealed kinds', async () => {
    const client = await connected();
    await client.publish(mutable(firstRoster));
    const secret = sealed(responder);
    await client.publish(mutable(secret));
    await expect(stored(client, { kinds: [KIND.sealed] })).rejects.toThrow('auth-required:');
    await client.auth((template) => Promise.resolve(finalizeEvent(template, responder.secret)));
    expect(await stored(client, { kinds: [KIND.sealed] })).toEqual([secret.id]);
  });

  test('reconciles by NIP-77', async () => {
    const client = await connected();
    await client.publish(mutable(firstRoster));
    const events = Array.from({ length: 100 }, (_, n) => update(responder, `number ${n}`, { created_at: TIME + n }));
    for (const event of events) await client.publish(mutable(event));
    const own = update(responder, 'not sent');
    const storage = new nip77.NegentropyStorageVector();
    for (const event of [...events.slice(7), own]) storage.insert(event.created_at, event.id);
    storage.seal();
    const [have, need]: [string[], string[]] = [[], []];
    await new Promise<void>((resolve, reject) => {
      const filter = { kinds: [KIND.join, KIND.roster, KIND.public], '#o': [org] };
      const sync = new nip77.NegentropySync(client, storage, filter, {
        onhave: (id) => have.push(id),
        onneed: (id) => need.push(id),
        onclose: (reason) => (reason === undefined ? resolve() : reject(new Error(reason))),
      });
      void sync.start();
    });
    expect(have).toEqual([own.id]);
    expect(need.sort()).toEqual([firstRoster.id, ...events.slice(0, 7).map(({ id }) => id)].sort());
  });
});
