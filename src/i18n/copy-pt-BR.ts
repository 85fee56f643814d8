import type { CopyMessages } from './copy-en.ts';

export const copyPortuguese: CopyMessages = {
  title: 'A cópia neste dispositivo',
  kept: (events) => `${events} eventos assinados, guardados neste dispositivo.`,
  rescue: (why) =>
    `${why} O que você escrever fica guardado em um segundo lugar deste dispositivo e volta ao primeiro assim que ele funcionar de novo.`,
  memory: (why) =>
    `${why} O que você escrever está só nesta janela e se perde quando ela fechar, a menos que um relay já o tenha guardado.`,
  trouble: {
    full: 'Não há mais espaço neste dispositivo.',
    newer: 'Um Lifeboat mais novo está aberto em outra janela: recarregue esta página.',
    unreadable: 'O armazenamento deste navegador não pode ser lido.',
    silent: 'O armazenamento deste navegador não responde.',
    forbidden: 'Este navegador não permite guardar nada aqui.',
  },
  short: (held, expected) =>
    `Esta cópia está danificada: restam ${held} de ${expected} eventos. O resto volta dos relays.`,
  mended: (count) =>
    `Esta cópia foi danificada durante o uso: faltavam ${count} eventos. Eles voltaram desta janela e dos relays.`,
  misfits: (count) =>
    `Esta cópia está danificada: ${count} eventos guardados não conferem com seus identificadores assinados e ficam de fora até um relay os devolver.`,
  unsaved: (count, why) =>
    `${why} ${count} eventos são mostrados e não estão guardados; serão guardados quando voltar a funcionar.`,
  notSaved: (why) => `Não foi salvo: ${why} O que você digitou continua aqui e será enviado quando voltar a funcionar.`,
  window: 'só nesta janela',
  gaps: (name, missing, places) => `Faltam aqui ${missing} eventos de ${name}: ${places}.`,
  forks: (name) => `${name} foi restaurado ou copiado: deu um mesmo lugar a dois eventos. Ambos contam.`,
  unknownDevice: 'um dispositivo desconhecido',
  thisDevice: 'este dispositivo',
  whole: 'Nada consta como faltando.',
  clock: {
    behind: (span) =>
      `O relógio deste dispositivo está cerca de ${span} atrasado. O que você escrever continua aceito e em ordem; ajuste o relógio, por favor.`,
    ahead: (span) =>
      `O relógio deste dispositivo está cerca de ${span} adiantado. O que você escrever continua aceito e em ordem; ajuste o relógio, por favor.`,
  },
  updateFailed: {
    full: 'Não foi possível instalar um Lifeboat mais novo (não há mais espaço neste dispositivo); este continua.',
    files:
      'Não foi possível instalar um Lifeboat mais novo (os arquivos não chegaram como foram publicados); este continua.',
    unkept:
      'Não foi possível guardar o próprio Lifeboat neste dispositivo; ele só abre enquanto o site puder ser alcançado.',
    'unkept-full':
      'Não foi possível guardar o próprio Lifeboat neste dispositivo (não há mais espaço); ele só abre enquanto o site puder ser alcançado.',
  },
  storage: {
    used: (size) => `${size} em uso`,
    lasting: 'O navegador prometeu não a apagar por conta própria.',
    temporary: 'O navegador pode apagá-la quando o disco encher ou após semanas sem visita.',
    ask: 'Pedir ao navegador que a conserve',
    refused:
      'O navegador não quis prometer que conserva esta cópia. Instalar o aplicativo ou permitir notificações pode mudar isso.',
  },
};
