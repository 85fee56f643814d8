import type { Messages } from '../../i18n/messages.ts';
import type { PublicComponent, PublicIncident, PublicMaintenance } from '../../model/snapshot.ts';
import type { Known } from '../../model/view.ts';
import { IncidentCard } from './incident-card.tsx';
import { MaintenanceCard } from './maintenance-card.tsx';

interface Props {
  readonly incidents: readonly PublicIncident[];
  readonly maintenances: readonly PublicMaintenance[];
  readonly components: readonly PublicComponent[];
  readonly known: Known;
  readonly messages: Messages;
}

/** What ended in the last 14 days, the latest first. */
export function RecentSection({ incidents, maintenances, ...shared }: Props) {
  const cards = [
    ...incidents.map((one) => ({
      at: one.resolved_at ?? one.updated_at,
      card: <IncidentCard key={one.code} incident={one} {...shared} />,
    })),
    ...maintenances.map((one) => ({
      at: one.ended_at ?? one.updated_at,
      card: <MaintenanceCard key={one.code} maintenance={one} {...shared} />,
    })),
  ];
  const { known, messages } = shared;
  return (
    <section class="recent">
      <h2>{messages.recentIncidents}</h2>
      {cards.length === 0 && !known.left_out?.incidents ? <p class="quiet">{messages.noRecent}</p> : null}
      {cards.toSorted((a, b) => (a.at < b.at ? 1 : -1)).map(({ card }) => card)}
      <p>
        <a class="more" href="/history/">
          {messages.history}
        </a>
      </p>
    </section>
  );
}
