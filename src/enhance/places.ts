import { API } from '../model/api.ts';
import { organisation } from '../model/event.ts';
import type { Source } from '../model/view.ts';
import type { PageFacts } from './page-facts.ts';

/** Where a copy of the snapshot can be asked for. */
export interface Place {
  readonly source: Source;
  readonly host: string;
  readonly snapshot: string;
  /** Where data files lie under their paths; null at a relay, which has the snapshot alone. */
  readonly files: string | null;
}

/** In this order: the own origin, the mirrors, the relays. */
export function placesOf(facts: PageFacts, origin: string): readonly Place[] {
  const path = `/${API}/snapshot.json`;
  const site = (source: Source, base: string): Place => {
    const files = new URL(base).origin;
    return { source, host: new URL(base).host, snapshot: files + path, files };
  };
  return [
    site('origin', origin),
    ...facts.mirrors.filter((mirror) => new URL(mirror).origin !== origin).map((mirror) => site('mirror', mirror)),
    ...facts.relays.map((relay): Place => {
      const url = new URL(`/snapshot/${organisation(facts.root)}.json`, relay.replace(/^ws/, 'http'));
      return { source: 'relay', host: url.host, snapshot: url.href, files: null };
    }),
  ];
}
