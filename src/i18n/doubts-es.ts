import type { DoubtMessages } from './doubts-messages.ts';

export const doubtsSpanish: DoubtMessages = {
  trouble: {
    unreachable: 'No se pudo obtener nada más reciente; se mantiene la última copia válida.',
    foreign:
      'Respondió otra cosa en lugar de este sitio (quizá el acceso a una red Wi-Fi); se mantiene la última copia válida.',
    invalid: 'Una copia más reciente no pudo verificarse y no se muestra; se mantiene la última copia válida.',
    older: 'La copia que respondió es más antigua que la guardada aquí; se mantiene la más reciente.',
  },
  unverified: {
    unreachable: 'No se pudo obtener la copia firmada; nada de esta página está verificado todavía.',
    foreign:
      'Respondió otra cosa en lugar de la copia firmada (quizá el acceso a una red Wi-Fi); nada de esta página está verificado.',
    invalid:
      'La copia firmada que respondió no pudo verificarse; nada de esta página está verificado: alguien puede haberla cambiado.',
    older:
      'La copia firmada que respondió es más antigua que lo que este dispositivo ha visto; nada de esta página está verificado.',
  },
  disagreement: (host, when, what) =>
    `Dos publicadores se contradicen. Se muestra la copia más reciente; la otra, firmada ${when} y leída en ${host}, dice otra cosa sobre: ${what}.`,
  skew: (minutes) => `El reloj de tu dispositivo difiere del servidor en unos ${minutes} minutos.`,
  updateFailed: {
    full: 'No se pudo instalar una versión más nueva de esta página (no queda espacio en este dispositivo); se sigue con esta.',
    files:
      'No se pudo instalar una versión más nueva de esta página (sus archivos no llegaron como se publicaron); se sigue con esta.',
    unkept: 'No se pudo guardar esta página en este dispositivo; solo se abre mientras se alcance su sitio.',
    'unkept-full':
      'No se pudo guardar esta página en este dispositivo (no queda espacio); solo se abre mientras se alcance su sitio.',
  },
  leftOut: (components, incidents) =>
    `No todo cabe en esta copia: quedan fuera ${components} componentes y ${incidents} incidentes, los más leves primero. Cada incidente tiene su página, y todo está en el registro público.`,
  nothingListed: 'Aún no hay nada en la lista de esta página; por eso no dice nada sobre ningún servicio.',
  plain: (until) =>
    `Esta página se escribió como texto simple. No te fíes de ella después de ${until}: vuelve a cargarla.`,
};
