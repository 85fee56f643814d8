import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { publicKeyOf } from '../../log/event.ts';
import { organisation, type SignedEvent } from '../../model/event.ts';
import { isStub } from '../../model/purge.ts';
import { foldRoster } from '../../model/roster.ts';
import { fastVerify } from '../fast-verify.ts';
import { type KeyName, readKey, readOrganisation } from '../organisation/folder.ts';
import { startProgress } from '../people/progress.ts';
import { PlainError } from '../plain-error.ts';
import { createRows } from '../store/rows.ts';
import { type Findings, notesOn } from './findings.ts';
import { WrongThing } from './wrong-thing.ts';

const KEYS: readonly KeyName[] = ['device', 'watcher', 'publisher'];

/** An organisation's folder: its keys, and each copy of the log down to the signatures. Changes nothing. @throws WrongThing */
export async function checkOrganisation(dir: string): Promise<Findings & { root: string }> {
  const { root } = await asWrong(join(dir, 'organisation.json'), readOrganisation(dir));
  const all = new Map<string, SignedEvent>();
  const notes: string[] = [];
  const owned: string[] = [];
  for (const name of KEYS) {
    const hasKey = await isThere(join(dir, `${name}.key`));
    const path = join(dir, `${name}.db`);
    if (hasKey) owned.push(publicKeyOf(await asWrong(join(dir, `${name}.key`), readKey(dir, name))));
    if (await isThere(path)) for (const event of await readCopy(path, organisation(root))) all.set(event.id, event);
    else if (hasKey) notes.push(`${path} is not there: this key has no copy of the log yet.`);
  }
  const events = [...all.values()];
  const roster = foldRoster(events, root);
  const stub = events.find((event) => isStub(event) && !roster.purged.has(event.id));
  if (stub !== undefined) throw new WrongThing(dir, `the event ${stub.id} has no content, and no roster asks for that`);
  for (const pk of owned) {
    const key = roster.keys.get(pk);
    if (key === undefined) notes.push(`No roster here names the key ${pk}, which lies in this folder.`);
    else if (key.removed) notes.push(`The key ${pk}, which lies in this folder, was removed.`);
  }
  const found = notesOn(events, roster, roster.purged.size);
  return { root, counts: found.counts, notes: [...notes, ...found.notes] };
}

async function readCopy(path: string, org: string): Promise<readonly SignedEvent[]> {
  const wrong = (what: string) => new WrongThing(path, what);
  const { events, misfits, expected } = readRows(path);
  const [misfit] = misfits;
  if (misfit !== undefined) throw wrong(`the event ${misfit} does not have the content that its id names`);
  const progress = startProgress();
  const verify = await fastVerify();
  for (const [position, event] of events.filter((one) => !isStub(one)).entries()) {
    progress.show(() => `${path}: ${position} of ${events.length} events checked …`);
    const verified = verify(event, org);
    if (verified.type === 'invalid') throw wrong(`the event ${event.id} is wrong: ${verified.reason}`);
  }
  progress.end();
  if (events.length < expected) throw wrong(`it holds ${events.length} events and should hold ${expected}`);
  return events;
}

function readRows(path: string) {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    const rows = createRows(database);
    return { ...rows.read(), expected: rows.ledger().expected };
  } catch (error) {
    throw new WrongThing(
      path,
      `it cannot be read as a copy of the log (${error instanceof Error ? error.message : String(error)})`,
    );
  } finally {
    database?.close();
  }
}

/** What stops a command is here the answer. */
async function asWrong<Value>(file: string, reading: Promise<Value>): Promise<Value> {
  return reading.catch((error: unknown) => {
    if (!(error instanceof PlainError)) throw error;
    throw new WrongThing(file, error.message.replace(/\.$/, ''));
  });
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
