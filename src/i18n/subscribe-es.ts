import type { SubscribeMessages } from './subscribe-messages.ts';

export const subscribeEs: SubscribeMessages = {
  locale: 'es',
  language: 'es',
  intro: 'Entérate cuando pase algo. Nada de esto pide una cuenta, y nadie guarda tu dirección.',
  noAddress: 'Esta página no conoce su propia dirección: escríbela delante de cada ruta.',
  copy: 'Copiar',
  copied: 'Copiado',
  selected: 'Seleccionado: pulsa Ctrl+C',
  feeds: { title: 'Feeds', text: 'Para un lector de feeds, un chat o cualquier programa que siga feeds.' },
  feed: {
    atom: { title: 'Atom', text: 'Una entrada por incidente; cambia con cada novedad.' },
    rss: { title: 'RSS', text: 'Lo mismo en RSS.' },
    updates: { title: 'RSS, cada novedad', text: 'Un elemento por novedad, para no perder ninguna.' },
    json: { title: 'JSON Feed', text: 'Cada novedad, para programas.' },
  },
  calendar: {
    title: 'Calendario',
    text: 'Los mantenimientos previstos en tu propio calendario, que sigue cada cambio de plan.',
  },
  openCalendar: 'Suscribirse en un calendario',
  email: {
    title: 'Correo',
    text: 'Esta página no guarda direcciones, así que no puede perder ninguna. Los programas de correo y los servicios de feeds convierten cualquiera de los anteriores en correo; quien lleva la página puede hacer lo mismo para una lista con su propio servidor.',
  },
  push: {
    title: 'Notificaciones en este dispositivo',
    text: 'Tu navegador muestra cada novedad de un incidente o de un mantenimiento. Quien lleva la página guarda una dirección que da el fabricante del navegador, y nada más; el texto va sellado para este navegador.',
    off: 'Desactivadas.',
    asking: 'Preguntando al navegador …',
    on: 'Activadas: este navegador recibe los avisos.',
    denied: 'Tu navegador no permite notificaciones de esta página; puedes cambiarlo en sus ajustes.',
    unsupported:
      'Este navegador no tiene notificaciones de páginas web. En un iPhone, añade primero la página a la pantalla de inicio.',
    failed: 'Ahora no se ha podido activar. Inténtalo más tarde; los feeds funcionan sin ello.',
  },
  pushOn: 'Avisar a este navegador',
  pushOff: 'No avisarle más',
  webhooks: {
    title: 'Webhooks',
    text: 'La página puede enviar cada novedad a tu endpoint con el evento firmado dentro. Los endpoints los configura quien lleva la página: pídelo y dale la dirección.',
  },
  badge: {
    title: 'Insignia',
    text: 'Una imagen pequeña para un README o un pie de página. Lleva su propia hora, porque una imagen no envejece sola.',
  },
  badgeAlt: (name) => `Estado de ${name}`,
  banner: {
    title: 'Franja',
    text: 'Para tu propia página: una línea con el estado y el incidente abierto. Comprueba la firma en el navegador de quien lee y pasa a Desconocido cuando no hay nada más reciente.',
  },
  seeBanner: 'Ver la franja',
  api: {
    title: 'API',
    text: 'Las mismas rutas y formas que la API v2 de Statuspage, como archivos estáticos que se leen desde cualquier origen.',
  },
  age: {
    title: '¿Qué edad tiene una respuesta?',
    text: 'Un archivo no cambia cuando falta quien lo escribe. Por eso mira page.updated_at: ninguna respuesta, o una de más de 15 minutos, significa desconocido, diga lo que diga.',
  },
  inShell: 'En una terminal, con curl y jq',
  inJavaScript: 'En JavaScript',
  asHtml: 'HTML',
  asMarkdown: 'Markdown',
};
