import type { CopyMessages } from './copy-en.ts';

export const copySpanish: CopyMessages = {
  title: 'La copia de este dispositivo',
  kept: (events) => `${events} eventos firmados, guardados en este dispositivo.`,
  rescue: (why) =>
    `${why} Lo que escriba se guarda en un segundo lugar de este dispositivo y vuelve al primero en cuanto este funcione de nuevo.`,
  memory: (why) =>
    `${why} Lo que escriba está solo en esta ventana y se pierde al cerrarla, salvo que un relé ya lo haya guardado.`,
  trouble: {
    full: 'No queda espacio en este dispositivo.',
    newer: 'Un Lifeboat más nuevo está abierto en otra ventana: recargue esta página.',
    unreadable: 'No se puede leer el almacenamiento de este navegador.',
    silent: 'El almacenamiento de este navegador no responde.',
    forbidden: 'Este navegador no permite almacenar nada aquí.',
  },
  short: (held, expected) =>
    `Esta copia está dañada: quedan ${held} de ${expected} eventos. El resto vuelve desde los relés.`,
  mended: (count) =>
    `Esta copia se dañó mientras se usaba: faltaban ${count} eventos. Ya volvieron desde esta ventana y los relés.`,
  misfits: (count) =>
    `Esta copia está dañada: ${count} eventos guardados no coinciden con su identificador firmado y se omiten hasta que un relé los devuelva.`,
  unsaved: (count, why) =>
    `${why} ${count} eventos se muestran pero no están guardados; se guardarán cuando vuelva a funcionar.`,
  notSaved: (why) => `No se guardó: ${why} Lo que escribió sigue aquí y se enviará cuando vuelva a funcionar.`,
  window: 'solo en esta ventana',
  gaps: (name, missing, places) => `Aquí faltan ${missing} eventos de ${name}: ${places}.`,
  forks: (name) => `${name} fue restaurado o copiado: dio un mismo lugar a dos eventos. Ambos cuentan.`,
  unknownDevice: 'un dispositivo desconocido',
  thisDevice: 'este dispositivo',
  whole: 'No consta que falte nada.',
  clock: {
    behind: (span) =>
      `El reloj de este dispositivo va unos ${span} atrasado. Lo que escriba se acepta y se ordena igual; por favor, ajuste el reloj.`,
    ahead: (span) =>
      `El reloj de este dispositivo va unos ${span} adelantado. Lo que escriba se acepta y se ordena igual; por favor, ajuste el reloj.`,
  },
  updateFailed: {
    full: 'No se pudo instalar un Lifeboat más nuevo (no queda espacio en este dispositivo); se sigue con este.',
    files:
      'No se pudo instalar un Lifeboat más nuevo (sus archivos no llegaron como se publicaron); se sigue con este.',
    unkept: 'No se pudo guardar el propio Lifeboat en este dispositivo; solo se abre mientras se alcance su sitio.',
    'unkept-full':
      'No se pudo guardar el propio Lifeboat en este dispositivo (no queda espacio); solo se abre mientras se alcance su sitio.',
  },
  storage: {
    used: (size) => `${size} en uso`,
    lasting: 'El navegador ha prometido no borrarla por su cuenta.',
    temporary: 'El navegador puede borrarla si el disco se llena o tras semanas sin visitas.',
    ask: 'Pedir al navegador que la conserve',
    refused:
      'El navegador no quiso prometer que conserva esta copia. Instalar la aplicación o permitir notificaciones puede cambiarlo.',
  },
};
