import type { NoticeMessages } from './notice-messages.ts';

export const noticePortuguese: NoticeMessages = {
  openPlain: 'Abrir a página simples',
  offlineDetail:
    'Não pôde ser alcançada agora e não estava guardada. A página de status está guardada e abre sem conexão.',
  missingDetail: 'Nada está publicado neste endereço.',
  backToStatus: 'Ir para o status',
};
