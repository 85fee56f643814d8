import type { BlindWriter } from '../../log/rooms/blind-writer.ts';
import { type AlertBody, isAlarming, type LastKnown, noted } from '../../model/alert.ts';
import type { ObservationBody } from '../../model/public-content.ts';
import type { Site } from '../../model/site.ts';

/** So many alerts wait for a room at most; the oldest gives way. */
const WAITING_MAX = 200;

export interface Alerter {
  /** Puts down what calls people; nothing else. */
  hear(transition: ObservationBody): void;
  /** Seals and writes what waits, in its order. Rejects with one sentence, once for the same one; what is left waits on. */
  write(): Promise<void>;
}

/** `before` are the transitions of earlier runs, oldest first: a restart calls nobody again. */
export function createAlerter(site: Site, seal: BlindWriter, before: readonly ObservationBody[]): Alerter {
  const names = new Map<string, string>([
    ...site.components.map(({ id, name }) => [`component:${id}`, name] as const),
    ...site.vendors.map(({ id, name }) => [`vendor:${id}`, name] as const),
  ]);
  let last = before.reduce<LastKnown>(noted, new Map());
  let waiting: readonly AlertBody[] = [];
  let said = '';
  return {
    hear: (transition) => {
      const { subject, status, detail } = transition;
      if (isAlarming(last, transition)) {
        const alert: AlertBody = { subject, name: names.get(subject) ?? subject, status, text: detail ?? '' };
        waiting = [...waiting, alert].slice(-WAITING_MAX);
      }
      last = noted(last, transition);
    },
    write: async () => {
      try {
        for (const alert of waiting) {
          await seal('alert', alert);
          waiting = waiting.filter((one) => one !== alert);
        }
        said = '';
      } catch (error) {
        // It is tried again with every pulse, and one sentence is enough for all of them.
        const sentence = String(error);
        if (said === sentence) return;
        said = sentence;
        throw error;
      }
    },
  };
}
