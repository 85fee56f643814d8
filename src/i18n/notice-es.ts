import type { NoticeMessages } from './notice-messages.ts';

export const noticeSpanish: NoticeMessages = {
  openPlain: 'Abrir la página simple',
  offlineDetail:
    'No se pudo obtener ahora y no estaba guardada. La página de estado sí está guardada y se abre sin conexión.',
  missingDetail: 'No hay nada publicado en esta dirección.',
  backToStatus: 'Ir al estado',
  detail: {
    opening: 'Abriendo la copia de este dispositivo …',
    unreachable:
      'Aún no hay copia de esta página en este dispositivo y no se pudo obtener ninguna. Esto no dice nada sobre el servicio.',
    foreign:
      'Aún no hay copia de esta página en este dispositivo y respondió otra cosa en lugar de este sitio (quizá el acceso a una red Wi-Fi). Esto no dice nada sobre el servicio.',
    invalid:
      'Aún no hay copia de esta página en este dispositivo y la que respondió no pudo verificarse, así que no se muestra. Esto no dice nada sobre el servicio.',
    older:
      'Ya no hay copia de esta página en este dispositivo y la que respondió es más antigua que lo que este dispositivo ha visto, así que no se muestra. Esto no dice nada sobre el servicio.',
  },
};
