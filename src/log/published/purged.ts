import { canonical } from '../../model/canonical.ts';
import type { Roster } from '../../model/roster.ts';
import { stubLine } from '../export.ts';
import type { PurgedLine } from './event-lines.ts';
import { Fault } from './fault.ts';

/** Every line that claims to be purged must be what the roster says of it. @throws Fault */
export function checkPurged(file: string, purged: ReadonlyMap<string, PurgedLine>, roster: Roster | undefined): void {
  const stated = new Map(roster?.stubs.map((stub) => [stub.id, stubLine(stub)]));
  for (const [id, { line, text }] of purged) {
    if (roster?.purged.has(id) !== true) throw new Fault(file, 'purged_unasked', '', line);
    if (text !== (stated.get(id) ?? canonical({ purged: id }))) throw new Fault(file, 'purged_otherwise', '', line);
  }
}
