import type { UptimeMessages } from './uptime-messages.ts';

export const uptimePortuguese: UptimeMessages = {
  byDay: (component) => `${component}: disponibilidade por dia`,
  share: (percent, days) =>
    `${percent} de disponibilidade em ${days} ${days === 1 ? 'dia observado' : 'dias observados'}`,
  unknown: 'Não observado nestes dias',
  formula:
    'A disponibilidade conta dias UTC inteiros dos últimos 90: 100 % menos o tempo fora do ar, que são os minutos de interrupção grave e 0,3 dos minutos de interrupção parcial, observados ou declarados em incidentes, o que for mais. Dias que ninguém observou ficam de fora.',
  axis: 'À esquerda o dia mais antigo, à direita ontem. Toque numa faixa, ou use nela as setas do teclado, para ler um dia.',
  key: 'O que as faixas mostram',
  level: {
    unwatched: 'Não observado',
    operational: 'Operacional',
    degraded_performance: 'Degradado',
    partial_outage: 'Interrupção parcial',
    major_outage: 'Interrupção grave',
  },
  minutesDown: (minutes) => `${minutes} min contados como fora do ar`,
};
