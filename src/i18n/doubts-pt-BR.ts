import type { DoubtMessages } from './doubts-messages.ts';

export const doubtsPortuguese: DoubtMessages = {
  trouble: {
    unreachable: 'Nada mais recente pôde ser alcançado; a última cópia válida permanece.',
    foreign:
      'Outra coisa respondeu no lugar deste site (talvez o login de uma rede Wi-Fi); a última cópia válida permanece.',
    invalid: 'Uma cópia mais recente não pôde ser verificada e não é mostrada; a última cópia válida permanece.',
    older: 'A cópia que respondeu é mais antiga que a guardada aqui; a mais recente permanece.',
  },
  unverified: {
    unreachable: 'A cópia assinada não pôde ser alcançada; nada nesta página foi verificado ainda.',
    foreign:
      'Outra coisa respondeu no lugar da cópia assinada (talvez o login de uma rede Wi-Fi); nada nesta página foi verificado.',
    invalid:
      'A cópia assinada que respondeu não pôde ser verificada; nada nesta página foi verificado: alguém pode tê-la mudado.',
    older:
      'A cópia assinada que respondeu é mais antiga do que este dispositivo já viu; nada nesta página foi verificado.',
  },
  disagreement: (host, when, what) =>
    `Dois publicadores se contradizem. Mostra-se a cópia mais nova; a outra, assinada ${when} e lida em ${host}, diz outra coisa sobre: ${what}.`,
  skew: (minutes) => `O relógio do seu dispositivo difere do servidor em cerca de ${minutes} minutos.`,
  updateFailed: {
    full: 'Não foi possível instalar uma versão mais nova desta página (não há mais espaço neste dispositivo); esta continua.',
    files:
      'Não foi possível instalar uma versão mais nova desta página (os arquivos não chegaram como foram publicados); esta continua.',
    unkept: 'Não foi possível guardar esta página neste dispositivo; ela só abre enquanto o site puder ser alcançado.',
    'unkept-full':
      'Não foi possível guardar esta página neste dispositivo (não há mais espaço); ela só abre enquanto o site puder ser alcançado.',
  },
  leftOut: (components, incidents) =>
    `Nem tudo cabe nesta cópia: ${components} componentes e ${incidents} incidentes ficaram de fora, os mais leves primeiro. Cada incidente tem sua página, e tudo está no registro público.`,
  nothingListed: 'Ainda não há nada na lista desta página; por isso ela não diz nada sobre nenhum serviço.',
  plain: (until) => `Esta página foi escrita como texto simples. Não confie nela depois de ${until}: carregue de novo.`,
};
