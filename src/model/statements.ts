import { chainName, KIND, organisation, type SignedEvent, tagValue } from './event.ts';
import { type Stated, statementOf } from './roster-statement.ts';

/** Every readable statement of the organisation's roster, of any generation, by event id. */
export function statementsOf(events: readonly SignedEvent[], root: string): readonly Stated[] {
  const d = chainName.roster(organisation(root));
  const stated = new Map<string, Stated>();
  for (const event of events) {
    if (event.kind !== KIND.roster || tagValue(event, 'd') !== d) continue;
    const says = statementOf(event);
    if (says !== undefined) stated.set(event.id, { event, says });
  }
  return [...stated.values()].sort((a, b) => (a.event.id < b.event.id ? -1 : 1));
}

/** Those of the highest generation that the root has raised: lower ones no longer count, whatever they say. */
export function currentStatements(stated: readonly Stated[], root: string): readonly Stated[] {
  const raised = stated.filter(({ event }) => event.pubkey === root).map(({ says }) => says.gen);
  const generation = raised.reduce((highest, gen) => Math.max(highest, gen), 0);
  return stated.filter(({ says }) => says.gen === generation);
}

/** The statements that count, and who is an admin by them, starting from the root and adding until nothing changes. */
export function leastFixpoint(stated: readonly Stated[], root: string, mayCount: (event: SignedEvent) => boolean) {
  const admins = new Set([root]);
  for (;;) {
    const counted = stated.filter(({ event }) => admins.has(event.pubkey) && mayCount(event));
    const before = admins.size;
    for (const grant of counted.flatMap(({ says }) => says.grants)) {
      if (grant.roles.includes('admin')) admins.add(grant.pk);
    }
    if (admins.size === before) return { admins, counted };
  }
}

/**
 * Every key that a statement of any generation grants, invites or removes, where its author chains to the root: whom no
 * roster names waits in limbo. It only ever grows, so that what was let in stays in.
 */
export function everNamed(events: readonly SignedEvent[], root: string): ReadonlySet<string> {
  const { admins, counted } = leastFixpoint(statementsOf(events, root), root, () => true);
  const named = counted.flatMap(({ says }) =>
    [...says.grants, ...says.removes].map(({ pk }) => pk).concat(says.invites),
  );
  return new Set([...admins, ...named]);
}
