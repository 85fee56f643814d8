import type { EmbedMessages } from './embed-messages.ts';

export const embedEs: EmbedMessages = {
  asOf: (when) => `Estado a las ${when}`,
  validUntil: (when, until) => `Estado a las ${when}; no te fíes de él después de ${until}`,
  more: (count) => `y ${count} más`,
  open: 'Estado completo (pestaña nueva)',
  doubts: {
    disagreement: 'Dos fuentes se contradicen',
    trouble: 'No se pudo obtener nada más nuevo',
    skew: 'El reloj de tu dispositivo difiere del servidor',
  },
};
