import { computed } from 'nanostores';
import type { Contact, People, Rung, Shift } from '../vault/document.ts';
import { $downVendors } from './health.ts';
import { $library } from './library.ts';

/** A way to meet, and the vendors that it falls with and that are down now. */
export interface RungNow extends Rung {
  readonly down: readonly string[];
}

export interface Duty extends Omit<Shift, 'people'> {
  /** In the rota's order; a name that the contacts do not know has no way to be reached. */
  readonly people: readonly Pick<Contact, 'name' | 'reach'>[];
}

const $people = computed($library, ({ documents }): People | null => {
  for (const document of documents.values()) if (document.kind === 'people') return document;
  return null;
});

export const $contacts = computed($people, (people) => people?.contacts ?? []);

/** Who is on call, with how to reach them. */
export const $duties = computed($people, (people): readonly Duty[] =>
  (people?.rota ?? []).map((shift) => ({
    ...shift,
    people: shift.people.map(
      (name) => people?.contacts.find((contact) => contact.name === name) ?? { name, reach: [] },
    ),
  })),
);

/** The channel ladder, each rung with what of its dependencies is down. */
export const $ladder = computed([$people, $downVendors], (people, down): readonly RungNow[] =>
  (people?.ladder ?? []).map((rung) => ({
    ...rung,
    down: down
      .filter(({ id, name }) => rung.depends_on.some((on) => isSame(on, id) || isSame(on, name)))
      .map(({ name }) => name),
  })),
);

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
