import type { NoticeMessages } from './notice-messages.ts';

export const noticeSpanish: NoticeMessages = {
  openPlain: 'Abrir la página simple',
  offlineDetail:
    'No se pudo obtener ahora y no estaba guardada. La página de estado sí está guardada y se abre sin conexión.',
  missingDetail: 'No hay nada publicado en esta dirección.',
  backToStatus: 'Ir al estado',
};
