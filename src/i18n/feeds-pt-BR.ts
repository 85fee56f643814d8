import type { FeedsMessages } from './feeds-messages.ts';

export const feedsPtBr: FeedsMessages = {
  unknown: 'Estado desconhecido',
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
