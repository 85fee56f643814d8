import { createHash } from 'node:crypto';
import { misfitOf, PROOF_SECONDS, readAuthorization } from '../../log/channel/nip98.ts';
import { copySevenFields } from '../../log/event.ts';
import type { Engine } from './engine.ts';
import type { Reader } from './reading.ts';

/** One HTTP request as a proof (NIP-98) names it. */
export interface ShownRequest {
  readonly body: Buffer;
  /** Who pays the tokens. */
  readonly address: string;
  /** Names under which the client may have reached us. */
  readonly hosts: readonly string[];
  /** Path and query. */
  readonly path: string;
  readonly authorization: string | undefined;
}

/** Who sent this POST, or why that is not believed (with its prefix): a proof that does not hold is refused, not ignored. */
export async function readerOf(engine: Engine, shown: ShownRequest, now: number): Promise<Reader | string> {
  if (shown.authorization === undefined) return { devices: new Set() };
  const event = copySevenFields(readAuthorization(shown.authorization));
  if (typeof event === 'string') return `auth-required: the header Authorization holds no proof (NIP-98): ${event}`;
  const payload = createHash('sha256').update(shown.body).digest('hex');
  const misfit = misfitOf(event, { ...shown, method: 'POST', payload }, now);
  if (misfit !== undefined) return `auth-required: ${misfit}`;
  const [, , isSigned, reason] = JSON.parse(await engine.post('shown', event, shown.address)) as [
    ...(string | boolean)[],
  ];
  if (isSigned !== true) return String(reason).replace(/^invalid:/, 'auth-required:');
  const { usedProofs } = engine.state;
  for (const [id, until] of usedProofs) if (until < now / 1000) usedProofs.delete(id);
  if (usedProofs.has(event.id)) return 'auth-required: this proof was used before';
  usedProofs.set(event.id, event.created_at + PROOF_SECONDS);
  return { devices: new Set([event.pubkey]) };
}
