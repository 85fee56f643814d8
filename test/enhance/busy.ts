import { isoTime } from '../../src/model/clock.ts';
import type { Harbour } from '../node/publish/harbour.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const BUSY = {
  open: 'abc123abc123',
  past: 'past00000001',
  running: 'run000000001',
  ahead: 'ahead0000001',
} as const;

/** Everything at once: an open incident with a correction, a retraction and a translation, works, and an outage five days ago. */
export async function sayMuch({ say }: Harbour): Promise<void> {
  const at = (hours: number) => isoTime(Date.now() + hours * HOUR_MS);
  // On one day by UTC, whenever this runs.
  const noon = (Math.floor(Date.now() / DAY_MS) - 5) * DAY_MS + 12 * HOUR_MS;
  const cards = { name: 'Card payments fail', impact: 'major', lang: 'en', incident: BUSY.open };
  const affected = [{ id: 'cards', status: 'partial_outage' }];
  const wrong = { ...cards, status: 'investigating', text: 'Transfers fail too.', components: affected };
  const mistake = await say('incident.update', wrong);
  const retraction = { incident: BUSY.open, update: mistake.id, reason: 'Transfers were never affected.' };
  await say('incident.retract', retraction);
  const said = { ...cards, status: 'identified', text: 'All card payments fail.', components: affected };
  const first = await say('incident.update', said);
  const translations = [
    { lang: 'pt-BR', name: 'Pagamentos com cartão falham', text: 'Alguns pagamentos com cartão falham.' },
  ];
  await say('incident.update', { ...said, text: 'Some card payments fail.', translations, corrects: first.id });
  const past = { ...cards, incident: BUSY.past, name: 'Cards were down', impact: 'critical', text: 'A link was down.' };
  const down = [{ id: 'cards', status: 'major_outage' }];
  await say('incident.update', { ...past, status: 'investigating', components: down, display_at: isoTime(noon) });
  await say('incident.update', { ...past, status: 'resolved', components: [], display_at: isoTime(noon + HOUR_MS) });
  const work = { impact: 'maintenance', lang: 'en', text: 'The database moves.', components: ['ledger'] };
  const running = { maintenance: BUSY.running, name: 'Move of the ledger', status: 'in_progress', ...work };
  await say('maintenance.update', { ...running, scheduled_for: at(-2), scheduled_until: at(-1) });
  const ahead = { maintenance: BUSY.ahead, name: 'New certificates', status: 'scheduled', ...work };
  await say('maintenance.update', { ...ahead, scheduled_for: at(48), scheduled_until: at(49) });
}
