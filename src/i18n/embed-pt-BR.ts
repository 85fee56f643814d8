import type { EmbedMessages } from './embed-messages.ts';

export const embedPtBr: EmbedMessages = {
  asOf: (when) => `Estado de ${when}`,
  validUntil: (when, until) => `Estado de ${when}; não confie nele depois de ${until}`,
  more: (count) => `e mais ${count}`,
  open: 'Status completo (nova aba)',
  doubts: {
    disagreement: 'Duas fontes se contradizem',
    trouble: 'Nada mais novo pôde ser obtido',
    skew: 'O relógio do seu dispositivo difere do servidor',
  },
};
