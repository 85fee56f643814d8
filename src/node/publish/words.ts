import type { ComponentStatus, IncidentStatus, MaintenanceStatus } from '../../model/status.ts';

/** What feeds, calendar and badge say besides the authors' own words. */
export interface Words {
  readonly update: Readonly<Record<IncidentStatus | MaintenanceStatus, string>>;
  readonly headline: Readonly<Record<ComponentStatus, string>>;
  readonly updates: string;
  readonly correction: string;
  readonly retraction: string;
  readonly corrected: string;
  readonly retracted: (reason: string) => string;
  /** Of an incident or a maintenance that stands all the same. */
  readonly overruled: (reason: string) => string;
  /** Of a maintenance whose planned time is over. */
  readonly neverBegun: string;
  readonly planned: (from: string, until: string) => string;
  readonly asOf: (when: string) => string;
  readonly validUntil: (when: string) => string;
}

const en: Words = {
  update: {
    investigating: 'Investigating',
    identified: 'Identified',
    monitoring: 'Monitoring',
    resolved: 'Resolved',
    postmortem: 'Postmortem',
    scheduled: 'Scheduled',
    in_progress: 'In progress',
    verifying: 'Verifying',
    completed: 'Completed',
    cancelled: 'Cancelled',
  },
  headline: {
    operational: 'All systems operational',
    unknown: 'Status unknown',
    under_maintenance: 'Maintenance in progress',
    degraded_performance: 'Degraded service',
    partial_outage: 'Partial outage',
    major_outage: 'Major outage',
  },
  updates: 'Updates',
  correction: 'Correction',
  retraction: 'Retraction',
  corrected: 'This text was corrected later.',
  retracted: (reason) => `This was taken back: ${reason}`,
  overruled: (reason) => `This was taken back, but what was said at the same time or later counts: ${reason}`,
  neverBegun: 'Its planned time is over, and nobody has said that it began.',
  planned: (from, until) => `Planned from ${from} until ${until}.`,
  asOf: (when) => `as of ${when}`,
  validUntil: (when) => `Believe it until ${when} at most; after that the status is unknown.`,
};

const ptBR: Words = {
  update: {
    investigating: 'Investigando',
    identified: 'Identificado',
    monitoring: 'Monitorando',
    resolved: 'Resolvido',
    postmortem: 'Análise posterior',
    scheduled: 'Agendada',
    in_progress: 'Em andamento',
    verifying: 'Em verificação',
    completed: 'Concluída',
    cancelled: 'Cancelada',
  },
  headline: {
    operational: 'Todos os sistemas operacionais',
    unknown: 'Estado desconhecido',
    under_maintenance: 'Manutenção em andamento',
    degraded_performance: 'Serviço degradado',
    partial_outage: 'Interrupção parcial',
    major_outage: 'Interrupção grave',
  },
  updates: 'Atualizações',
  correction: 'Correção',
  retraction: 'Retratação',
  corrected: 'Este texto foi corrigido depois.',
  retracted: (reason) => `Isto foi retirado: ${reason}`,
  overruled: (reason) => `Isto foi retirado, mas vale o que se disse ao mesmo tempo ou depois: ${reason}`,
  neverBegun: 'O tempo planejado passou, e ninguém disse que ela começou.',
  planned: (from, until) => `Prevista de ${from} até ${until}.`,
  asOf: (when) => `em ${when}`,
  validUntil: (when) => `Vale no máximo até ${when}; depois disso o estado é desconhecido.`,
};

const es: Words = {
  update: {
    investigating: 'Investigando',
    identified: 'Identificado',
    monitoring: 'En observación',
    resolved: 'Resuelto',
    postmortem: 'Análisis posterior',
    scheduled: 'Programado',
    in_progress: 'En curso',
    verifying: 'En verificación',
    completed: 'Completado',
    cancelled: 'Cancelado',
  },
  headline: {
    operational: 'Todos los sistemas operativos',
    unknown: 'Estado desconocido',
    under_maintenance: 'Mantenimiento en curso',
    degraded_performance: 'Servicio degradado',
    partial_outage: 'Interrupción parcial',
    major_outage: 'Interrupción grave',
  },
  updates: 'Actualizaciones',
  correction: 'Corrección',
  retraction: 'Retractación',
  corrected: 'Este texto se corrigió después.',
  retracted: (reason) => `Esto se retiró: ${reason}`,
  overruled: (reason) => `Esto se retiró, pero cuenta lo que se dijo al mismo tiempo o después: ${reason}`,
  neverBegun: 'El tiempo planeado pasó y nadie ha dicho que comenzara.',
  planned: (from, until) => `Previsto desde ${from} hasta ${until}.`,
  asOf: (when) => `a las ${when}`,
  validUntil: (when) => `Vale como máximo hasta ${when}; después el estado es desconocido.`,
};

const LANGUAGES: Readonly<Record<string, Words>> = { en, 'pt-BR': ptBR, es };

/** In the operator's language (BCP 47), which site.yaml limits to these. */
export function wordsOf(language: string): Words {
  return LANGUAGES[language] ?? en;
}
