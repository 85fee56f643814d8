import { readFile } from 'node:fs/promises';
import * as v from 'valibot';

const entry = v.object({ sha256: v.string(), size: v.number() });
const schema = v.object({
  v: v.literal(1),
  /** The recipients that everything was sealed to. */
  recipients: v.array(v.string()),
  /** By the SHA-256 of a document's text: its age file. */
  files: v.record(v.string(), entry),
  /** SHA-256 of the manifest's text and of its age file. */
  manifest: v.nullable(v.object({ text: v.string(), file: v.string() })),
  /** Files of the manifest before: devices in the middle of fetching still ask for them. */
  before: v.array(v.string()),
});

export type SealedFile = v.InferOutput<typeof entry>;
/** What the last build left: sealing gives other bytes each time, so unchanged documents must keep their file. */
export type VaultMemory = v.InferOutput<typeof schema>;

/** The memory in `path`, if it is of the same recipients; else an empty one, and everything is sealed anew. */
export async function readMemory(path: string, recipients: readonly string[]): Promise<VaultMemory> {
  const empty: VaultMemory = { v: 1, recipients: [...recipients], files: {}, manifest: null, before: [] };
  try {
    const read = v.safeParse(schema, JSON.parse(await readFile(path, 'utf8')));
    const fits = read.success && read.output.recipients.join() === recipients.join();
    return fits ? read.output : empty;
  } catch {
    // Never built, or damaged: sealing everything anew is always right.
    return empty;
  }
}
