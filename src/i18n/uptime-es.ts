import type { UptimeMessages } from './uptime-messages.ts';

export const uptimeSpanish: UptimeMessages = {
  byDay: (component) => `${component}: disponibilidad por día`,
  share: (percent, days) =>
    `${percent} de disponibilidad en ${days} ${days === 1 ? 'día observado' : 'días observados'}`,
  unknown: 'Sin observar en estos días',
  formula:
    'La disponibilidad cuenta días UTC enteros de los últimos 90: 100 % menos el tiempo caído, que son los minutos de interrupción grave y 0,3 de los minutos de interrupción parcial, observados o declarados en incidentes, lo que sea más. Los días que nadie observó no cuentan.',
  axis: 'A la izquierda el día más antiguo, a la derecha ayer. Toca una franja, o usa en ella las flechas del teclado, para leer un día.',
  key: 'Qué muestran las franjas',
  level: {
    unwatched: 'Sin observar',
    operational: 'Operativo',
    degraded_performance: 'Degradado',
    partial_outage: 'Interrupción parcial',
    major_outage: 'Interrupción grave',
  },
  minutesDown: (minutes) => `${minutes} min contados como caída`,
};
