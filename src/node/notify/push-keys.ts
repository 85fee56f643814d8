import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import webPush from 'web-push';
import { writeWhole } from '../organisation/folder.ts';
import { PlainError } from '../plain-error.ts';

/** The notifier's key pair for web push (VAPID, RFC 8292), base64url. The public one stands in site.yaml. */
export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

const FILE = 'push.key';

/** The pair in `dir`, made at the first call. */
export async function makePushKeys(dir: string): Promise<PushKeys> {
  const known = await readPushKeys(dir);
  if (known !== undefined) return known;
  const made = webPush.generateVAPIDKeys();
  await writeWhole(join(dir, FILE), `${JSON.stringify(made)}\n`);
  return made;
}

/** Undefined where none was made yet. @throws PlainError where the file is damaged */
export async function readPushKeys(dir: string): Promise<PushKeys | undefined> {
  const path = join(dir, FILE);
  const text = await readFile(path, 'utf8').catch(() => undefined); // Not made yet.
  if (text === undefined) return undefined;
  try {
    const { publicKey, privateKey } = JSON.parse(text) as Partial<PushKeys>;
    if (typeof publicKey === 'string' && typeof privateKey === 'string') return { publicKey, privateKey };
  } catch {
    // Said below.
  }
  throw new PlainError(
    `${path} holds no key pair; put back its copy, or remove it and make a new pair with --push-key.`,
  );
}
