import type { NoticeMessages } from './notice-messages.ts';

export const noticePortuguese: NoticeMessages = {
  openPlain: 'Abrir a página simples',
  offlineDetail:
    'Não pôde ser alcançada agora e não estava guardada. A página de status está guardada e abre sem conexão.',
  missingDetail: 'Nada está publicado neste endereço.',
  backToStatus: 'Ir para o status',
  detail: {
    opening: 'Abrindo a cópia deste dispositivo …',
    unreachable:
      'Ainda não há cópia desta página neste dispositivo e nenhuma pôde ser alcançada. Isto não diz nada sobre o serviço.',
    foreign:
      'Ainda não há cópia desta página neste dispositivo e outra coisa respondeu no lugar deste site (talvez o login de uma rede Wi-Fi). Isto não diz nada sobre o serviço.',
    invalid:
      'Ainda não há cópia desta página neste dispositivo e a que respondeu não pôde ser verificada, por isso não é mostrada. Isto não diz nada sobre o serviço.',
    older:
      'Já não há cópia desta página neste dispositivo e a que respondeu é mais antiga do que este dispositivo já viu, por isso não é mostrada. Isto não diz nada sobre o serviço.',
  },
};
