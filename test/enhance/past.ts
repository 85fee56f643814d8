import { isoTime } from '../../src/model/clock.ts';
import type { Harbour } from '../node/publish/harbour.ts';

export const CODES = {
  summer: 'summer000001',
  edge: 'edge00000001',
  autumn: 'autumn000001',
  mistake: 'mistake00001',
  work: 'work00000001',
  cancelled: 'cancelled001',
  ahead: 'ahead0000001',
} as const;

/** A year of an organisation, all of it past but for one maintenance that lies a week ahead. */
export async function sayPast({ say }: Harbour): Promise<void> {
  const incident = (code: string, name: string, impact: string) => async (status: string, text: string, at: string) => {
    const components = [{ id: 'cards', status: status === 'investigating' ? 'major_outage' : 'operational' }];
    return say('incident.update', {
      incident: code,
      name,
      status,
      impact,
      text,
      lang: 'en',
      components,
      display_at: `${at}.000Z`,
    });
  };
  const summer = incident(CODES.summer, 'Card payments were slow', 'minor');
  await summer('investigating', 'Some card payments take longer than a minute.', '2025-08-09T10:00:00');
  await summer('resolved', 'A queue was full. It was emptied and made larger.', '2025-08-09T11:12:00');
  await summer('postmortem', 'The queue had no alarm.\n\nIt has one now, at half of its size.', '2025-08-12T09:00:00');
  const edge = incident(CODES.edge, 'Ledger entries came late', 'major');
  await edge('investigating', 'Entries of the last hour are missing.', '2025-10-31T22:30:00');
  await edge('resolved', 'All entries are there again.', '2025-10-31T23:40:00');
  await sayAutumn(say, incident(CODES.autumn, 'API errors', 'critical'));
  await sayWorks(say);
}

async function sayAutumn(
  say: Harbour['say'],
  autumn: (status: string, text: string, at: string) => ReturnType<Harbour['say']>,
): Promise<void> {
  const first = await autumn('investigating', 'Every second request fails.', '2025-11-12T03:00:00');
  await autumn('identified', 'A bad release. We are going back.', '2025-11-12T03:20:00');
  const last = await autumn('resolved', 'The release is gone, and all requests succeed.', '2025-11-12T04:05:00');
  const { body } = JSON.parse(first.content) as { readonly body: object };
  await say('incident.update', { ...body, text: 'Every third request failed.', corrects: first.id });
  const closing = JSON.parse(last.content) as { readonly body: object };
  const translations = [
    { lang: 'pt-BR', name: 'Erros na API', text: 'A versão saiu do ar e todos os pedidos funcionam.' },
    { lang: 'es', name: 'Errores en la API', text: 'La versión se retiró y todas las peticiones funcionan.' },
  ];
  await say('incident.update', { ...closing.body, translations, corrects: last.id });
  await say('incident.update', {
    incident: CODES.mistake,
    name: 'Transfers are down',
    status: 'investigating',
    impact: 'critical',
    text: 'Transfers fail.',
    lang: 'en',
    components: [],
    display_at: '2025-11-15T12:00:00.000Z',
  });
  const reason = 'Posted to the wrong page: this was a rehearsal.';
  await say('incident.retract', { incident: CODES.mistake, update: null, reason });
}

async function sayWorks(say: Harbour['say']): Promise<void> {
  const work =
    (code: string, name: string, from: string, until: string) => (status: string, text: string, at: string | null) =>
      say('maintenance.update', {
        maintenance: code,
        name,
        status,
        impact: 'maintenance',
        scheduled_for: from,
        scheduled_until: until,
        text,
        lang: 'en',
        components: ['ledger', 'api'],
        ...(at === null ? {} : { display_at: at }),
      });
  const done = work(CODES.work, 'Ledger moves to new disks', '2025-11-18T01:00:00.000Z', '2025-11-18T03:00:00.000Z');
  await done('scheduled', 'The ledger is read-only for two hours.', '2025-11-10T09:00:00.000Z');
  await done('in_progress', 'Work has begun.', '2025-11-18T01:02:00.000Z');
  await done('completed', 'All is back, and faster.', '2025-11-18T02:30:00.000Z');
  const off = work(CODES.cancelled, 'New certificates', '2025-11-20T01:00:00.000Z', '2025-11-20T01:30:00.000Z');
  await off('scheduled', 'No interruption is expected.', '2025-11-14T09:00:00.000Z');
  await off('cancelled', 'Not needed: they renewed by themselves.', '2025-11-19T09:00:00.000Z');
  const week = Date.now() + 7 * 86_400_000;
  const ahead = work(CODES.ahead, 'Database upgrade', isoTime(week), isoTime(week + 3_600_000));
  await ahead('scheduled', 'Reads go on; writes pause for ten minutes.', null);
}
