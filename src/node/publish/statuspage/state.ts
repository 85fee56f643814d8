import { blindness } from '../../../model/blind-spans.ts';
import { freshnessOf } from '../../../model/freshness.ts';
import { decayedComponents } from '../../../model/headline.ts';
import { statedSite } from '../../../model/site.ts';
import type { PublicIncident } from '../../../model/snapshot.ts';
import { isOpenIncident } from '../../../model/status.ts';
import type { PageFacts } from '../page-facts.ts';
import type { Published } from '../published.ts';
import { wireComponents } from './components.ts';
import { createdAt, wireIncident, wireMaintenance } from './incidents.ts';
import { lastWords } from './last-words.ts';
import { rollup } from './rollup.ts';
import { unknownIncidents } from './unknown-incidents.ts';
import { pageUpdatedAt } from './updated-at.ts';
import type { WireState } from './wire.ts';

/** Statuspage lists the 50 most recent. */
export const MOST_RECENT = 50;

/** All that /api/v2 says, from the whole state: also what one signed snapshot had to leave out. */
export function wireState(facts: PageFacts, published: Published): WireState {
  const { site, roster, folded, claims, events } = published;
  const { state, said } = folded;
  const shown = decayedComponents(state, freshnessOf(claims, facts.now), facts.now);
  const blind = blindness(events, roster, statedSite(site), shown, said, facts.now);
  const components = wireComponents(facts, site, shown, lastWords(said, blind));
  const incidents = [
    ...listed(said.incidents).map((one) => wireIncident(facts, one, components)),
    ...unknownIncidents(facts, blind, components),
  ];
  return {
    page: {
      id: facts.id,
      name: site.name,
      url: facts.url,
      time_zone: facts.zone,
      updated_at: pageUpdatedAt(facts, published),
    },
    components,
    incidents: incidents.toSorted(newestFirst),
    scheduled_maintenances: said.maintenances
      .map((one) => wireMaintenance(facts, one, components))
      .toSorted(newestFirst),
    status: rollup(
      components.filter(({ group }) => !group).map(({ status }) => status),
      site.api.maintenance_indicator,
    ),
  };
}

/** Those that are not over, and as many of the others as Statuspage lists: thousands older ones need not be made each round. */
function listed(incidents: readonly PublicIncident[]): readonly PublicIncident[] {
  const dated = incidents.map((incident) => ({ incident, id: incident.code, created_at: createdAt(incident) }));
  const newest = dated.toSorted(newestFirst).map(({ incident }) => incident);
  const isOpen = ({ status }: PublicIncident) => isOpenIncident(status);
  return [...newest.filter(isOpen), ...newest.filter((one) => !isOpen(one)).slice(0, MOST_RECENT)];
}

interface Dated {
  readonly id: string;
  readonly created_at: string;
}

function newestFirst(a: Dated, b: Dated): number {
  if (a.created_at !== b.created_at) return a.created_at > b.created_at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
